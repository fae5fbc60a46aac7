"""
The network against the best classical method, by examples a class
==================================================================

How many more test examples out of a hundred the best network gets wrong, where both learned from 1 to 50 examples of
each class: images of digits, and two tables. Claim C23: do not use deep learning with little data.
"""

# %%
# Above the line the network does worse, below it does better; the shaded sizes count as few. The bars are 95 %
# intervals over seeds, the dots single seeds, each of which draws its own training and test examples.

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import NullLocator

from lecture import style
from lecture.claims.when_to_use.little_data import FEW, SPLIT, gaps
from lecture.experiments.when_to_use.little_data import LittleData
from lecture.records import read
from lecture.statistics import resampled_interval

colour = style.use()
found = gaps(read(LittleData.preset()))
sets = list(dict.fromkeys(found.columns.get_level_values(0)))

figure, panels = plt.subplots(1, len(sets), figsize=(7.2, 3.6), sharey=True)
rows = []
for axes, name in zip(panels, sets, strict=True):
    axes.axhline(0, color=colour["neutral"], linewidth=1.1)
    axes.axvspan(0.5, FEW * 1.41, color=colour["line"], alpha=0.35, linewidth=0)
    for n in found[name]:
        f = resampled_interval(found[name, n], *SPLIT)
        axes.plot(
            [n] * len(found), found[name, n], "o", color=colour["deep"], alpha=0.22, markersize=3.5, markeredgewidth=0
        )
        axes.plot([n, n], [f.low, f.high], color=colour["deep"], linewidth=4, solid_capstyle="butt")
        axes.plot(n, f.value, "o", color=colour["deep"], markersize=6)
        rows.append((name, n, f.value, f.low, f.high))
    axes.set_title(name)

# %%
# Both sides are chosen by the other half of the seeds: from four classical methods, and from a fully connected and, for
# the images, a convolutional network.

data = pd.DataFrame(rows, columns=["set", "examples_a_class", "difference", "low", "high"])
sizes = sorted(set(data["examples_a_class"]))
reach = max(4.0, 1.1 * data[["low", "high"]].abs().to_numpy().max())
for axes in panels:
    axes.set(
        xscale="log", xlim=(0.7 * sizes[0], 1.4 * sizes[-1]), ylim=(-reach, reach), xlabel="examples of each class"
    )
    axes.set_xticks(sizes, [f"{n}" for n in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
panels[0].set(ylabel="network minus classical, points")
for height, words in ((0.96, "network worse"), (0.04, "network better")):
    panels[0].text(0.97, height, words, transform=panels[0].transAxes, color=colour["ink-2"], ha="right", va="center")

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
