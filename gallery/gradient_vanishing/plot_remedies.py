"""
One sick network, every remedy
==============================

A network of 16 sigmoid layers that does not learn, and what each remedy does to it, one at a time. Claim C13:
independent lines of work each solved the problem in their own way.
"""

# %%
# "Gradient at the first layer" is taken before training, "What it has learned" after it.
# Every row has the same depth, width, data and steps, and the learning rate that pilot seeds chose among as many. A dot
# is one seed, a bar their median.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.remedies import Remedies
from lecture.records import read

colour = style.use()
table = read(Remedies.preset())

# %%
GROUPS = [
    ["nothing", "Adam"],
    ["Xavier start", "centred start"],
    ["tanh", "tanh, Xavier start", "ReLU", "ReLU, He start"],
    ["batch norm"],
    ["residual"],
]
HUES = {"tanh": "tanh", "ReLU": "relu", "residual": "residual"}
figure, (arrives, learns) = plt.subplots(1, 2, figsize=(7.2, 4.6), sharey=True)
rows = {
    remedy: 0.5 * i + j for i, group in enumerate(GROUPS) for j, remedy in enumerate(group, sum(map(len, GROUPS[:i])))
}
for remedy, y in rows.items():
    runs, hue = table[table["remedy"] == remedy], colour[HUES.get(remedy.split(",")[0], "sigmoid")]
    for panel, values in ((arrives, runs["first_gradient"]), (learns, 100 * runs["train_accuracy"])):
        panel.plot(values, [y] * len(runs), "o", color=hue, alpha=0.35, markersize=6)
        panel.plot(values.median(), y, "|", color=hue, markersize=16, markeredgewidth=2.5)
learns.axvline(10, color=colour["neutral"], linestyle="--", linewidth=1.2)
style.name_line(learns, 10, rows["batch norm"], "guessing", colour["neutral"])
arrives.set(
    title="Gradient at the first layer", xscale="log", xticks=[1e-12, 1e-8, 1e-4, 1], xlabel="norm, before training"
)
learns.set(title="What it has learned", xlabel="training accuracy, %", xticks=[10, 40, 70, 100], xlim=(0, 105))
arrives.set_yticks(list(rows.values()), list(rows))
arrives.invert_yaxis()
for panel in (arrives, learns):
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0)

# %%
# The two panels tell one story: where a gradient arrives, the network learns. "Centred" starts the sigmoids so that
# they compute what a tanh network would. Adam changes the step, not the gradient.

accuracy = 100 * table.groupby("remedy")["train_accuracy"].mean()
style.show(
    figure,
    alt=f"Mean training accuracy of a network of {Remedies.preset().depth} sigmoid layers, guessing 10 %: "
    + ", ".join(f"{remedy} {accuracy[remedy]:.0f} %" for remedy in rows)
    + ". The remedies with which it learns are those with which a gradient arrives at the first layer.",
    data=table[["remedy", "rate", "seed", "first_gradient", "train_accuracy", "test_accuracy"]],
)
