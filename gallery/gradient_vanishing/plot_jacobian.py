"""
Stretched and squeezed
======================

The singular values of the Jacobian from the first hidden layer to the last, sixteen layers on, before training. A
gradient on its way back is stretched or squeezed by exactly these factors (claim C11; Saxe et al. 2014, Pennington
et al. 2017).
"""

# %%
# All at 1 would pass every gradient on unchanged. ReLU with He's start keeps the mean, but squeezes most
# directions to nothing; tanh with an orthogonal start comes nearest.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.jacobian import Jacobian
from lecture.records import read

DEPTH = 16
colour = style.use()
table = read(Jacobian.preset()).query("depth == @DEPTH")
values = table.groupby(["activation", "init", "rank"])["value"].mean()

NAMES = {  # where each line's name is written: rank, points above the line, and to which side
    ("tanh", "orthogonal"): (32, 30, "right"),
    ("tanh", "Xavier"): (23, 9, "left"),
    ("ReLU", "He"): (12, -9, "right"),
    ("sigmoid", "Xavier"): (1, 10, "left"),
    ("sigmoid", "default"): (1, 10, "left"),
}
figure, panel = plt.subplots()
for (function, start), (rank, shift, side) in NAMES.items():
    spectrum, hue = values[function, start], colour[function.lower()]
    panel.semilogy(spectrum.index, spectrum, color=hue)
    style.name_line(panel, rank, spectrum[rank], f"{function}, {start}", hue, dy=shift, ha=side)
panel.axhline(1, color=colour["neutral"], linestyle=":", linewidth=1.4)
panel.set(xlabel="rank of the singular value", ylabel="singular value", xticks=[1, 8, 16, 24, 32], ylim=(1e-16, 1e3))

# %%
style.show(
    figure,
    alt=f"Singular values of the Jacobian over {DEPTH} layers, largest and median: "
    + "; ".join(f"{f}, {s}: {v.max():.1g} and {v.median():.1g}" for (f, s), v in values.groupby(["activation", "init"]))
    + ".",
    data=values.reset_index(),
)
