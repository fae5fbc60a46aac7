"""
From the neuron to the Transformer
==================================

When the ingredients of deep learning were first published, from 1943 to 2017. Claim C02: perceptron, multilayer network
and automatic differentiation date from the 1950s and 60s.
"""

# %%
# Dots sit at their year; names are spread out beside them. The band marks the two decades of the claim, bold type what
# the chapter dates.

from dataclasses import asdict

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from lecture import style
from lecture.data.literature.milestones import MILESTONES, YEARS_SAID

colour = style.use()
KINDS = {
    "network": ("o", "deep", "network"),
    "gradient": ("D", "deep", "gradient"),
    "theory": ("^", "ink", "theory"),
    "rival": ("o", "classical", "rival"),
    "means": ("s", "neutral", "data, machine"),
}
HALVES = [(1941, 1984, "Ingredients"), (1984, 2019, "Their moment")]

# %%
figure, panels = plt.subplots(1, 2, figsize=(7.2, 4.4))
for panel, (start, end, title) in zip(panels, HALVES, strict=True):
    shown = [m for m in MILESTONES if start < m.year <= end]
    for milestone, place in zip(shown, np.linspace(start + 1.5, end - 1.5, len(shown)), strict=True):
        marker, hue, _ = KINDS[milestone.kind]
        panel.plot([0, 0.8, 1.2], [milestone.year, place, place], color=colour["line"], linewidth=1, zorder=1)
        panel.plot(0, milestone.year, marker, color=colour[hue], markersize=6, clip_on=False, zorder=3)
        weight = "bold" if milestone.ingredient else "normal"
        text = f"{milestone.year}  {milestone.label}"
        panel.annotate(text, (1.3, place), va="center", fontsize=10, fontweight=weight, annotation_clip=False)
    if start in range(1900, YEARS_SAID.start):
        band = [YEARS_SAID.start, YEARS_SAID.stop]
        panel.fill_betweenx(band, -0.35, 0.35, color=colour["deep"], alpha=0.2, linewidth=0, clip_on=False)
    panel.set(title=title, xlim=(0, 8), xticks=[], ylim=(end, start), yticks=range(-(-start // 10) * 10, end, 10))
    panel.spines[["bottom"]].set_visible(False)
    panel.spines["left"].set(color=colour["neutral"], linewidth=1.5)
    panel.grid(visible=False)
for marker, hue, name in KINDS.values():
    panels[0].plot([], [], marker, color=colour[hue], markersize=6, label=name)
figure.legend(loc="outside lower center", ncols=3, fontsize=10, handletextpad=0.2, columnspacing=1.2)

# %%
# Everything that the talk names is in the band; the reverse mode of automatic differentiation misses it by a year.

style.show(
    figure,
    alt="Timeline, year and what was first published: "
    + ", ".join(f"{m.year} {m.label}" for m in MILESTONES)
    + f". A band marks {YEARS_SAID.start} to {YEARS_SAID.stop - 1}.",
    data=pd.DataFrame([asdict(m) for m in MILESTONES]),
)
