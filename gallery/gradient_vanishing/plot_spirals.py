"""
A task on which depth pays
==========================

Two spirals, told apart by networks with equally many weights and one to six hidden layers. Claim C12: AlexNet replaced
the sigmoid by ReLU, whose shape solves vanishing gradients; why depth was wanted at all.
"""

# %%
# All networks have at most 600 weights: more layers are narrower ones. Points are always new, so nothing can be learned
# by heart. Dots are single seeds, the line their mean.

import matplotlib.pyplot as plt
import torch

from lecture import style
from lecture.data.spirals import points
from lecture.experiments.gradient_vanishing.spirals import Spirals
from lecture.records import read
from lecture.seeds import Seeds

colour = style.use()
experiment = Spirals.preset()
table = read(experiment)
table["percent"] = 100 * (1 - table["accuracy"])

# %%
figure, (task, error) = plt.subplots(1, 2, figsize=(7.2, 3.7))
places, arms = points(Seeds((0,), torch.device("cpu")).stream("drawn"), 500, experiment.turns)
for arm, hue, marker in ((0, "deep", "o"), (1, "relu", "^")):
    task.plot(*places[arms == arm].T, marker, color=colour[hue], markersize=2.4, linestyle="none")
task.set_aspect("equal")
task.axis("off")
task.set_title("Which spiral?")

seeds = table.pivot(index="depth", columns="seed", values="percent")
means = seeds.mean(axis=1)
error.plot(seeds, "o", color=colour["deep"], markersize=4, alpha=0.3)
error.plot(means, color=colour["deep"], marker="o", markersize=5)
error.axhline(50, color=colour["neutral"], linestyle="--", linewidth=1.2)
style.name_line(error, means.index[-1], 50, "guessing", colour["neutral"], dy=7, ha="right")
widths = table.groupby("depth")["width"].first()
error.set(
    xlabel="hidden layers, and units in each",
    ylabel="test error, %",
    ylim=(-2, 58),
    xticks=means.index,
    xticklabels=[f"{depth}\n({width})" for depth, width in widths.items()],
)
error.set_title("The same number of weights")

# %%
# With one hidden layer a fifth of the points are named wrongly; with several, next to none.

style.show(
    figure,
    alt=f"Two spirals of {experiment.turns:.0f} turns, and the share of points that networks of at most "
    f"{experiment.weights} weights name wrongly: "
    + ", ".join(f"{depth} hidden layers {percent:.1f} %" for depth, percent in means.items())
    + ".",
    data=table,
)
