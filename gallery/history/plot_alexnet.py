"""
AlexNet among its ancestors, and layer by layer
===============================================

How deep networks were before AlexNet, and the share of each of its own eight layers in its multiply-adds and in its
parameters. Claim C05: networks went from two or three layers to eight at a stroke.
"""

# %%
# Depths are published ones, of networks trained as a whole by gradient descent. Shares are counted while a random image
# passes through the two-tower network.

import matplotlib.pyplot as plt

from lecture import style
from lecture.data.literature.alexnet import BEFORE
from lecture.experiments.history.alexnet import Alexnet
from lecture.records import read

colour = style.use()
table = read(Alexnet.preset())
layers = table[(table["layout"] == "two towers") & (table["parameters"] > 0)].drop_duplicates("layer")
shares = layers.set_index("layer")[["multiply_adds", "parameters"]].apply(lambda column: 100 * column / column.sum())

# %%
figure, (depth, panel) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1, 1.15))
depth.axhspan(2, 3, color=colour["neutral"], alpha=0.25, linewidth=0)
style.name_line(depth, 1985, 2.5, "the talk’s “before”", colour["ink-2"])
NAMES = {"postcode reader": "postcodes", "LeNet-5": "LeNet-5"}
for network in BEFORE:
    depth.plot(network.year, network.layers, "o", color=colour["neutral"], markersize=7)
    name = NAMES.get(network.network, "digits")
    style.name_line(
        depth, network.year, network.layers, name, colour["ink-2"], ha="right" if network.year > 2000 else "left"
    )
depth.plot(2012, len(layers), "o", color=colour["deep"], markersize=9)
style.name_line(depth, 2012, len(layers), "AlexNet", colour["deep"], ha="right")
depth.set(title="Layers that learn", xlim=(1984, 2014), ylim=(0, 11), xticks=[1990, 2000, 2010], yticks=range(0, 11, 2))

# %%
names = [f"{name[:-1]} {name[-1]}" for name in shares.index]
for column, side, hue in (("multiply_adds", -1, "neutral"), ("parameters", 1, "deep")):
    panel.barh(names, side * shares[column], color=colour[hue], height=0.7)
    for place, share in enumerate(shares[column]):
        text = f"{share:.0f} %" if share >= 0.95 else "< 1 %"
        panel.annotate(
            text, (side * share, place), (5 * side, 0), textcoords="offset points", va="center", fontsize=10,
            ha="left" if side > 0 else "right", color=colour[hue],
        )  # fmt: skip
panel.axvline(0, color=colour["ink"], linewidth=0.8)
panel.set(xlim=(-54, 80), xticks=[])
panel.invert_yaxis()
panel.grid(visible=False)
panel.spines[["left", "bottom"]].set_visible(False)
panel.tick_params(axis="y", length=0)
for name, side, hue in (("multiply-adds", "right", "neutral"), ("parameters", "left", "deep")):
    panel.annotate(
        name, (0, 1), (8 if side == "left" else -8, 4), xycoords=("data", "axes fraction"), textcoords="offset points",
        ha=side, fontweight="bold", color=colour[hue],
    )  # fmt: skip

# %%
# The layers that see the image do the arithmetic; the fully connected ones hold the weights.

style.show(
    figure,
    alt="Layers that learn: "
    + ", ".join(f"{network.layers} in {network.year} ({network.network})" for network in BEFORE)
    + f", {len(layers)} in AlexNet (2012). Share of each of its layers in multiply-adds and in parameters, per cent: "
    + ", ".join(
        f"{name} {row['multiply_adds']:.1f} and {row['parameters']:.1f}"
        for name, (_, row) in zip(names, shares.iterrows(), strict=True)
    )
    + ".",
    data=layers[["layer", "shape", "outputs", "parameters", "multiply_adds"]],
)
