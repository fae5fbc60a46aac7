"""
Another start, or normalisation
===============================

One network of 16 hidden layers with three functions and four ways to begin: torch's default, Xavier's rule, He's
rule, and Xavier's with batch normalisation. Claim C11: there are other explanations of vanishing gradients than
the sigmoid's shape.
"""

# %%
# "Gradient, first layer over last" is taken before training starts, "What it has learned" after it. Each network at
# its best learning rate; a dot is one seed.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.initialisation import Initialisation
from lecture.records import read

colour = style.use()
table = at_best_rate(read(Initialisation.preset()), by=["activation", "init", "norm"])
table["start"] = table["init"].where(table["norm"] == "none", "batch norm")

# %%
figure, (arrives, learns) = plt.subplots(1, 2, figsize=(7.2, 4.6), sharey=True)
rows = [(f, s) for f in ("sigmoid", "tanh", "ReLU") for s in ("default", "Xavier", "He", "batch norm")]
places = [row + row // 4 * 0.6 for row in range(len(rows))]  # a gap between two functions
for y, (function, start) in zip(places, rows, strict=True):
    runs = table[(table["activation"] == function) & (table["start"] == start)]
    for panel, values in ((arrives, runs["share"]), (learns, 100 * runs["train_accuracy"])):
        panel.plot(values, [y] * len(runs), "o", color=colour[function.lower()], alpha=0.35, markersize=5)
        panel.plot(values.median(), y, "|", color=colour[function.lower()], markersize=14, markeredgewidth=2.5)
arrives.set(title="Gradient, first layer over last", xlabel="ratio, before training")
arrives.set(xscale="log", xticks=[1e-12, 1e-8, 1e-4, 1])
learns.set(title="What it has learned", xlabel="training accuracy, %", xticks=[10, 30, 50], xlim=(5, 58))
learns.axvline(10, color=colour["neutral"], linestyle="--", linewidth=1.2)
names = [f"{function}, {start}" if start == "default" else start for function, start in rows]
arrives.set_yticks(places, names)
arrives.invert_yaxis()
for panel in (arrives, learns):
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")

# %%
accuracy = 100 * table.groupby(["activation", "start"])["train_accuracy"].mean()
style.show(
    figure,
    alt="Mean training accuracy of a network of 16 hidden layers: "
    + "; ".join(f"{f}, {s} {accuracy[f, s]:.0f} %" for f, s in rows)
    + ". Chance is 10 %.",
    data=table[["activation", "start", "rate", "seed", "share", "train_accuracy", "test_accuracy"]],
)
