"""
What each station sees
======================

One image that none of the stages was shown, what the stations of the pipeline make of it, and what training changes in
them. Claim C01: no stage of the pipeline was optimised for the next one.
"""

# %%
# Above: the image; HOG, a star of edge directions for each cell; and the image put together from visual words, each
# patch replaced by the nearest word. That is all that the next station gets to see.

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.experiments.history.stages import Stages
from lecture.records import read

colour = style.use()
settings = Stages.preset()
table = read(settings)
ink = LinearSegmentedColormap.from_list("ink", [colour["paper"], colour["ink"]])
shades = {
    hue: LinearSegmentedColormap.from_list(hue, [colour["ink"], colour["paper"], colour[hue]])
    for hue in ("classical", "deep")
}


def plates(picture):
    found = table[table["picture"] == picture]
    return found["value"].to_numpy().reshape(*(found[axis].max() + 1 for axis in ("number", "row", "column")))


def mosaic(found, across):
    """Put small pictures into rows, each stretched to its own contrast around zero, with a gap between them."""
    found = found / np.abs(found).max((1, 2), keepdims=True)
    found = np.pad(found, ((0, -len(found) % across), (0, 1), (0, 1)), constant_values=np.nan)
    rows, height, width = len(found) // across, *found.shape[1:]
    return found.reshape(rows, across, height, width).swapaxes(1, 2).reshape(rows * height, across * width)


# %%
# Below: words that k-means found, without knowing what they are for; what changed in each of them when they were
# trained together with the classifier; and the filters with which a network from pixels to labels begins.

before, after, filters = (plates(picture) for picture in ("words", "words together", "filters"))
change = after - before
most = np.argsort(-(change**2).sum((1, 2)))[:25]  # the words that changed most

figure, panels = plt.subplots(2, 3, figsize=(7.2, 5.2))
(picture, edges, retold), below = panels
for axes, name, title in ((picture, "image", "One image"), (retold, "retold", "In visual words")):
    axes.imshow(plates(name)[0], cmap=ink)
    axes.set_title(title)

strength = plates("HOG") / plates("HOG").max()
directions, rows, columns = strength.shape
reach = 0.45 / strength.shape[1] * len(plates("image")[0])
for (direction, row, column), value in np.ndenumerate(strength):
    angle = np.pi * (direction + 0.5) / directions  # of the gradient; the edge runs across it
    x, y = ((np.array((column, row)) + 0.5) * reach / 0.45) - 0.5
    dx, dy = reach * np.sin(angle), -reach * np.cos(angle)
    edges.plot((x - dx, x + dx), (y - dy, y + dy), color=colour["classical"], alpha=float(value), linewidth=1.5)
edges.imshow(np.zeros_like(plates("image")[0]), cmap=ink, vmax=1)
edges.set_title("As HOG")

for axes, found, title, across, hue in (
    (below[0], before[most], "Words of k-means", 5, "classical"),
    (below[1], change[most], "What changed", 5, "deep"),
    (below[2], filters, "Learned filters", 4, "deep"),
):
    axes.imshow(mosaic(found, across), cmap=shades[hue], vmin=-1, vmax=1)
    axes.set_title(title)
for axes in panels.flat:
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# The words shown are those that training changed most, in the same places left and in the middle.

moved = 100 * np.sqrt((change**2).sum((1, 2)) / (before**2).sum((1, 2)))
style.show(
    figure,
    alt=f"An image; its histogram of oriented gradients; the image rebuilt from {len(before)} visual words. Then words "
    "found by k-means; what joint training with the classifier changed in them, for the median word "
    f"{np.median(moved):.0f} % of its length; and the {len(filters)} first filters of a trained network.",
    data=table,
)
