"""
A digit with its pixels moved
=============================

One handwritten digit in both orders, and what three models misread when the pixels of all images are moved alike.
Claim C22: the data should be regular, a grid or a sequence.
"""

# %%
# Both pictures have the same 784 numbers. To somebody who knows the permutation they are the same picture.

import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.when_to_use.c22_order import SPLIT
from lecture.data import mnist
from lecture.experiments.when_to_use.order import ORDERS
from lecture.experiments.when_to_use.pixels import Pixels, moved
from lecture.records import read
from lecture.seeds import Stream
from lecture.statistics import resampled_interval

colour = style.use()
ink = LinearSegmentedColormap.from_list("ink", [colour["paper"], colour["ink"]])
figure, (placed, mixed, errors) = plt.subplots(1, 3, figsize=(7.2, 3.0), width_ratios=(1, 1, 1.9))
image = mnist.load().x[None, 1500:1501]  # a three
pictures = {"In place": image, "Moved": moved(image, Stream([0], "pixels").permutation(image[0, 0].numel()))}
for axes, (title, picture) in zip((placed, mixed), pictures.items(), strict=True):
    axes.imshow(picture[0, 0].numpy(), cmap=ink)
    axes.set(title=title, xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# Every seed moves the pixels in its own way and shows all models both orders of the same images. Large dots are means
# with their 95 % intervals, small ones single seeds; filled means in place, open means moved.

table = read(Pixels.preset())
hues = {"SVM": colour["classical"], "MLP": colour["deep"], "CNN": colour["deep"]}
means = {}
for row, (model, hue) in enumerate(hues.items()):
    runs = table[table["model"] == model].assign(wrong=lambda rows: 100 * (1 - rows["test_accuracy"]))
    found = [resampled_interval(runs.loc[runs["order"] == order, "wrong"], *SPLIT) for order in ORDERS]
    means[model] = found
    for f, order, face, shift in zip(found, ORDERS, (hue, colour["paper"]), (-0.14, 0.14), strict=True):
        seeds = runs.loc[runs["order"] == order, "wrong"]
        errors.plot([f.low, f.high], [row + shift] * 2, color=hue, linewidth=1.5)
        errors.plot(f.value, row + shift, "o", color=hue, markerfacecolor=face, markersize=7)
        errors.plot(seeds, [row + 2.2 * shift] * len(seeds), ".", color=hue, markersize=3, alpha=0.5)
for f, shift, words in zip(means["CNN"], (-0.14, 0.14), ("in place", "moved"), strict=True):
    style.name_line(errors, f.low, 2 + shift, words, colour["deep"], ha="right")
errors.set(xlabel="digits misread, %", xlim=(0, None), title="Three models, both orders")
errors.set_yticks(range(len(hues)), list(hues))
errors.grid(visible=False)
errors.margins(y=0.15)
errors.invert_yaxis()

# %%

style.show(
    figure,
    alt="A handwritten digit, and the same with its pixels moved. Digits misread with the pixels in place and moved: "
    + "; ".join(f"{model} {a.value:.1f} and {b.value:.1f} %" for model, (a, b) in means.items())
    + ".",
    data=table,
)
