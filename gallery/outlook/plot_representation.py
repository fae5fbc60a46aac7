"""
What the layers know
====================

Digits laid out by likeness, as pixels and as a network sees them that was never told what they are; and what a linear
probe with ten labels a class reads off each layer. Claim C28: representation learning.
"""

# %%
# A map has the first 200 test images; t-SNE puts those near each other that are near in many dimensions. Dark digits
# have a neighbour of another class.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb

from lecture import style
from lecture.claims.outlook.representation import agreement, agrees, by_layer
from lecture.data import mnist
from lecture.experiments.outlook.representation import Representation
from lecture.experiments.outlook.representation_map import RepresentationMap
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
settings = RepresentationMap.preset()
places, table = read(settings), read(Representation.preset())
images = mnist.load().split(settings.images, settings.test, settings.first_seed)[2].numpy()
small = images.reshape(-1, 14, 2, 14, 2).mean((2, 4))
SIDE = 290  # pixels of a map


def draw_map(part, hue):
    """Return a picture in which each image stands at its place."""
    strength, dark = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE), bool)
    for place, fits in zip(part.itertuples(), agrees(part), strict=True):
        row, column = (round((SIDE - 14) * at) for at in (1 - place.y, place.x))
        window = (slice(row, row + 14), slice(column, column + 14))
        stroke = small[place.image]
        dark[window] = np.where(stroke > strength[window], not fits, dark[window])
        strength[window] = np.maximum(strength[window], stroke)
    strength = np.round(4 * strength)[..., None] / 4  # few shades make a small file
    hues = np.where(dark[..., None], to_rgb(colour["ink"]), to_rgb(hue))
    return (1 - strength) * to_rgb(colour["paper"]) + strength * hues


# %%
# Below, thin lines are single seeds and the band is the 95 % interval of their mean.

figure, ((as_pixels, as_learned), (probed, near)) = plt.subplots(2, 2, figsize=(7.2, 6.6), height_ratios=(1.25, 1))
maps = {"pixels": (as_pixels, "As pixels", "classical"), "last hidden": (as_learned, "Learned without labels", "deep")}
for layer, (axes, title, hue) in maps.items():
    axes.imshow(draw_map(places[places["layer"] == layer], colour[hue]), interpolation="none")
    axes.set(title=title, xticks=[])
    axes.set_yticks([SIDE / 2], [""])  # it has a scale, as it were: on a phone a map takes the whole width
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

NETWORKS = {"few labels": ("ink", 8), "no labels": ("deep", -3), "untrained": ("neutral", 0)}
LAYERS = ["pixels", "convolution 1", "convolution 2", "last hidden"]
drawn = []
for axes, score in ((probed, "accuracy"), (near, "neighbour")):
    found = by_layer(table, score)
    pixels = found["", "pixels"]
    axes.axhline(pixels.mean(), color=colour["classical"], linestyle="--", linewidth=1.1)
    for network, (hue, shift) in NETWORKS.items():
        seeds = pd.DataFrame([pixels, *(found[network, layer] for layer in LAYERS[1:])], index=LAYERS)
        means = [mean_interval(row) for _, row in seeds.iterrows()]
        x = range(len(LAYERS))
        axes.plot(x, seeds, color=colour[hue], linewidth=0.6, alpha=0.4)
        axes.fill_between(x, [m.low for m in means], [m.high for m in means], color=colour[hue], alpha=0.2, linewidth=0)
        axes.plot(x, [m.value for m in means], color=colour[hue])
        style.name_line(axes, 3, means[-1].value, network, colour[hue], dy=shift)
        drawn += [(score, network, layer, m.value, m.low, m.high) for layer, m in zip(LAYERS, means, strict=True)]
    axes.set_xticks(range(4), ["pixels", "conv. 1", "conv. 2", "hidden"])
    axes.set(xlim=(-0.1, 4.3), ylim=(None, 100), ylabel="%")
probed.set_title("Right by a linear probe")
near.set_title("Neighbour of the same class")

# %%
# The dashed line is what the raw pixels give.

data = pd.DataFrame(drawn, columns=["score", "network", "layer", "percent", "low", "high"])
share = agreement(places)
style.show(
    figure,
    alt=f"Two maps of {settings.shown} digits. On the one by pixels {share['pixels']:.0f} % have a neighbour of their "
    f"own class, on the one by a layer learned without labels {share['last hidden']:.0f} %. "
    + " ".join(
        f"{words}: pixels {rows['percent'].iloc[0]:.0f} %, last hidden layer "
        + ", ".join(f"{r.network} {r.percent:.0f} %" for r in rows[rows["layer"] == "last hidden"].itertuples())
        + "."
        for words, rows in (
            ("Accuracy of linear probes", data[data["score"] == "accuracy"]),
            ("Test images with a neighbour of their class", data[data["score"] == "neighbour"]),
        )
    ),
    data=data,
)
