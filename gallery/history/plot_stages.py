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
# Below: the vocabulary that k-means found, without knowing what it is for; the same words after they were trained
# together with the classifier; and the filters with which a network from pixels to labels begins.

figure, panels = plt.subplots(2, 3, figsize=(7.2, 5.2))
above, below = panels
for axes, picture, title in zip(above, ("image", "HOG", "retold"), ("An image", "as HOG", "in words"), strict=True):
    axes.imshow(plates(picture)[0], cmap=ink)
    axes.set_title(title)
order = np.argsort(-((plates("words together") - plates("words")) ** 2).sum((1, 2)))
most = order[:36]
for axes, picture, title, across, hue in zip(
    below,
    ("words", "words together", "filters"),
    ("Words of k-means", "trained together", "Network's filters"),
    (6, 6, 4),
    ("classical", "deep", "deep"),
    strict=True,
):
    found = plates(picture)
    axes.imshow(mosaic(found if picture == "filters" else found[most], across), cmap=shades[hue], vmin=-1, vmax=1)
    axes.set_title(title)
for axes in panels.flat:
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# The words shown are those that training changed most, in the same places left and right.

before, after, filters = (plates(picture) for picture in ("words", "words together", "filters"))
moved = 100 * np.sqrt(((after - before) ** 2).sum((1, 2)) / (before**2).sum((1, 2)))
style.show(
    figure,
    alt=f"An image; its histogram of oriented gradients; the image rebuilt from {len(before)} visual words. Then words "
    "found by k-means; the same words after joint training with the classifier, which changed the median word by "
    f"{np.median(moved):.0f} % of its length; and the {len(filters)} first filters of a trained network.",
    data=table,
)
