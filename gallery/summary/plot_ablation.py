"""
Three causes, taken away
========================

One task with everything that the talk gives as the causes of 2012, and then without one of them, two, and all three.
Claim C29: it worked because of GPUs, large data sets and trainable depth.
"""

# %%
# First, the combinations. Without data there is a twentieth of the examples, without computing a twentieth of the
# multiply-adds, and "old tools" is the best network that these could train; "longer" is the same with ten times the
# computing. A dot is one seed, a bar their mean.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.summary.c29_causes import cells
from lecture.experiments.summary.ablation import CELLS, Ablation
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(Ablation.preset())
found = {name: cell.error for name, cell in cells(table).items()}

# %%
WORDS = {
    "full": "all three",
    "no_depth": "old tools", "patient": "old tools, longer", "no_data": "5 % of the data",
    "no_compute": "5 % of computing",
    "only_depth": "depth alone", "only_data": "data alone", "only_compute": "computing alone",
    "nothing": "none",
}  # fmt: skip
GAPS = {"no_depth", "only_depth", "nothing"}  # rows that begin a group
figure, (cube, shares) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1.25, 1))
y, places = 0.0, []
for name in WORDS:
    y += 1 + 0.5 * (name in GAPS)
    places.append(y)
    hue = colour["relu" if CELLS[name].tools == "now" else "sigmoid"]
    cube.plot(found[name], [y] * len(found[name]), "o", color=hue, alpha=0.35, markersize=6)
    cube.plot(found[name].mean(), y, "|", color=hue, markersize=15, markeredgewidth=2.5)
cube.axvline(90, color=colour["neutral"], linestyle="--", linewidth=1.2)
cube.set_yticks(places, list(WORDS.values()))
cube.set(xlim=(0, 97), xticks=[0, 30, 60, 90], xlabel="test error, % (guessing: 90)", ylim=(y + 0.7, 0.3))
cube.set_title("What is left")
cube.grid(axis="x")
cube.grid(visible=False, axis="y")
cube.tick_params(axis="y", length=0)

# %%
# Compare a cause in two companies: beside the other two, in the upper rows, and alone, in the lower ones. Then how much
# of a cause it takes, with today's tools: shares of the data with all the computing, and the other way round.

CURVES = {
    "data": ("data", ("data_1", "no_data", "data_20", "full"), "deep", (5.6, 80)),
    "computing": ("computing", ("no_compute", "compute_20", "full"), "classical", (5.6, 35)),
}
for what, (words, names, hue, place) in CURVES.items():
    at = [100 * getattr(CELLS[name], what) for name in names]
    means = [mean_interval(found[name]) for name in names]
    shares.fill_between(at, [m.low for m in means], [m.high for m in means], color=colour[hue], alpha=0.2, linewidth=0)
    shares.plot(at, [m.value for m in means], "-o", color=colour[hue], markersize=5)
    style.name_line(shares, *place, words, colour[hue])
shares.set_xscale("log")
shares.set_xticks([1, 5, 20, 100], ["1", "5", "20", "100"])
shares.minorticks_off()
shares.set(xlabel="share that is there, %", ylabel="test error, %", ylim=(0, 97), yticks=[0, 30, 60, 90])
shares.set_title("How much of it")

error = {name: errors.mean() for name, errors in found.items()}
style.show(
    figure,
    alt="Mean test error, guessing 90 %: "
    + ", ".join(f"{words} {error[name]:.0f} %" for name, words in WORDS.items())
    + ". "
    + "; ".join(
        f"Of {words} "
        + ", ".join(f"{100 * getattr(CELLS[name], what):g} %: error {error[name]:.0f} %" for name in names)
        for what, (words, names, *_) in CURVES.items()
    )
    + ".",
    data=table[["cell", "tools", "layers", "rate", "data", "computing", "steps", "seed", "train_accuracy",
                "test_accuracy"]],
)  # fmt: skip
