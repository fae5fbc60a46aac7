"""
One tool at a time
==================

What made depth trainable? The custom of the time with one of today's tools put in, and today's tools with one taken
out, in four layers and in eight. Claim C29: depth could be trained because vanishing gradients were solved.
"""

# %%
# A dot is one seed, a bar their mean; red has the sigmoid or tanh at its units, blue ReLU. At the dashed line a network
# guesses.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.summary.c29_causes import SETS, by_tools
from lecture.experiments.summary.one_tool import RATES, OneTool
from lecture.experiments.summary.trials import TOOLS
from lecture.records import read

colour = style.use()
settings = OneTool.preset()
found = by_tools(read(settings))
WORDS = {tools: SETS.get(tools, tools) for tools in RATES}  # a set of your own has the name that you gave it
GAPS = {"1998", "now, sigmoid", "now"}  # rows that begin a group

figure, panels = plt.subplots(1, 2, figsize=(7.2, 4.4), sharey=True)
for panel, layers in zip(panels, settings.layers, strict=True):
    y, places = 0.0, []
    for tools in WORDS:
        y += 1 + 0.5 * (tools in GAPS)
        places.append(y)
        errors = found[tools, layers]
        hue = colour["relu" if "ReLU" in TOOLS[tools].activation.__name__ else "sigmoid"]
        panel.plot(errors, [y] * len(errors), "o", color=hue, alpha=0.35, markersize=6)
        panel.plot(errors.mean(), y, "|", color=hue, markersize=15, markeredgewidth=2.5)
    panel.axvline(90, color=colour["neutral"], linestyle="--", linewidth=1.2)
    panel.set(xlim=(0, 97), xticks=[0, 30, 60, 90], xlabel="test error, %", title=f"{layers} layers")
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0)
panels[0].set_yticks(places, list(WORDS.values()))
panels[0].set_ylim(y + 0.7, 0.3)

style.show(
    figure,
    alt="Mean test error, guessing 90 %. "
    + " ".join(
        f"{layers} layers: "
        + ", ".join(f"{words} {found[tools, layers].mean():.0f} %" for tools, words in WORDS.items())
        + "."
        for layers in settings.layers
    ),
    data=read(settings)[["tools", "layers", "rate", "steps", "seed", "train_accuracy", "test_accuracy"]],
)
