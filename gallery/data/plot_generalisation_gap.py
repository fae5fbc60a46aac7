"""
More examples, smaller gap
==========================

The gap between training and test accuracy, and the test error, of networks of several sizes against the number of
training examples. Claim C16: with as many images as ImageNet has, networks do not overfit.
"""

# %%
# Each network was trained until its training loss was down to one bar, the same for all. One panel has training minus
# test accuracy then, one what is wrong on new examples, one how many passes it took. Each line is a network, named by
# its number of weights; bands are 95 % intervals over seeds.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.data.c16_generalisation_gap import by_width
from lecture.data.literature.image_sets import CALTECH_101
from lecture.experiments.data.generalisation_gap import GeneralisationGap
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(GeneralisationGap.preset())
scores = dict(zip(("gap", "test error"), by_width(table), strict=True))
weights = table.groupby("width")["parameters"].first()
sizes = [int(n) for n in sorted(table["examples"].unique())]
learned = table[table["passes"] > 0].groupby(["width", "examples"])["passes"]
passes = learned.mean()[learned.size() == table["seed"].nunique()]  # where every seed got there

# %%
figure, (*panels, until) = plt.subplots(1, 3, figsize=(7.2, 4.0), width_ratios=(1.1, 1, 1))
drawn = []
for panel, (score, found) in zip(panels, scores.items(), strict=True):
    for i, width in enumerate(sorted(found)):
        strength = 0.4 + 0.6 * i / max(1, len(found) - 1)
        values = [mean_interval(found[width][n]) for n in sizes]
        low, mean, high = ([getattr(v, end) for v in values] for end in ("low", "value", "high"))
        panel.fill_between(sizes, low, high, color=colour["deep"], alpha=0.25 * strength, linewidth=0)
        look = {"linewidth": 1 + 1.4 * strength, "marker": "o", "markersize": 3.5}
        panel.plot(sizes, mean, color=colour["deep"], alpha=strength, **look)
        if score == "test error" or width in (min(found), max(found)):
            style.name_line(panel, sizes[-1], mean[-1], f"{weights[width]:,}", colour["deep"])
        drawn += [(score, weights[width], n, v.low, v.value, v.high) for n, v in zip(sizes, values, strict=True)]
        if panel is panels[-1] and width in passes.index:
            until.plot(passes[width].index, passes[width], color=colour["deep"], alpha=strength, **look)

# %%
# The dotted line is at as many examples as Caltech-101 has.

gap, error = panels
style.name_line(gap, CALTECH_101.images, 86, "Caltech-101", colour["neutral"], ha="right")
gap.set(title="Gap", ylabel="points", ylim=(0, 90))
error.set(title="Test error", ylabel="%", ylim=(0, 90))
until.set(title="Passes", yscale="log")
until.set_yticks([20, 50, 100, 200, 500], ["20", "50", "100", "200", "500"])
for panel in (*panels, until):
    panel.axvline(CALTECH_101.images, color=colour["neutral"], linewidth=1.2, linestyle=":")
    panel.set(xlabel="training examples", xscale="log", xlim=(None, 2e5))
    panel.set_xticks([100, 1000, 10_000])
    panel.minorticks_off()

# %%
# Where a line of *Passes* ends, the network is too small for more examples: it never got down to the bar.

data = pd.DataFrame(drawn, columns=["score", "weights", "examples", "low", "points", "high"])
style.show(
    figure,
    alt="Gap between training and test accuracy, and test error, in points, against the number of training examples. "
    + " ".join(
        f"{score.capitalize()} with {count:,} weights: "
        + ", ".join(f"{n:,} examples {value:.1f}" for n, value in zip(part["examples"], part["points"], strict=True))
        + "."
        for (score, count), part in data.groupby(["score", "weights"])
    )
    + " Passes until learned, largest network: "
    + ", ".join(f"{n:,} examples {value:.0f}" for n, value in passes.get(max(weights.index), pd.Series()).items())
    + ".",
    data=data,
)
