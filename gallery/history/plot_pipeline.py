"""
The assembly line against one network
=====================================

Test error on real images of features made by hand under a support vector machine, of one network that learns from the
pixels, and of the forms in between. Claim C01: stages that were not made for each other lose
something, and the whole was worse.
"""

# %%
# From few to many: error against the number of training images; a larger set contains the smaller one. Bands are 95 %
# intervals over the seeds, each of which draws its own images.

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import NullLocator

from lecture import style
from lecture.claims.history.c01_pipeline import DEEP, errors
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.joint import Joint
from lecture.experiments.history.pipeline import Pipeline
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
tables = [read(experiment.preset()) for experiment in (Pipeline, EndToEnd, Joint)]
curves = errors(*tables)
sizes = list(curves["network"].columns)
images = tables[0]["images"].iloc[0]

# %%
LINES = {
    "HOG, RBF SVM": ("HOG, SVM", "classical", "-"),
    "words, RBF SVM": ("words, SVM", "classical", "--"),
    "network, shifts": ("with shifts", "deep", "--"),
    "network": ("network", "deep", "-"),
}
figure, (lines, rows) = plt.subplots(1, 2, figsize=(7.2, 4.4), width_ratios=(1, 1))
names = {}
for method, (name, hue, dash) in LINES.items():
    found = [mean_interval(curves[method][n]) for n in sizes]
    low, high = [max(f.low, 0.1) for f in found], [f.high for f in found]
    lines.fill_between(sizes, low, high, color=colour[hue], alpha=0.12, linewidth=0)
    lines.plot(sizes, [f.value for f in found], dash, color=colour[hue], marker="o", markersize=3.5)
    names[name] = (found[-1].value, hue)
lowest = 0.0
for name, (end, hue) in sorted(names.items(), key=lambda item: item[1]):
    lowest = max(end, lowest * 1.28)  # room for the name below
    style.name_line(lines, sizes[-1], lowest, name, colour[hue])
lines.set(xscale="log", yscale="log", xlabel="training images", ylabel="wrong on new images, %")
lines.set_title("From few to many")
lines.set_xticks(sizes[::2], [f"{n:,}" for n in sizes[::2]])
lines.set_yticks([2, 5, 10, 20], ["2", "5", "10", "20"])
lines.set_xlim(0.8 * sizes[0], 6 * sizes[-1])
lines.xaxis.set_minor_locator(NullLocator())
lines.yaxis.set_minor_locator(NullLocator())

# %%
# Then all contenders with the most images. A dot is one seed, a bar their mean. The three rows of coarse words
# are one and the same pipeline, on a coarser grid of patches: under a support vector machine, under a classifier
# trained on the words as they are, and words and classifier trained together.

GROUPS = [
    {"pixels, RBF SVM": "pixels, RBF"},
    {"HOG, linear SVM": "HOG, linear", "HOG, RBF SVM": "HOG, RBF", "HOG, trained head": "HOG, trained"},
    {"words, linear SVM": "words, linear", "words, RBF SVM": "words, RBF"},
    {
        "coarse words, apart, linear SVM": "coarse, linear",
        "coarse words, apart": "coarse, apart",
        "coarse words, together": "coarse, together",
    },
    {"network, RBF SVM": "network, RBF", "network": "network", "network, shifts": "with shifts"},
]
y, labels = 0.0, {}
for group in GROUPS:
    for method, label in group.items():
        runs = curves[method][sizes[-1]]
        hue = colour["neutral" if method.startswith("pixels") else "deep" if method in DEEP else "classical"]
        rows.plot(runs, [y] * len(runs), "o", color=hue, alpha=0.35, markersize=5)
        rows.plot(runs.mean(), y, "|", color=hue, markersize=13, markeredgewidth=2.5)
        labels[y] = label
        y += 1
    y += 0.6
rows.set_yticks(list(labels), list(labels.values()))
rows.invert_yaxis()
rows.set(xlabel="wrong on new images, %", title=f"With {sizes[-1]:,} images")
rows.grid(axis="x")
rows.grid(visible=False, axis="y")
rows.tick_params(axis="y", length=0)

# %%
# Read the curves downwards at one size: that is who wins with so many images. Follow one line to more images: that is
# what more images are worth to it.

drawn = pd.concat({method: runs.stack() for method, runs in curves.items()}, names=["method"])
means = drawn.groupby(["method", "n"]).mean()
style.show(
    figure,
    alt=f"Mean test error in per cent on {images} with {sizes[0]:,} and with {sizes[-1]:,} training images: "
    + "; ".join(f"{m} {means[m, sizes[0]]:.1f} and {means[m, sizes[-1]]:.1f}" for m in curves)
    + ".",
    data=drawn.reset_index(name="error"),
)
