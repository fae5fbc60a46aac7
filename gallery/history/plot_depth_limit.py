"""
What the old tools could train
==============================

Training and test accuracy of plain networks with two to eight layers, trained as in 1990: sigmoid, plain gradient
descent, the initialisation of the time. Claim C03: nobody could train more than three or four layers; they
overfitted, or stalled.
"""

# %%
# Overfitting has a plain sign: good on the examples seen, bad on others.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.experiments.history.depth_limit import DepthLimit, DepthPatience, DepthTools
from lecture.records import read

colour = style.use()
runs = pd.concat([read(experiment.preset()) for experiment in (DepthLimit, DepthPatience, DepthTools)])
runs = runs.assign(train=100 * runs["train_accuracy"], test=100 * runs["test_accuracy"])
sweep = runs[runs["kind"] == "plain"]
most = sweep["layers"].max()

# %%
# Accuracy by depth: the sweep, with the training accuracy of each seed as a thin trace. What overfits: networks with
# what they know of the examples they were trained on (filled) and of others (open); each seed is a faint bar.

figure, (depth, kinds) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1.1, 1))
for _, seed in sweep.groupby("seed"):
    depth.plot(seed["layers"], seed["train"], color=colour["sigmoid"], linewidth=0.6, alpha=0.35)
means = sweep.groupby("layers")[["train", "test"]].mean()
for score, dashes in (("train", "-"), ("test", "--")):
    depth.plot(means[score], color=colour["sigmoid"], linestyle=dashes, marker="o", markersize=4)
style.name_line(depth, 2.05, means["train"].iloc[0], "training", colour["sigmoid"], dy=9)
style.name_line(depth, 1.6, means["test"].iloc[0], "test", colour["sigmoid"], dy=-18)
depth.axhline(10, color=colour["neutral"], linewidth=1.2, linestyle=":")
style.name_line(depth, 2, 10, "guessing", colour["neutral"], dy=-9)
depth.set(xlabel="layers", ylabel="accuracy, %", xticks=sorted(sweep["layers"].unique()), ylim=(0, 100))
depth.set_title("Accuracy by depth")

# %%
shown = {
    "2, few examples": ("few", 2, "sigmoid"),
    f"{most}": ("plain", most, "sigmoid"),
    "6, patience": ("patience", 6, "sigmoid"),
    f"{most}, patience": ("patience", most, "sigmoid"),
    f"{most}, tanh": ("tanh", most, "tanh"),
    f"{most}, today's tools": ("now", most, "relu"),
}
networks = {name: runs[(runs["kind"] == kind) & (runs["layers"] == n)] for name, (kind, n, _) in shown.items()}
for place, (name, rows) in enumerate(networks.items()):
    hue = colour[shown[name][2]]
    for offset, (train, test) in enumerate(zip(rows["train"], rows["test"], strict=True)):
        y = place + 0.6 * (offset / (len(rows) - 1) - 0.5)
        kinds.plot([test, train], [y, y], color=hue, linewidth=1, alpha=0.35)
    kinds.plot(rows["test"].mean(), place, "o", color=hue, markerfacecolor=colour["paper"], markersize=8)
    kinds.plot(rows["train"].mean(), place, "o", color=hue, markersize=6)
first = next(iter(networks.values()))
for score, name, align in (("test", "test", "center"), ("train", "training", "right")):
    end = first[score].mean(), -0.3
    kinds.annotate(name, end, (0, 4), textcoords="offset points", ha=align, color=colour["sigmoid"])
kinds.axvline(10, color=colour["neutral"], linewidth=1.2, linestyle=":")
kinds.set(
    ylabel="layers",
    xlabel="accuracy, %",
    xlim=(0, 106),
    xticks=[0, 50, 100],
    yticks=range(len(networks)),
    yticklabels=networks,
)
kinds.set_ylim(len(networks) - 0.5, -0.9)
kinds.grid(visible=False)
kinds.set_title("What overfits?")

# %%
# The shallow network with few examples overfits: all of them known, little else. The deepest one knows nothing at all,
# and with more patience six layers begin to learn. Deep tanh networks overfit.

style.show(
    figure,
    alt="Training and test accuracy of networks trained with the old tools: "
    + "; ".join(f"{n} layers {row.train:.0f} and {row.test:.0f} %" for n, row in means.iterrows())
    + ". For comparison: "
    + "; ".join(
        f"layers {name}: {rows['train'].mean():.0f} and {rows['test'].mean():.0f} %" for name, rows in networks.items()
    )
    + ". Guessing gives 10 %.",
    data=pd.concat([sweep, *networks.values()]).drop_duplicates()[
        ["kind", "layers", "examples", "steps", "rate", "seed", "train_loss", "train", "test"]
    ],
)
