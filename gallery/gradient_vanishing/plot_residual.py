"""
Deeper and worse, deeper and better
===================================

Training and test error of plain and residual networks of 8 to 1000 layers. Claim C14: AlexNet reached 8 layers,
ResNet's residual blocks reached 100, and then 1000.
"""

# %%
# The networks differ in one line of code, ``h = relu(shortcut * h + branch)``, and in what tames the branch: batch
# normalisation, a start at zero, or nothing. Each has the learning rate that pilot seeds chose for it; bands are 95 %
# intervals over seeds. A thousand layers take long: those networks, the open dots, saw their examples less often, so no
# line leads to them.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.experiments.gradient_vanishing.residual import PlainThousand, Residual, ResidualThousand
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
few = read(Residual.preset())
thousand = pd.concat([read(kind.preset()) for kind in (ResidualThousand, PlainThousand)])
table = pd.concat([few, thousand])

# %%
LINES = {
    "plain": ("ink-2", "-"),
    "shortcut": ("residual", ":"),
    "shortcut, zero start": ("residual", "-"),
    "plain, batch norm": ("ink-2", "--"),
    "shortcut, batch norm": ("residual", "--"),
}
figure, panels = plt.subplots(1, 2, figsize=(7.2, 3.8), sharey=True)
depths = sorted(table["depth"].unique())
for panel, part in zip(panels, ("train", "test"), strict=True):
    for network, (hue, dashes) in LINES.items():
        runs = few[few["network"] == network].groupby("depth")[f"{part}_error"]
        found = intervals((depth, 100 * errors) for depth, errors in runs)
        low, middle, high = zip(*((b.low, b.value, b.high) for b in found.values()), strict=True)
        panel.fill_between(list(found), low, high, color=colour[hue], alpha=0.18, linewidth=0)
        panel.plot(list(found), middle, dashes, color=colour[hue], marker="o", markersize=4)
        deepest = thousand[thousand["network"] == network]
        panel.plot(deepest["depth"], 100 * deepest[f"{part}_error"], "o", color=colour[hue], markerfacecolor="none")
    panel.axhline(90, color=colour["neutral"], linestyle="--", linewidth=1.2)
    panel.set_xscale("log")
    panel.set_xticks(depths, [str(depth) for depth in depths])
    panel.minorticks_off()
    panel.set(title={"train": "Training error, %", "test": "Test error, %"}[part], xlabel="layers", ylim=(-4, 100))
error = 100 * table.groupby(["network", "depth"])["train_error"].mean()
training, deep, residual = panels[0], few["depth"].max(), colour["residual"]
style.name_line(training, deep, error["plain", deep], "plain", colour["ink-2"], dy=4)
style.name_line(training, deep, error["plain, batch norm", deep], "plain, normalised", colour["ink-2"])
style.name_line(training, deep, error["shortcut", deep], "shortcut alone", residual)
style.name_line(training, deep, error["shortcut, zero start", deep], "zero start", residual)
passes = f"{thousand['passes'].iloc[0]:.0f} passes, not {few['passes'].iloc[0]:.0f}"
style.name_line(training, depths[-1], error["shortcut, zero start", depths[-1]], passes, residual, dy=-12, ha="right")
style.name_line(training, depths[0], 90, "guessing", colour["neutral"], dy=8)

# %%
# Given time, residual networks whose branches start at zero learn all their examples at each of three depths; the plain
# ones do not, and differ from seed to seed. The shortcut alone fails in the deepest of the three, since every block
# adds to what comes through and the gradient explodes.

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
