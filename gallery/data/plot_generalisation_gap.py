"""
More examples, smaller gap
==========================

The gap between training and test accuracy, and the test error, of networks of several sizes against the number of
training examples. Claim C16: with as many images as ImageNet has, networks do not overfit.
"""

# %%
# Left, training minus test accuracy; right, what is wrong on new examples. Each line is a network, named by its number
# of weights; bands are 95 % intervals over seeds.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from lecture import style
from lecture.claims.data.c16_generalisation_gap import SMALLEST, by_width, law_of
from lecture.data.literature.image_sets import CALTECH_101, ILSVRC_2012
from lecture.experiments.data.generalisation_gap import GeneralisationGap
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(GeneralisationGap.preset())
scores = dict(zip(("gap", "test error"), by_width(table), strict=True))
weights = table.groupby("width")["parameters"].first()
sizes = [int(n) for n in sorted(table["examples"].unique())]

# %%
figure, panels = plt.subplots(1, 2, figsize=(7.2, 4.0), width_ratios=(1.3, 1))
drawn = []
for panel, (score, found) in zip(panels, scores.items(), strict=True):
    for i, width in enumerate(sorted(found)):
        strength = 0.4 + 0.6 * i / max(1, len(found) - 1)
        values = [mean_interval(found[width][n]) for n in sizes]
        low, mean, high = (np.maximum([getattr(v, end) for v in values], SMALLEST) for end in ("low", "value", "high"))
        panel.fill_between(sizes, low, high, color=colour["deep"], alpha=0.25 * strength, linewidth=0)
        look = {"linewidth": 1 + 1.4 * strength, "marker": "o", "markersize": 3.5}
        panel.plot(sizes, mean, color=colour["deep"], alpha=strength, **look)
        if score == "test error" or width == min(found):
            style.name_line(panel, sizes[-1], mean[-1], f"{weights[width]:,}", colour["deep"])
        drawn += [(score, weights[width], n, v.low, v.value, v.high) for n, v in zip(sizes, values, strict=True)]

# %%
# The dashed line is the law fitted to the largest network's gap, drawn on to ImageNet's size: an extrapolation.

gap, error = panels
largest = max(scores["gap"])
law = law_of(scores["gap"][largest], sizes)
n = np.geomspace(sizes[-1], ILSVRC_2012.images, 40)
low, high = law.band(n)
gap.fill_between(n, low, high, color=colour["deep"], alpha=0.2, linewidth=0)
gap.plot(n, law.law.at(n), "--", color=colour["deep"], linewidth=1.4)
style.name_line(gap, sizes[-1], law.law.at(sizes[-1]), f"{weights[largest]:,}", colour["deep"], dy=7)
for found, name, y in ((CALTECH_101, "Caltech-101", 0.42), (ILSVRC_2012, "ImageNet", 100)):
    gap.axvline(found.images, color=colour["neutral"], linewidth=1.2, linestyle=":")
    style.name_line(gap, found.images, y, name, colour["neutral"], ha="right")
error.axvline(CALTECH_101.images, color=colour["neutral"], linewidth=1.2, linestyle=":")
gap.set(title="Gap", ylabel="points", xscale="log", yscale="log", ylim=(0.3, 140), xlim=(None, 1.7e6))
gap.set_yticks([0.5, 1, 2, 5, 10, 20, 50, 100], ["0.5", "1", "2", "5", "10", "20", "50", "100"])
gap.set_xticks([10**k for k in (2, 3, 4, 5, 6)])
error.set(title="Test error", ylabel="%", xscale="log", ylim=(0, 90))
error.set_xticks([100, 1000, 10000])
for panel in panels:
    panel.set_xlabel("training examples")
    panel.minorticks_off()

# %%
# The larger the network, the wider its gap, once there are a few hundred examples. Its test error is never the higher
# one.

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
    + f" The fitted law puts the largest network's gap at {law.at(ILSVRC_2012.images).value:.1f} points"
    f" at {ILSVRC_2012.images:,} examples.",
    data=data,
)
