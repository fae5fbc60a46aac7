"""
Ten networks at once
====================

What one training step of one network costs, by the number of networks, their depth and the batch: the plain loop, vmap
and the engine of this book, beside the matrix products of the step alone. The figure tests no claim of the talk. It
measures the program that makes this book.
"""

# %%
# Around one usual case, one thing varies in each panel. The plain loop trains one network after another, so a network
# costs it the same however many there are.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.how_we_test.engine_speed import PRODUCTS, EngineSpeed
from lecture.records import read

colour = style.use()
settings = EngineSpeed.preset()
table = read(settings).query("network == 'MLP'")
table = table.assign(milliseconds=1e3 * table["seconds"] / table["replicas"])
usual = {"replicas": settings.networks, "depth": settings.depth, "batch": settings.batch}
panels = {"replicas": ("Seeds", "networks"), "depth": ("Depth", "hidden layers"), "batch": ("Examples", "in a batch")}
looks = {
    "plain loop": (colour["classical"], "-"), "vmap": (colour["ink-2"], "--"), "engine": (colour["deep"], "-"),
    PRODUCTS: (colour["neutral"], ":"),
}  # fmt: skip

# %%
figure, axes = plt.subplots(1, 3, sharey=True, figsize=(7.2, 3.9))
drawn = {}
for panel, (varied, (title, unit)) in zip(axes, panels.items(), strict=True):
    others = " and ".join(f"{name} == {value}" for name, value in usual.items() if name != varied)
    lines = table.query(others).groupby(["way", varied])["milliseconds"].median()
    drawn[varied] = lines
    for way, (hue, line) in looks.items():
        points = lines[way]
        panel.loglog(points.index, points, line, color=hue, marker="" if way == PRODUCTS else "o", markersize=4)
    ticks = sorted(lines.index.unique(varied))
    panel.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    panel.minorticks_off()
    panel.set(title=title, xlabel=unit)
axes[0].set_ylabel("ms a step and network")
axes[0].yaxis.set_major_formatter("{x:g}")
first = drawn["replicas"]
for way, end, dy in (("plain loop", -1, 9), ("vmap", 0, 9), ("engine", -1, -9), (PRODUCTS, -1, -20)):
    points = first[way]
    side = "left" if end == 0 else "right"
    style.name_line(axes[0], points.index[end], points.iloc[end], way, looks[way][0], dy=dy, ha=side)

# %%
# The dotted line is the limit at these shapes: what lies between it and the engine is everything that is no product.

sentences = [
    f"{title}: from {points.index[0]} to {points.index[-1]} {unit}, {way} {points.iloc[0]:.2g} to {points.iloc[-1]:.2g}"
    for varied, (title, unit) in panels.items()
    for way in looks
    for points in [drawn[varied][way]]
]
style.show(
    figure,
    alt="Milliseconds of a training step for each network, on logarithmic axes. " + "; ".join(sentences) + ".",
    data=table.groupby(["depth", "replicas", "batch", "way"], sort=False)["milliseconds"].median().reset_index(),
)
