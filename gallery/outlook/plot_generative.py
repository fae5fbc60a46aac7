"""
Digits that nobody wrote
========================

Real digits beside those of two classical models and of a diffusion network, how its digits come out of noise, and two
scores. Claim C28: generative models.
"""

# %%
# The first two pictures of each class, not the best. Below, the network at work: the same pictures on their way
# from pure noise.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.outlook.generative import COLOUR, by_source
from lecture.experiments.outlook.generative import Generative, Samples
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
pictures, scores = read(Samples.preset()), by_source(read(Generative.preset()))
ink = LinearSegmentedColormap.from_list("ink", [colour["paper"], colour["ink"]])
GAP = 2  # pixels between two pictures


def mosaic(sources):
    """Put the pictures of each source into rows of ten."""
    rows = []
    for source in sources:
        plates = pictures[pictures["source"] == source]["value"].to_numpy().reshape(-1, 8, 8)
        padded = np.pad(plates, ((0, 0), (0, GAP), (0, GAP)), constant_values=np.nan)
        rows += [np.hstack(list(ten)) for ten in padded.reshape(-1, 10, 8 + GAP, 8 + GAP)]
    return np.vstack(rows)


# %%
# Below, bars are 95 % intervals of the mean over seeds, dots single seeds. The dashed line is the ideal.

steps = [name for name in pictures["source"].unique() if name.startswith("step")]
sources = ["real", "one Gaussian", "mixture", "network"]
figure, ((made, emerging), (apart, near)) = plt.subplots(2, 2, figsize=(7.2, 4.8), height_ratios=(1.1, 1))
for axes, names, title in ((made, sources, "Real digits and made ones"), (emerging, steps, "Out of the noise")):
    image = mosaic(names)
    axes.imshow(image, cmap=ink, vmin=0, vmax=1, interpolation="none")
    axes.set_title(title)
    axes.set_yticks([len(image) * (i + 0.5) / len(names) - 1.5 for i in range(len(names))], names)
    axes.set_xticks([])
    axes.tick_params(length=0, labelsize=10)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

drawn = []
shown = ["copies", "one Gaussian", "mixture", "network"]
for axes, score, title in (
    (apart, "told_apart", "Told from real ones"),
    (near, "near_training", "Nearest: a training image"),
):
    axes.axvline(50, color=colour["neutral"], linestyle="--", linewidth=1.1)
    for y, source in enumerate(shown):
        hue = colour[COLOUR.get(source, "classical")]
        found, singles = mean_interval(scores[source][score]), scores[source][score]
        axes.plot(singles, [y] * len(singles), "o", color=hue, alpha=0.3, markersize=5, markeredgewidth=0)
        axes.plot([found.low, found.high], [y, y], color=hue, linewidth=4, solid_capstyle="butt")
        axes.plot(found.value, y, "|", color=hue, markersize=13, markeredgewidth=2.5)
        drawn.append((score, source, found.value, found.low, found.high))
    axes.set(title=title, xlabel="%, 50 is ideal", xlim=(40, 104), ylim=(3.6, -0.6))
    axes.set_yticks(range(len(shown)), shown)
    axes.tick_params(axis="y", length=0, labelsize=10)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")

# %%
# Copies of the training images are perfect by the first score. The second one finds them out.

data = pd.DataFrame(drawn, columns=["score", "source", "percent", "low", "high"])
words = {"told_apart": "Told from real digits", "near_training": "Nearer to a training image than to a held-out one"}
style.show(
    figure,
    alt="Twenty digits each: real, of one Gaussian a class, of a mixture, and of a diffusion network, whose pictures "
    f"are also shown on their way from noise, {steps[0]} to {steps[-1]}. "
    + " ".join(
        f"{text}: "
        + ", ".join(f"{r.source} {r.percent:.0f} %" for r in data[data["score"] == score].itertuples())
        + "."
        for score, text in words.items()
    ),
    data=data,
)
