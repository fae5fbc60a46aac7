"""
Printed digits for handwritten ones
===================================

Digits rendered from typefaces beside real ones, and the accuracy of one network on real digits, trained on either.
Claim C20: you can generate the data.
"""

# %%
# Rendered is what the network may see: printed digits, each distorted at random and never twice in the same way. Real
# are those on which it is tested.

import matplotlib.pyplot as plt
import torch
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.when_to_use.c20_generated import curve
from lecture.claims.when_to_use.learning_curves import worth
from lecture.data import glyphs, mnist
from lecture.experiments.when_to_use.rendered import Rendered
from lecture.records import read
from lecture.seeds import Stream
from lecture.statistics import geometric_interval, mean_interval
from lecture.training.distortions import Distortion, distort

colour = style.use()
runs = read(Rendered.preset())
ink = LinearSegmentedColormap.from_list("ink", [colour["paper"], colour["ink"]])
ROWS, GREYS = 5, 8  # few grey levels keep the picture small


def sheet(x, y):
    """Put images into rows, the digits in order, a column each."""
    columns = [x[y == digit][:ROWS] for digit in range(10)]
    return (GREYS * torch.stack(columns, 1).swapaxes(1, 2).reshape(28 * ROWS, 280)).round().numpy() / GREYS


printed = glyphs.load()
order = torch.randperm(len(printed.y), generator=torch.Generator().manual_seed(0))
rendered = distort(printed.x[order][None], Distortion(), Stream([0], "picture"))[0]
figure = plt.figure(figsize=(7.2, 4.0))
grid = figure.add_gridspec(2, 2, width_ratios=(1, 1.25))
for row, (title, x, y) in enumerate(
    (("Rendered", rendered, printed.y[order]), ("Real", mnist.load().x, mnist.load().y))
):
    axes = figure.add_subplot(grid[row, 0])
    axes.imshow(sheet(x, y), cmap=ink, vmin=0, vmax=1, interpolation="none")
    axes.set(title=title, xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# What a supply is worth: test accuracy on real digits. The dashed line is the network that saw no real digit; where it
# meets the curve of real ones, they are worth the same. Bands are 95 % intervals.

axes = figure.add_subplot(grid[:, 1])
by_faces = curve(runs, "rendered", "faces")
alone = by_faces.iloc[:, -1]
LINES = {
    "real": ("real", "neutral"),
    "real, distorted": ("distorted", "ink"),
    "real and rendered": ("with rendered", "deep"),
}
for trained_on, (name, hue) in LINES.items():
    table = curve(runs, trained_on)
    found = [mean_interval(table[n]) for n in table]
    axes.fill_between(
        table.columns, [f.low for f in found], [f.high for f in found], color=colour[hue], alpha=0.15, linewidth=0
    )
    axes.plot(table.columns, [f.value for f in found], "o-", color=colour[hue], markersize=4)
    if hue == "deep":  # its end lies among the others, its beginning does not
        style.name_line(axes, table.columns[0] / 1.2, max(f.high for f in found), name, colour[hue])
    else:
        style.name_line(axes, table.columns[-1], found[-1].value, name, colour[hue], dy=-9 if hue == "neutral" else 7)
level, images = mean_interval(alone), geometric_interval(worth(curve(runs, "real"), alone))
axes.axhspan(level.low, level.high, color=colour["deep"], alpha=0.1, linewidth=0)
axes.axhline(level.value, color=colour["deep"], linestyle="--", linewidth=1.5)
axes.plot(images.value, level.value, "o", color=colour["deep"], markersize=9, markerfacecolor="none")
axes.annotate(
    "rendered alone", (8000, level.value), (0, -6), textcoords="offset points", ha="right",
    va="top", color=colour["deep"],
)  # fmt: skip
axes.set(xscale="log", xlabel="real images", ylabel="right on real digits, %", title="What a supply is worth")
axes.set_xticks([10, 100, 1000], ["10", "100", "1,000"])
axes.set_xlim(None, 8000)
axes.minorticks_off()

# %%
# Typefaces are the raw material: the same supply from one face, from five and from all.

means = by_faces.mean()
style.show(
    figure,
    alt=f"Test accuracy on real digits: trained on rendered digits alone {level.value:.0f} %, as good as "
    f"{images.value:.0f} real images ({images.low:.0f} to {images.high:.0f}). "
    + "; ".join(
        f"{name} {table.iloc[0]:.0f} % at {table.index[0]} and {table.iloc[-1]:.0f} % at {table.index[-1]:,} images"
        for name, table in ((line, curve(runs, line).mean()) for line in LINES)
    )
    + ". Rendered from "
    + ", ".join(f"{n} faces {mean:.0f} %" for n, mean in means.items())
    + ".",
    data=runs,
)
