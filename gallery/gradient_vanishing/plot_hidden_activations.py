"""
What the layers put out
=======================

The outputs of the hidden layers, before training and after it, for three functions; and the units that have died. Claim
C12: AlexNet replaced the sigmoid by ReLU, whose shape solves vanishing gradients.
"""

# %%
# The line is the median over all units, examples and seeds; 90 of 100 outputs lie in the band.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.hidden_activations import HiddenActivations
from lecture.records import read

colour = style.use()
table = read(HiddenActivations.preset())
means = table.groupby(["activation", "moment", "layer"])[["low", "middle", "high", "dead"]].mean()

# %%
figure, panels = plt.subplots(1, 3, figsize=(7.2, 3.6))
for panel, (name, hue) in zip(panels, {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}.items(), strict=True):
    for moment, shade, dashes in (("start", colour["neutral"], "--"), ("end", colour[hue], "-")):
        found = means.loc[name, moment]
        panel.fill_between(found.index, found["low"], found["high"], color=shade, alpha=0.22, linewidth=0)
        panel.plot(found["middle"], dashes, color=shade, marker="o", markersize=4, label=f"at the {moment}")
    panel.set(title=name, xlabel="hidden layer", xticks=found.index)
    panel.legend(loc="upper left", labelcolor="linecolor")
    low, high = panel.get_ylim()
    panel.set_ylim(low, high + 0.35 * (high - low))
panels[0].set(ylabel="output of a unit")

# %%
# Before training the upper sigmoid layers hardly move: every unit puts out about the same. After training those of tanh
# and ReLU use their range. The share of dead units, of each layer, is in the data.

dead = 100 * means["dead"].xs("end", level="moment").groupby("activation").mean()
style.show(
    figure,
    alt="Outputs of the hidden layers, 5th, 50th and 95th percentile in the first and the last: "
    + "; ".join(
        f"{name} at the {moment} "
        + " and ".join(", ".join(f"{rows.iloc[place][q]:.2f}" for q in ("low", "middle", "high")) for place in (0, -1))
        for (name, moment), rows in means.groupby(["activation", "moment"])
    )
    + ". Units that are dead in the end: "
    + ", ".join(f"{name} {share:.0f} %" for name, share in dead.items())
    + ".",
    data=table,
)
