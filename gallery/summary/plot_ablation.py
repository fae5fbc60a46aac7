"""
Three causes, taken away
========================

One task with everything that the talk gives as the causes of 2012, and then without one of them, two, and all three.
Claim C29: it worked because of GPUs, large data sets and trainable depth.
"""

# %%
# First, the eight combinations. Without data there is a hundredth of the examples, without computing a hundredth of the
# multiply-adds, and "no depth" is the best network that the old tools could train. Second, with all the data and all
# the computing: shallow and deep, with either set of tools. A dot is one seed, a bar their mean.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.summary.c29_causes import ERAS, by_network, cells
from lecture.experiments.summary.ablation import Ablation
from lecture.experiments.summary.depth import Depth
from lecture.records import read

colour = style.use()
found = {name: cell.error for name, cell in cells(read(Ablation.preset())).items()}
networks = by_network(read(Depth.preset()))

# %%
WORDS = {
    "full": "all three",
    "no_depth": "old tools", "no_data": "1 % of the data", "no_compute": "1 % of computing",
    "only_depth": "depth alone", "only_data": "data alone", "only_compute": "computing alone",
    "nothing": "none",
}  # fmt: skip
GAPS = {"no_depth", "only_depth", "nothing"}  # rows that begin a group
TODAY = {"full", "no_data", "no_compute", "only_depth"}
figure, (cube, depth) = plt.subplots(1, 2, figsize=(7.2, 3.9), width_ratios=(1.3, 1), sharex=True)


def draw(panel, rows):
    """Draw rows of a name, errors, a hue and the space above; return nothing."""
    y = 0.0
    places = []
    for _, errors, hue, space in rows:
        y += 1 + space
        places.append(y)
        panel.plot(errors, [y] * len(errors), "o", color=colour[hue], alpha=0.35, markersize=6)
        panel.plot(errors.mean(), y, "|", color=colour[hue], markersize=15, markeredgewidth=2.5)
    panel.axvline(90, color=colour["neutral"], linestyle="--", linewidth=1.2)
    panel.set_yticks(places, [name for name, *_ in rows])
    panel.set(xlim=(0, 97), xticks=[0, 30, 60, 90], xlabel="test error, % (guessing: 90)", ylim=(y + 0.7, 0.3))
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0)


draw(cube, [(w, found[n], "relu" if n in TODAY else "sigmoid", 0.5 * (n in GAPS)) for n, w in WORDS.items()])
eras = [(era, layers) for era in ("now", "then") for layers in sorted({n for _, n in networks})]
hues = {"now": "relu", "then": "sigmoid"}
draw(
    depth,
    [(f"{n} layers", networks[era, n], hues[era], 0.7 * (n == eras[0][1])) for era, n in eras],
)
cube.set_title("What is left")
depth.set_title("Depth itself")
first, second = depth.get_yticks()[0], depth.get_yticks()[len(eras) // 2]
for y, era in ((first, "now"), (second, "then")):
    depth.text(2, y - 0.6, ERAS[era], color=colour[hues[era]], va="center", ha="left")

# %%
# Compare a cause in two companies: beside the other two, in the upper rows, and alone, in the lower ones.

error = {name: errors.mean() for name, errors in found.items()}
style.show(
    figure,
    alt="Mean test error, guessing 90 %: "
    + ", ".join(f"{words} {error[name]:.0f} %" for name, words in WORDS.items())
    + ". With all data and computing: "
    + ", ".join(f"{n} layers with the {ERAS[era]} {networks[era, n].mean():.0f} %"
                for era, n in eras)
    + ".",
    data=read(Ablation.preset())[["depth", "data", "compute", "layers", "steps", "learning_rate", "seed", "pilot",
                                  "train_accuracy", "test_accuracy"]],
)  # fmt: skip
