"""
Deeper and worse, deeper and better
===================================

Training and test error of plain and residual networks of 8 to 1000 layers. Claim C14: AlexNet reached 8 layers,
ResNet's residual blocks reached 100, and then 1000.
"""

# %%
# The networks differ in one line of code, ``h = relu(shortcut * h + branch)``, and in whether the branch starts at
# zero. Each is shown at the better of two learning rates; bands are 95 % intervals over seeds.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.residual import Residual
from lecture.experiments.gradient_vanishing.residual_thousand import ResidualThousand
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
table = pd.concat([read(Residual.preset()), read(ResidualThousand.preset())])
table = at_best_rate(table, ["network", "depth"])

# %%
LINES = {
    "plain": ("ink-2", "-"),
    "shortcut": ("residual", ":"),
    "shortcut, zero start": ("residual", "-"),
}
figure, panels = plt.subplots(1, 2, figsize=(7.2, 3.8), sharey=True)
depths = sorted(table["depth"].unique())
for panel, part in zip(panels, ("train", "test"), strict=True):
    for network, (hue, dashes) in LINES.items():
        runs = table[table["network"] == network].groupby("depth")[f"{part}_error"]
        found = intervals((depth, 100 * errors) for depth, errors in runs)
        low, middle, high = zip(*((b.low, b.value, b.high) for b in found.values()), strict=True)
        panel.fill_between(list(found), low, high, color=colour[hue], alpha=0.18, linewidth=0)
        panel.plot(list(found), middle, dashes, color=colour[hue], marker="o", markersize=4)
    panel.axhline(90, color=colour["neutral"], linestyle="--", linewidth=1.2)
    panel.set_xscale("log")
    panel.set_xticks(depths, [str(depth) for depth in depths])
    panel.minorticks_off()
    panel.set(title={"train": "Training error, %", "test": "Test error, %"}[part], xlabel="layers", ylim=(40, 100))
error = 100 * table.groupby(["network", "depth"])["train_error"].mean()
training, deepest, residual = panels[0], depths[-1], colour["residual"]
style.name_line(training, deepest, error["shortcut, zero start", deepest], "zero start", residual, dy=-42, ha="right")
style.name_line(training, depths[-2], error["plain", depths[-2]], "plain", colour["ink-2"], dy=-18)
style.name_line(training, 30, 80, "shortcut\nalone", residual, ha="right")
style.name_line(training, 8, 90, "guessing", colour["neutral"], dy=8)

# %%
# The plain network gets worse with depth on its own training set: that is the degradation of He et al. (2016). The
# shortcut alone is no better, since every block adds to what comes through and the gradient explodes. With branches
# that start at zero, a thousand layers learn.

style.show(
    figure,
    alt="Training error by number of layers. "
    + " ".join(
        f"{network.capitalize()}: "
        + ", ".join(f"{d} layers {error[network, d]:.0f} %" for d in error[network].index)
        + "."
        for network in LINES
    ),
    data=table[["network", "depth", "rate", "seed", "train_error", "test_error", "first_gradient"]],
)
