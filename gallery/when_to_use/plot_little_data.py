"""
The network against the best classical method, by examples a class
==================================================================

How many more test examples out of a hundred the best network gets wrong, where both learned from 1 to 50 examples of
each class: images of digits, and two tables. Claim C23: do not use deep learning with little data.
"""

# %%
# Above the line the network does worse, below it does better. The bars are 95 % intervals over seeds, the dots single
# seeds, each of which draws its own training and test examples.

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import NullLocator

from lecture import style
from lecture.claims.when_to_use.little_data import FEW, gaps
from lecture.experiments.when_to_use.little_data import LittleData
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
found = gaps(read(LittleData.preset()))
sets = list(dict.fromkeys(found.columns.get_level_values(0)))
LOOKS = {"digits": ("deep", "-", 1.0, 0), "wine": ("deep", "--", 0.93, 4), "cancer": ("ink-2", "-", 1.07, -4)}

figure, axes = plt.subplots(figsize=(7.2, 4.0))
axes.axhline(0, color=colour["neutral"], linewidth=1.1)
axes.axvspan(0.5, FEW * 1.41, color=colour["line"], alpha=0.35, linewidth=0)
rows = []
for name in sets:
    hue, dash, shift, dy = LOOKS[name]
    intervals = {n: mean_interval(found[name, n]) for n in found[name]}
    places = [shift * n for n in intervals]
    axes.plot(places, [f.value for f in intervals.values()], dash, color=colour[hue], linewidth=1.6)
    for place, (n, f) in zip(places, intervals.items(), strict=True):
        axes.plot(
            [place] * len(found), found[name, n], "o", color=colour[hue], alpha=0.22, markersize=3, markeredgewidth=0
        )
        axes.plot([place, place], [f.low, f.high], color=colour[hue], linewidth=3.5, solid_capstyle="butt")
        axes.plot(place, f.value, "o", color=colour[hue], markersize=5.5)
        rows.append((name, n, f.value, f.low, f.high))
    style.name_line(axes, places[-1], list(intervals.values())[-1].value, name, colour[hue], dy=dy)

# %%
# Both sides are chosen by the other half of the seeds: from four classical methods, and from a fully connected and, for
# the images, a convolutional network.

data = pd.DataFrame(rows, columns=["set", "examples_a_class", "difference", "low", "high"])
sizes = sorted(set(data["examples_a_class"]))
reach = max(6.0, 1.15 * data[["low", "high"]].abs().to_numpy().max())
axes.set(xscale="log", xlim=(0.75 * sizes[0], 2.2 * sizes[-1]), ylim=(-reach, reach))
axes.set_xticks(sizes, [f"{n}" for n in sizes])
axes.xaxis.set_minor_locator(NullLocator())
axes.set(xlabel="examples of each class", ylabel="test error, points")
axes.set_title("Network minus best classical method")
for height, words in ((0.96, "network worse"), (0.04, "network better")):
    axes.text(0.985, height, words, transform=axes.transAxes, color=colour["ink-2"], ha="right", va="center")

style.show(
    figure,
    alt="Test error of the best network minus that of the best classical method, in points: "
    + "; ".join(
        f"{name}, " + ", ".join(f"{row.difference:+.1f} with {row.examples_a_class}" for row in part.itertuples())
        for name, part in data.groupby("set", sort=False)
    )
    + " examples a class.",
    data=data,
)
