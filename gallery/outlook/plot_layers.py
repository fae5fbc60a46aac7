"""
Which layers are worth borrowing
================================

Accuracy on five new classes of signals when the first layers come from a network for five others, and the rest starts
anew. Part of claim C28: transfer learning.
"""

# %%
# Frozen layers stay as they were borrowed; fine-tuned ones are trained on. For comparison, the same number of layers is
# frozen without ever having been trained. Bands are 95 % intervals of the mean, thin lines single seeds.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.outlook.transfer import by_layers
from lecture.experiments.outlook.transferred_layers import TransferredLayers
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(TransferredLayers.preset())
scores = by_layers(table)
fresh = scores.pop("fresh")[0]
LOOKS = {
    "fine-tuned": ("deep", "-", "fine-tuned", 3),
    "frozen": ("deep", "--", "frozen", -3),
    "random, frozen": ("neutral", "--", "never trained", 0),
}

figure, axes = plt.subplots(figsize=(7.2, 4.0))
told = [f"none borrowed {fresh.mean():.0f}"]
for kind, (hue, dashes, name, up) in LOOKS.items():
    curve = scores[kind].copy()
    curve.insert(0, 0, fresh)
    found = [mean_interval(curve[k]) for k in curve]
    axes.plot(curve.columns, curve.to_numpy().T, color=colour[hue], linewidth=0.5, alpha=0.35)
    low, high = [f.low for f in found], [f.high for f in found]
    axes.fill_between(curve.columns, low, high, color=colour[hue], alpha=0.1, linewidth=0)
    axes.plot(curve.columns, [f.value for f in found], f"o{dashes}", color=colour[hue], markersize=4)
    style.name_line(axes, curve.columns[-1], found[-1].value, name, colour[hue], up)
    told.append(
        f"{kind}: " + ", ".join(f"{f.value:.0f} with {k}" for f, k in zip(found[1:], scores[kind], strict=True))
    )

# %%
# The curve of the frozen layers rises and falls: what the first layers see serves both tasks, what the last ones
# compute was made for the old one. Fine-tuning takes the fall away.

most = int(table["layers"].max())
axes.axhline(20, color=colour["neutral"], linestyle=":", linewidth=1.1)
axes.annotate("guessing", (0, 20), (0, 5), textcoords="offset points", color=colour["neutral"])
axes.set(xlabel="number of first layers kept", ylabel="right on new signals, %", xlim=(-0.1, 1.3 * most))
axes.set_xticks(range(most + 1))
axes.set_ylim(bottom=15)

style.show(
    figure,
    alt="Accuracy in percent by the number of layers that are not started anew: " + "; ".join(told) + ".",
    data=table,
)
