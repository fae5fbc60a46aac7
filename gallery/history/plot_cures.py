"""
Every cure for overfitting, side by side
========================================

One network, 500 images of handwritten digits, one cure at a time: what it gets right on the images it learned from, and
on new ones. Claim C07: dropout cured overfitting, though in hindsight it is not the best cure.
"""

# %%
# A line is one cure, from its test accuracy to its training accuracy: its length is the gap. The dashed
# line is the test accuracy without a cure. Bars are 95 % intervals over seeds, dots single seeds. Dropout with eight
# times the data is compared with as many images without it.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.history.c07_dropout import SPLIT, percents
from lecture.experiments.history.cures import Cures
from lecture.records import read
from lecture.statistics import compare, mean_interval

colour = style.use()
table = read(Cures.preset())
found = percents(table)
same = [cure for cure in found if not {"data", "nothing"} & set(cure.split())]
groups = [
    ["nothing"],
    sorted(same, key=lambda cure: found[cure].test.mean()),
    ["4x data", "8x data", "dropout, 8x data"],
]

# %%
figure, (gap, changed) = plt.subplots(1, 2, figsize=(7.2, 4.8), sharey=True, width_ratios=(1.15, 1))
rows = {cure: 0.35 * i + j for i, group in enumerate(groups) for j, cure in enumerate(group, sum(map(len, groups[:i])))}
drawn = []
for cure, y in rows.items():
    hue = colour["deep" if cure.startswith("dropout") else "ink" if cure in same else "neutral"]
    scores, before = found[cure], found["8x data" if cure == "dropout, 8x data" else "nothing"]
    train, test = mean_interval(scores.train), mean_interval(scores.test)
    gap.plot([test.value, train.value], [y, y], color=hue, linewidth=2)
    gap.plot(train.value, y, "o", color=hue, markersize=6, markerfacecolor=colour["paper"], markeredgewidth=1.8)
    gap.plot(test.value, y, "o", color=hue, markersize=6)
    won = None if scores is before else compare(scores.test, before.test, split=SPLIT).interval
    drawn.append((cure, train.value, test.value, *((won.value, won.low, won.high) if won else (0.0, 0.0, 0.0))))
    if won:
        singles = scores.test - before.test
        changed.plot(singles, [y] * len(singles), "o", color=hue, alpha=0.25, markersize=4, markeredgewidth=0)
        changed.plot([won.low, won.high], [y, y], color=hue, linewidth=4, solid_capstyle="butt")
        changed.plot(won.value, y, "|", color=hue, markersize=13, markeredgewidth=2.5)
gap.axvline(found["nothing"].test.mean(), color=colour["neutral"], linestyle="--", linewidth=1.1)
changed.axvline(0, color=colour["neutral"], linestyle="--", linewidth=1.1)
gap.set(title="Test ● to training ○", xlabel="accuracy, %")
changed.set(title="Change of test accuracy", xlabel="points; right is better")
gap.set_yticks(list(rows.values()), [cure.replace("x data", " x the data") for cure in rows])
gap.set_ylim(max(rows.values()) + 0.6, -0.6)
for panel in (gap, changed):
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0, labelsize=10)

# %%
# Change of test accuracy: a cure is compared seed by seed with the same network without it, on the same test images.

data = pd.DataFrame(drawn, columns=["cure", "training_accuracy", "test_accuracy", "accuracy_change", "low", "high"])
style.show(
    figure,
    alt=f"Training and test accuracy in percent of one network on {Cures.preset().examples} images: "
    + "; ".join(f"{row.cure} {row.training_accuracy:.1f} and {row.test_accuracy:.1f}" for row in data.itertuples())
    + ". Change of test accuracy, in points: "
    + ", ".join(f"{row.cure} {row.accuracy_change:+.1f}" for row in data.itertuples() if "nothing" not in row.cure)
    + ".",
    data=data,
)
