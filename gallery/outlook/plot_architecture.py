"""
A program that chooses the layers
=================================

All networks of a small space, and what three searches find in it for the same computing, beside a network made by hand.
Claim C28: neural architecture search.
"""

# %%
# First, each dot is one design; each row of a pair, one value of a choice, holds half of them. A bar is their mean.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.claims.outlook.architecture import TRIES, defaults, results
from lecture.experiments.outlook.architecture import SEARCHED, Architecture
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
records = read(Architecture.preset())
last = records[(records["design"] == SEARCHED) & (records["steps"] == records["steps"].max())]
default = defaults(records)
CHOICES = {
    "layers": {2: "2 layers", 3: "3 layers"},
    "channels": {12: "12 channels", 25: "25 channels"},
    "kernel": {3: "kernel 3", 5: "kernel 5"},
    "halving": {"stride": "stride", "pooling": "pooling"},
    "shortcut": {False: "no shortcut", True: "shortcut"},
}

# %%
figure, (space, search) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1, 1.15))
means = 100 * last.groupby(list(CHOICES))["test"].mean()
places, names, told = [], [], []
for pair, (choice, values) in enumerate(CHOICES.items()):
    for value, name in values.items():
        y = 2.5 * pair + len(names) % 2
        found = means.xs(value, level=choice)
        space.plot(found, np.full(len(found), y), "o", color=colour["deep"], alpha=0.3, markersize=4, markeredgewidth=0)
        space.plot(found.mean(), y, "|", color=colour["deep"], markersize=13, markeredgewidth=2.5)
        places.append(y)
        names.append(name)
        told.append(f"{name} {found.mean():.0f}")
space.axvline(default["once"].mean(), color=colour["ink"], linestyle="--", linewidth=1.2)
space.set_yticks(places, names)
space.invert_yaxis()
space.set(title="All designs", xlabel="accuracy, %")
space.grid(axis="x")
space.grid(visible=False, axis="y")
space.tick_params(axis="y", length=0)

# %%
# Second, test accuracy of what a search has chosen by validation data, against the trainings it may spend. The
# band is random search's 95 % interval over independent tables. Dotted is halving. Dashed: the network made by hand,
# and the best of its starts.

searches = results(records)
HUES = {"random": "neutral", "evolution": "deep", "halving": "deep"}
ends = {}
for name, hue in HUES.items():
    table = searches[searches["search"] == name].pivot(index="seed", columns="tries", values="test")
    if name == "random":
        found = [mean_interval(table[tries]) for tries in table]
        low, high = [f.low for f in found], [f.high for f in found]
        search.fill_between(list(table), low, high, color=colour[hue], alpha=0.15, linewidth=0)
    search.plot(list(table), table.mean(), ":" if name == "halving" else "-", color=colour[hue])
    ends[name] = table.mean()
for column, name in (("once", "made by hand"), ("best", f"best of {Architecture.preset().starts} starts")):
    search.axhline(default[column].mean(), color=colour["ink"], linestyle="--", linewidth=1.2)
    style.name_line(search, searches["tries"].max(), default[column].mean(), name, colour["ink"], -9, "right")
end = {name: values.iloc[-1] for name, values in ends.items()}
for rank, name in enumerate(sorted(end, key=lambda name: end[name])):  # the lines end too close for their names
    style.name_line(search, searches["tries"].max(), sorted(end.values())[1], name, colour[HUES[name]], 15 * (rank - 1))
search.set(
    title="What searches find",
    xlabel="trainings spent",
    ylabel="accuracy, %",
    xticks=[1, 4, 8, 12, 16],
    yticks=range(50, 71, 5),
)
search.set_xlim(0.5, 1.35 * searches["tries"].max())

# %%
# The same numbers for both halves.

tries = min(TRIES, int(searches["tries"].max()))
style.show(
    figure,
    alt=f"Mean test accuracy in percent of the {len(means)} designs by each choice: {', '.join(told)}. "
    f"After {tries} trainings: "
    + ", ".join(f"{name} {values[tries]:.1f}" for name, values in ends.items())
    + f"; made by hand {default['once'].mean():.1f}, the best of its starts {default['best'].mean():.1f}.",
    data=searches,
)
