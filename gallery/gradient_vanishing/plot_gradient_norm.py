"""
The gradient on its way back
============================

How much of the gradient is left after each layer, in untrained networks of 32 hidden layers. Claim C10: small
gradients, multiplied over many layers, come to nothing.
"""

# %%
# Ten seeds each, as bands; straight lines on a logarithmic scale, because every layer takes the same share.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.experiments.gradient_vanishing.gradient_norm import GradientNorm
from lecture.records import read

colour = style.use()
table = read(GradientNorm.preset())
depth = table["depth"].max()
deep = table[table["depth"] == depth].assign(passed=lambda t: depth + 1 - t["layer"])
output = deep[deep["passed"] == 0].set_index(["activation", "init", "seed"])["error"].rename("output")
deep = deep.join(output, on=["activation", "init", "seed"])
deep["left"] = np.log10(deep["error"] / deep["output"])
bands = deep.groupby(["activation", "init", "passed"])["left"].agg(["mean", "std"])

# %%
NAMES = {
    ("sigmoid", "default"): ("sigmoid, default", "sigmoid"),
    ("sigmoid", "Xavier"): ("sigmoid, Xavier", "sigmoid"),
    ("ReLU", "default"): ("ReLU, default", "relu"),
    ("tanh", "Xavier"): ("tanh, Xavier", "tanh"),
    ("ReLU", "He"): ("ReLU, He", "relu"),
}
figure, panel = plt.subplots()
for network, (name, hue) in NAMES.items():
    band = bands.loc[network]
    panel.fill_between(
        band.index,
        10 ** (band["mean"] - band["std"]),
        10 ** (band["mean"] + band["std"]),
        color=colour[hue],
        alpha=0.2,
        linewidth=0,
    )
    panel.semilogy(band.index, 10 ** band["mean"], color=colour[hue], gid="draw")
    shift = {"ReLU, He": 7, "tanh, Xavier": -7, "sigmoid, Xavier": -6}.get(name, 0)
    style.name_line(panel, depth, 10 ** band["mean"].iloc[-1], name, colour[hue], dy=shift)
panel.semilogy([0, depth], [1, 0.25**depth], color=colour["neutral"], linestyle="--", linewidth=1.4)
style.name_line(panel, depth, 0.25**depth, "¼ a layer", colour["neutral"], dy=7)
panel.set(xlabel="layers passed on the way back", ylabel="share of the gradient left", xticks=[0, 8, 16, 24, 32])

# %%
# The dashed line loses three quarters at each layer: the steepest slope of the sigmoid, with weights that neither
# stretch nor shrink. Torch's default weights shrink as well, Xavier's hardly do.

style.show(
    figure,
    alt=f"Share of the gradient left after {depth} layers, on a logarithmic scale: "
    + ", ".join(f"{name} {10 ** bands.loc[network]['mean'].iloc[-1]:.0e}" for network, (name, _) in NAMES.items())
    + f". A factor of one quarter a layer gives {0.25**depth:.0e}.",
    data=bands.reset_index(),
)
