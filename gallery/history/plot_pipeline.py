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
from lecture.claims.history.c01_pipeline import DEEP, SHIFTS, errors
from lecture.experiments.history.end_to_end import EndToEnd, EndToEndOnPhotographs
from lecture.experiments.history.joint import Joint, JointOnPhotographs
from lecture.experiments.history.pipeline import Pipeline, PipelineOnPhotographs
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
tables = [read(experiment.preset()) for experiment in (Pipeline, EndToEnd, Joint)]
curves = errors(*tables)
photographs = errors(*(read(e.preset()) for e in (PipelineOnPhotographs, EndToEndOnPhotographs, JointOnPhotographs)))
sizes, pieces = (list(found[SHIFTS].columns) for found in (curves, photographs))
images = tables[0]["images"].iloc[0]

# %%
LINES = {
    "HOG, RBF SVM": ("HOG, SVM", "classical", "-"),
    "words, RBF SVM": ("words, SVM", "classical", "--"),
    "network, shifts": ("with shifts", "deep", "--"),
    "network": ("network", "deep", "-"),
}
figure, (lines, *both) = plt.subplots(1, 3, figsize=(7.2, 4.6), width_ratios=(1.25, 1, 0.8))
both[1].sharey(both[0])
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
lines.set_xticks(sizes[:2], [f"{n:,}" for n in sizes[:2]])
lines.set_yticks([2, 5, 10, 20], ["2", "5", "10", "20"])
lines.set_xlim(0.8 * sizes[0], 20 * sizes[-1])
lines.xaxis.set_minor_locator(NullLocator())
lines.yaxis.set_minor_locator(NullLocator())

# %%
# Then all contenders with the most images, on digits and on pieces of photographs. A dot is one seed, a bar their
# mean. The three rows of coarse words are one and the same pipeline, on a coarser grid of patches: under a support
# vector machine, under a classifier trained on the words as they are, and words and classifier trained together.

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
        hue = colour["neutral" if method.startswith("pixels") else "deep" if method in DEEP else "classical"]
        for rows, found, most in ((both[0], curves, sizes[-1]), (both[1], photographs, pieces[-1])):
            if method not in found:
                continue
            runs = found[method][most]
            rows.plot(runs, [y] * len(runs), "o", color=hue, alpha=0.3, markersize=4, markeredgewidth=0)
            rows.plot(runs.mean(), y, "|", color=hue, markersize=13, markeredgewidth=2.5)
        labels[y] = label
        y += 1
    y += 0.6
both[0].set_yticks(list(labels), list(labels.values()))
both[0].invert_yaxis()
for rows, title in zip(both, (f"{sizes[-1]:,} digits", f"{pieces[-1]:,} pieces"), strict=True):
    rows.set(xlabel="wrong, %", title=title)
    rows.grid(axis="x")
    rows.grid(visible=False, axis="y")
    rows.tick_params(axis="y", length=0, labelleft=rows is both[0])

# %%
# Read the curves downwards at one size: that is who wins with so many images. Follow one line to more images: that is
# what more images are worth to it.

sets = {"digits": curves, "photographs": photographs}
drawn = pd.concat(
    {name: pd.concat({m: runs.stack() for m, runs in found.items()}, names=["method"]) for name, found in sets.items()},
    names=["set"],
)
mean = drawn.groupby(["set", "method", "n"]).mean()
told = {
    f"{n:,} {name}": ", ".join(f"{m} {mean[name, m, n]:.1f}" for m in found if n in found[m])
    for name, found in sets.items()
    for n in dict.fromkeys((found[SHIFTS].columns[0], found[SHIFTS].columns[-1]))
}
style.show(
    figure,
    alt=f"Mean test error in per cent, digits from {images}. "
    + ". ".join(f"With {most}: {errors}" for most, errors in told.items())
    + ".",
    data=drawn.reset_index(name="error"),
)
