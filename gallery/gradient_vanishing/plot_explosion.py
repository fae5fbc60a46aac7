"""
Clipping an exploding gradient
==============================

A simple recurrent network whose recurrent weights start twice as large, trained at four learning rates without and
with clipping. Claim C15: recurrent gradients also explode.
"""

# %%
# A dot is one seed; the line goes through the means.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.experiments.gradient_vanishing.explosion import Explosion
from lecture.records import read

colour = style.use()
table = read(Explosion.preset())
table["percent"] = 100 * table["accuracy"]

# %%
figure, panel = plt.subplots()
rates = sorted(table["rate"].unique())
for clipped, hue, name, shift in ((False, "tanh", "as it is", -0.04), (True, "ink", "clipped", 0.04)):
    runs = table[table["clipped"] == clipped]
    place = np.log10(runs["rate"]) + shift
    panel.plot(10**place, runs["percent"], "o", color=colour[hue], alpha=0.3, markersize=6)
    means = runs.groupby("rate")["percent"].mean()
    panel.plot(means.index * 10**shift, means, color=colour[hue])
    style.name_line(panel, rates[-1] * 10**shift, means.iloc[-1], name, colour[hue])
panel.axhline(25, color=colour["neutral"], linestyle="--", linewidth=1.2)
style.name_line(panel, rates[0], 25, "guessing", colour["neutral"], dy=-9)
panel.set_xscale("log")
panel.set_xticks(rates, [f"{rate:g}" for rate in rates])
panel.minorticks_off()
panel.set(xlabel="learning rate of SGD", ylabel="sequences remembered, %", ylim=(0, 105), yticks=[0, 25, 50, 75, 100])

# %%
# A small learning rate survives the explosions. Clipping lets a larger one survive too.

mean = table.groupby(["clipped", "rate"])["percent"].mean()
style.show(
    figure,
    alt="Sequences remembered by a recurrent network with doubled recurrent weights. "
    + " ".join(
        f"{name}: " + ", ".join(f"learning rate {rate:g} {mean[clipped, rate]:.0f} %" for rate in rates) + "."
        for clipped, name in ((False, "Without clipping"), (True, "With clipping"))
    ),
    data=table[["clipped", "rate", "seed", "accuracy", "largest_gradient", "median_gradient"]],
)
