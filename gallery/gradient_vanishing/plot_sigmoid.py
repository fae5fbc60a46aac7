"""
How flat the sigmoid is
=======================

The sigmoid, its slope, and the place where each number format rounds the slope to exactly zero. Claim C09 says
that the gradient at 8 or 10 "is 0". Not quite, and sometimes to the letter: it depends on the number format.
"""

# %%
# Autograd computes the slope as y (1 - y), with y = σ(x) already rounded. As soon as y rounds to 1, the slope is
# gone.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid
from lecture.records import read

colour = style.use()
table = read(Sigmoid.preset())
true = table[table["format"] == "float64"].set_index("x")["slope"]
zero = table[(table["slope"] == 0) & (table["x"] > 0)].groupby("format")["x"].min()

figure, (shape, flat) = plt.subplots(1, 2, figsize=(7.2, 3.4))
x = np.linspace(-12, 12, 400)
shape.plot(x, 1 / (1 + np.exp(-x)), color=colour["sigmoid"])
near = true[abs(true.index) <= 12]
shape.plot(near, color=colour["ink"])
style.name_line(shape, 4, 0.9, "σ", colour["sigmoid"])
style.name_line(shape, 2, 0.14, "slope σ′", colour["ink"])
shape.set(title="The sigmoid and its slope", xlabel="input x", xticks=[-10, 0, 10], yticks=[0, 0.25, 0.5, 1])

# %%
# On a logarithmic scale the slope never touches zero; it falls by e for every unit. What ends it is rounding.

x = np.linspace(0, 40, 200)
flat.semilogy(x, 1 / (2 + 2 * np.cosh(x)), color=colour["ink"])
for place in (8, 10):
    flat.vlines(place, 1e-18, true[place], color=colour["neutral"], linewidth=1.2, linestyle=":")
flat.annotate("8 and 10", (10, 1e-17), (6, 0), textcoords="offset points", color=colour["neutral"], va="center")
for name, place in zero.items():
    height = 1 / (2 + 2 * np.cosh(place))
    flat.plot(place, height, "o", color=colour["sigmoid"], markersize=6)
    side, shift = ("right", 0) if place > 30 else ("left", {"bfloat16": 9, "float16": 3}.get(name, 3))
    style.name_line(flat, place, height, f"{name}: {place:.2f}", colour["ink"], dy=shift, ha=side)
flat.set(title="Where the slope rounds to 0", xlabel="input x", xticks=[0, 10, 20, 30, 40])
flat.set(yticks=[1e-16, 1e-12, 1e-8, 1e-4, 1], ylim=(1e-18, 3))

# %%
style.show(
    figure,
    alt=f"The sigmoid and its slope: {true[0.0]:.2f} at 0, {true[8.0]:.2e} at 8 and {true[10.0]:.2e} at 10. "
    "The slope is rounded to exactly zero from "
    + ", ".join(f"{place:.2f} on in {name}" for name, place in zero.sort_values().items())
    + ".",
    data=table,
)
