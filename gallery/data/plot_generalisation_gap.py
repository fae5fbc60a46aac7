"""
More examples, smaller gap
==========================

Training and test accuracy of a larger and a smaller network against the number of training examples. Claim C16: with as
many images as ImageNet has, networks do not overfit.
"""

# %%
# What separates the two lines of a panel is overfitting. Bands are 95 % intervals over seeds.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.data.generalisation_gap import GeneralisationGap
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(GeneralisationGap.preset())
caltech = sorted(table["examples"].unique())[-2]

# %%
figure, panels = plt.subplots(1, 2, sharey=True, figsize=(7.2, 3.9))
drawn = []
for panel, (weights, network) in zip(
    panels, table.sort_values("parameters", ascending=False).groupby("parameters", sort=False), strict=True
):
    lines = {}
    for score in ("train", "test"):
        found = [(n, mean_interval(100 * rows[f"{score}_accuracy"])) for n, rows in network.groupby("examples")]
        sizes, low, mean, high = zip(*[(n, i.low, i.value, i.high) for n, i in found], strict=True)
        panel.fill_between(sizes, low, high, color=colour["deep"], alpha=0.2, linewidth=0)
        panel.semilogx(
            sizes, mean, color=colour["deep"], linestyle="-" if score == "train" else "--", marker="o", markersize=3.5
        )
        drawn += [(weights, n, score, i.low, i.value, i.high) for n, i in found]
        lines[score] = mean
    panel.fill_between(sizes, lines["test"], lines["train"], color=colour["deep"], alpha=0.07, linewidth=0)
    last = lines["train"][-1] - lines["test"][-1]
    middle = (lines["train"][-1] + lines["test"][-1]) / 2
    style.name_line(panel, sizes[-1], middle, f"gap\n{last:.1f}", colour["deep"])
    panel.axvline(caltech, color=colour["neutral"], linewidth=1.2, linestyle=":")
    panel.set(xlabel="training examples", ylim=(0, 105))
    panel.set_xticks([100, 1000, 10000], ["100", "1,000", "10,000"])
    panel.set_title(f"{weights:,} weights")
style.name_line(panels[0], sizes[0], 100, "training", colour["deep"], dy=-10)
style.name_line(panels[0], sizes[1], lines["test"][1], "test", colour["deep"], dy=-14)
style.name_line(panels[1], caltech, 4, f"{caltech:,}: Caltech-101", colour["neutral"], ha="right")
panels[0].set_ylabel("accuracy, %")

# %%
# Both gaps shrink with every tripling of the examples; only the smaller network's is closed at the right end.

import pandas as pd

data = pd.DataFrame(drawn, columns=["weights", "examples", "score", "low", "accuracy", "high"])
gap = data.pivot(index=["weights", "examples"], columns="score", values="accuracy").eval("train - test")
style.show(
    figure,
    alt="Training minus test accuracy, in points, against the number of training examples. "
    + " ".join(
        f"Network of {weights:,} weights: "
        + ", ".join(f"{n:,} examples {value:.1f}" for (_, n), value in part.items())
        + "."
        for weights, part in gap.groupby("weights")
    ),
    data=data,
)
