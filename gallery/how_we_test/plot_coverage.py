"""
When an interval misses
=======================

How often a 95 % interval covers the true mean, if some runs collapse, and if all runs split one pool of examples.
The figure tests no claim of the talk. It tests our own rules.
"""

# %%
# First, networks that reach 90 % when they train and guess when they collapse, with their true mean accuracy known.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.how_we_test.coverage import Coverage
from lecture.experiments.how_we_test.resampling import Resampling
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
runs = read(Coverage.preset()).query("interval == 'mean'")
pools = read(Resampling.preset())
figure, (collapse, resample) = plt.subplots(1, 2, figsize=(7.2, 3.8), sharey=True)

shares = sorted(runs["share"].unique())
for share, name, dy in zip(shares, ("relu", "tanh", "sigmoid"), (9, 10, -13), strict=True):
    rows = runs[runs["share"] == share]
    found = intervals((100 * rows["covered"]).groupby(rows["runs"]))
    collapse.errorbar(
        list(found),
        [i.value for i in found.values()],
        [[i.value - i.low for i in found.values()], [i.high - i.value for i in found.values()]],
        color=colour[name], marker="o", markersize=4,
    )  # fmt: skip
    style.name_line(
        collapse, max(found), found[max(found)].value, f"{100 * share:.0f} % collapse", colour[name], dy=dy, ha="right"
    )
collapse.set(title="Some runs collapse", xlabel="runs", ylabel="intervals that cover, %", ylim=(0, 104))

# %%
# Second, all runs draw their training and test examples from one pool: the usual interval, and the corrected one.

for name, meaning, dy in (("corrected", "deep", -11), ("usual", "classical", -11)):
    rows = pools[pools["interval"] == name]
    found = intervals((100 * rows["covered"]).groupby(rows["splits"]))
    resample.errorbar(
        list(found),
        [i.value for i in found.values()],
        [[i.value - i.low for i in found.values()], [i.high - i.value for i in found.values()]],
        color=colour[meaning], marker="o", markersize=4,
    )  # fmt: skip
    style.name_line(resample, max(found), found[max(found)].value, name, colour[meaning], dy=dy, ha="right")
resample.set(title="All runs split one pool", xlabel="splits")
for axes in (collapse, resample):
    axes.axhline(95, color=colour["neutral"], linewidth=1.2, linestyle=":")
    axes.set_xticks([5, 10, 20])

means = runs.groupby(["share", "runs"])["covered"].mean()
split = pools.groupby(["interval", "splits"])["covered"].mean()
style.show(
    figure,
    alt="Share of 95 % intervals that cover the true mean. "
    + "; ".join(
        f"{100 * share:.0f} % of the runs collapse, {n} runs: {100 * value:.0f} %"
        for (share, n), value in means.items()
    )
    + ". All runs split one pool: "
    + "; ".join(f"{name} interval, {n} splits: {100 * value:.0f} %" for (name, n), value in split.items())
    + ".",
    data=runs,
)
