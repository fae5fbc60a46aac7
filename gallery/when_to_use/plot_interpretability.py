"""
Why do you say so?
==================

The same image explained by networks that differ in their random start alone, and how much of an explanation comes back
when the model is trained once more. Claim C23: do not use deep learning when you need interpretability.
"""

# %%
# Above, an image, and which of its pixels two networks call important: the darker, the more the answer would change
# with the pixel. Last, the average of two networks.

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.selection import curves
from lecture.claims.when_to_use.interpretability import MAPS, MODELS
from lecture.experiments.when_to_use.reasons import Reasons
from lecture.experiments.when_to_use.saliency import Saliency
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
settings = Saliency.preset()
maps, reasons = read(settings), read(Reasons.preset())
first = maps[maps["seed"] == settings.first_seed]


def plate(quantity, number):
    found = first[(first["quantity"] == quantity) & (first["number"] == number)]
    return found.pivot(index="row", columns="column", values="value").to_numpy()


figure = plt.figure(figsize=(7.2, 7.4))
grid = figure.add_gridspec(3, 4, height_ratios=(1, 1.2, 1.2))
plates = [
    ("one image", plate("image", 0), "ink"),
    ("network 1", plate("map", 0), "deep"),
    ("network 2", plate("map", 1), "deep"),
    ("mean of two", plate("map", settings.members), "deep"),
]
for place, (title, picture, hue) in enumerate(plates):
    axes = figure.add_subplot(grid[0, place])
    axes.imshow(picture, cmap=LinearSegmentedColormap.from_list(hue, [colour["paper"], colour[hue]]))
    axes.set(xticks=[], yticks=[], title=title)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# Two maps: their rank correlation; a dot is one split of the images. Then the columns of a table that a model names as
# its reasons: whether it names them again after its training rows were drawn anew, or others that say the same; and how
# many of its answers change when they get the values of another row. The ring is as many other columns.

ROWS = {
    "plain": "same image,\ntwo networks",
    "SmoothGrad": "… smoothed",
    "ensemble": "… averaged",
    "untrained": "… before and\nafter training",
    "other image": "other image,\none network",
}
alike, again = figure.add_subplot(grid[1, :2]), figure.add_subplot(grid[1, 2:])
groups, without = figure.add_subplot(grid[2, :2]), figure.add_subplot(grid[2, 2:])
single = maps[maps["number"] < 0].pivot(index="seed", columns="quantity", values="value")
told = {key: 100 * found for key, found in curves(reasons, "quantity", "model", "value").items()}
NAMES = {
    "tree": "small tree",
    "linear": "linear",
    "network, gradient": "network,\ngradient",
    "network": "network,\ntimes input",
    "network, same rows": "… same rows,\nother start",
}
PANELS = {
    "maps": (alike, single, ROWS, MAPS),
    "columns named again": (again, told["shared"], NAMES, MODELS),
    "groups named again": (groups, told["shared_groups"], NAMES, MODELS),
    "answers changed": (without, told["deletion"], NAMES, MODELS),
}
rows = []
for what, (axes, table, labels, words) in PANELS.items():
    for y, key in enumerate(labels):
        f = mean_interval(table[key])
        hue = colour["classical" if key in ("tree", "linear") else "deep"]
        axes.plot(table[key], [y] * len(table), "o", color=hue, alpha=0.3, markersize=4, markeredgewidth=0)
        axes.plot([f.low, f.high], [y, y], color=hue, linewidth=4, solid_capstyle="butt")
        axes.plot(f.value, y, "|", color=hue, markersize=12, markeredgewidth=2.5)
        rows.append((what, words[key], f.value, f.low, f.high))
        if axes is without:
            other = told["deletion_random"][key].mean()
            axes.plot(other, y, "o", color=hue, markersize=6, markerfacecolor=colour["paper"])
    axes.set_yticks(range(len(labels)), list(labels.values()))
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0, labelsize=9)
alike.set(xlim=(0, 1), xlabel="rank correlation", title="Two maps")
again.set(xlim=(0, 100), xlabel="columns named again, %", title="Two training sets")
groups.set(xlim=(0, 100), xlabel="groups of columns named again, %", title="… alike counts as same")
without.set(xlim=(0, 50), xlabel="answers that change, %", title="Without the reasons")

data = pd.DataFrame(rows, columns=["what", "compared", "value", "low", "high"])
text = {
    what: "; ".join(f"{row.compared} {row.value:.{2 if what == 'maps' else 0}f}" for row in part.itertuples())
    for what, part in data.groupby("what")
}
style.show(
    figure,
    alt="A handwritten digit and the pixels that two networks and their average call important. Rank correlation of "
    f"two maps: {text['maps']}. Columns named again with other training rows, %: {text['columns named again']}. Groups "
    f"of columns that say the same: {text['groups named again']}. Answers that change without the columns named, %: "
    f"{text['answers changed']}.",
    data=data,
)
