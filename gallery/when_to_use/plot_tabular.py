"""
Networks against boosted trees on real tables
=============================================

How many more test rows out of a hundred a network gets wrong than gradient boosting, both tuned with the same number of
trials, on each table, as it is and with its columns rotated. Claim C23: do not use deep learning on irregular data.
"""

# %%
# Below zero the network does better, above it boosting does. Filled: the table as it is. Open: after a random
# rotation, which makes each column a mixture of all. Bars are 95 % intervals over splits, dots single ones.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.when_to_use.tabular import SPLIT, errors
from lecture.experiments.when_to_use.tabular import Tabular
from lecture.records import read
from lecture.statistics import mean_interval, resampled_interval

colour = style.use()
runs = read(Tabular.preset())
straight, rotated = errors(runs), errors(runs, rotated=True)
learned = runs.groupby("table")["n"].first()
names = list(straight["network"])

figure, (gaps, levels) = plt.subplots(1, 2, figsize=(7.2, 7.6), width_ratios=(1.25, 1))
gaps.axvline(0, color=colour["neutral"], linewidth=1.1)
rows = []
for y, name in enumerate(names):
    for form, found, up, hue, face in (
        ("as it is", straight, -0.15, "deep", colour["deep"]),
        ("rotated", rotated, 0.19, "deep", colour["paper"]),
    ):
        singles = found["network"][name] - found["boosting"][name]
        f = resampled_interval(singles, *SPLIT)
        gaps.plot(
            singles, [y + up] * len(singles), "o", color=colour[hue], alpha=0.25, markersize=3.5, markeredgewidth=0
        )
        gaps.plot([f.low, f.high], [y + up] * 2, color=colour[hue], linewidth=2.2 if form == "rotated" else 3.5)
        gaps.plot(f.value, y + up, "o", color=colour[hue], markerfacecolor=face, markersize=6)
        rows.append((name, form, f.value, f.low, f.high))
gaps.set_yticks(range(len(names)), [f"{name}, {learned[name]:,}" for name in names])
gaps.set_ylim(len(names) - 0.5, -0.5)
gaps.set(xlabel="test error, points", title="Network minus boosting")

# %%
# Wrong, mean of tables: four methods; rotation was tried with two of them.

METHODS = {"network": "deep", "boosting": "classical", "linear": "classical", "small tree": "classical"}
means = {}
for y, (method, hue) in enumerate(METHODS.items()):
    for form, found, up in (("as it is", straight, -0.13), ("rotated", rotated, 0.17)):
        if method not in found:
            continue
        over = found[method].mean(axis=1)
        f = mean_interval(over)
        face = colour[hue] if form == "as it is" else colour["paper"]
        levels.plot(over, [y + up] * len(over), "o", color=colour[hue], alpha=0.3, markersize=3.5, markeredgewidth=0)
        levels.plot(f.value, y + up, "o", color=colour[hue], markerfacecolor=face, markersize=6.5)
        means[method, form] = f.value
levels.set_yticks(range(len(METHODS)), list(METHODS))
levels.set_ylim(len(METHODS) - 0.5, -0.5)
levels.set(xlabel="wrong, mean of tables, %", title="● as it is  ○ rotated")
for panel in (gaps, levels):
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0, labelsize=10)

data = pd.DataFrame(rows, columns=["table", "columns", "difference", "low", "high"])
as_it_is = data[data["columns"] == "as it is"]
style.show(
    figure,
    alt="Test error of the network minus that of boosting, in points: "
    + "; ".join(
        f"{row.table} {row.difference:+.1f} ({row.low:+.1f} to {row.high:+.1f})" for row in as_it_is.itertuples()
    )
    + ". Mean test error over all tables: "
    + "; ".join(f"{method}, {form}, {value:.1f} %" for (method, form), value in means.items())
    + ".",
    data=data,
)
