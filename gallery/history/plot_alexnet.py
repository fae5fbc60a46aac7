"""
Where AlexNet computes and where it remembers
=============================================

The share of each of AlexNet's eight learned layers in its multiply-adds and in its parameters. Claim C05: networks went
from two or three layers to eight.
"""

# %%
# Counted while a random image passed through the two-tower network.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.history.alexnet import AlexNet
from lecture.records import read

colour = style.use()
table = read(AlexNet.preset())
layers = table[(table["layout"] == "two towers") & (table["parameters"] > 0)].drop_duplicates("layer")
shares = layers.set_index("layer")[["multiply_adds", "parameters"]].apply(lambda column: 100 * column / column.sum())

# %%
figure, panel = plt.subplots(figsize=(7.2, 3.9))
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
    alt="Share of each layer in multiply-adds and in parameters, per cent: "
    + ", ".join(
        f"{name} {row['multiply_adds']:.1f} and {row['parameters']:.1f}"
        for name, (_, row) in zip(names, shares.iterrows(), strict=True)
    )
    + ".",
    data=layers[["layer", "shape", "outputs", "parameters", "multiply_adds"]],
)
