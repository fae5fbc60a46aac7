"""
Five new classes, for those who know five others
================================================

Accuracy on classes 5 to 9 against the number of examples of each, for a network that already knows 0 to 4, for the same
network from scratch, and for the best classical method. Claim C19: transfer learning makes a decent model from a few
dozen images.
"""

# %%
# Fine-tuned means trained on from the old weights; frozen means that only a linear classifier is put on top of what the
# old network computes. The band is the 95 % interval of the mean over seeds, the thin lines are single seeds.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.when_to_use.c19_transfer import accuracies
from lecture.experiments.when_to_use.borrowed_digits import BorrowedDigits
from lecture.experiments.when_to_use.borrowed_signals import BorrowedSignals
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
NETWORKS = {"fine-tuned": ("deep", "-"), "frozen": ("deep", "--"), "scratch": ("neutral", "-")}
tables = {"signals": read(BorrowedSignals.preset()), "handwritten digits": read(BorrowedDigits.preset())}
GAP, PHONE = 14, 0.6  # points between two names; how much flatter the panel is on a phone

# %%
# The dotted line is at ten examples a class, fifty in all.

figure, panels = plt.subplots(1, 2, figsize=(7.2, 4.2))
told = []
for axes, (task, table) in zip(panels, tables.items(), strict=True):
    curves = accuracies(table)
    sizes = list(curves["scratch"].columns)
    rivals = [method for method in curves if method not in NETWORKS]
    rival = max(rivals, key=lambda method: curves[method][sizes[1]].mean())
    shown = NETWORKS | {rival: ("classical", "-")}
    ends = {}
    for method, (hue, dashes) in shown.items():
        curve = curves[method]
        found = [mean_interval(curve[n]) for n in sizes]
        axes.plot(sizes, curve.to_numpy().T, color=colour[hue], linewidth=0.5, alpha=0.3)
        low, high = [f.low for f in found], [f.high for f in found]
        axes.fill_between(sizes, low, high, color=colour[hue], alpha=0.1, linewidth=0)
        axes.plot(sizes, [f.value for f in found], dashes, color=colour[hue])
        ends[method] = found[-1].value
        told.append(
            f"{task}, {method}: " + ", ".join(f"{f.value:.0f} at {n}" for f, n in zip(found, sizes, strict=True))
        )
    axes.set(xscale="log", xlabel="examples of each new class", xlim=(sizes[0], 7 * sizes[-1]))
    axes.set_ylim(bottom=min(curve.to_numpy().min() for curve in curves.values()) - 2, top=101)
    axes.set_xticks(sizes, [str(n) for n in sizes])
    axes.minorticks_off()
    axes.axvline(sizes[1], color=colour["neutral"], linestyle=":", linewidth=1.1)
    axes.set_title(task.capitalize())
    ordered = sorted(ends, key=ends.get, reverse=True)
    figure.canvas.draw()
    points = {m: axes.transData.transform((1, ends[m]))[1] * 72 / figure.dpi * PHONE for m in ordered}
    place = points[ordered[0]] + GAP / 3
    for method in ordered:  # from the top down, each name at its line's end or just below the last name
        place = min(place, points[method])
        style.name_line(axes, sizes[-1], ends[method], method, colour[shown[method][0]], dy=place - points[method])
        place -= GAP
panels[0].set_ylabel("right on new examples, %")

# %%
# On signals the borrowed features are worth a multiple of the examples. On digits a description made by hand is worth
# more than anything learned from five other digits.

style.show(
    figure,
    alt="Accuracy in percent by examples a class. " + "; ".join(told) + ".",
    data=pd.concat([table.assign(task=task) for task, table in tables.items()], ignore_index=True),
)
