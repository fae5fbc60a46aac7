"""
What the layers put out
=======================

How much the outputs of the hidden layers differ from signal to signal, before training and after it, for three
functions; and the units of ReLU that have died. Claim C12: AlexNet replaced the sigmoid by ReLU, whose shape solves
vanishing gradients.
"""

# %%
# The spread is the standard deviation of a unit's output over all signals, averaged over units and seeds. A dead unit
# puts out the same for all of them.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.hidden_activations import HiddenActivations
from lecture.records import read

colour = style.use()
table = read(HiddenActivations.preset())
means = table.groupby(["activation", "moment", "layer"])[["spread", "dead"]].mean()
HUES = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}
MOMENTS = {"start": ("--", "before training"), "end": ("-", "after training")}

# %%
figure, (spread, dead) = plt.subplots(1, 2, figsize=(7.2, 3.7), width_ratios=(1.4, 1))
for name, hue in HUES.items():
    for moment, (dashes, _) in MOMENTS.items():
        spread.semilogy(means.loc[name, moment]["spread"], dashes, color=colour[hue], marker="o", markersize=4)
    shift = {"ReLU": 5, "tanh": -5}.get(name, 0)
    style.name_line(spread, 8, means.loc[name, "end", 8]["spread"], name, colour[hue], dy=shift, ha="left")
spread.set(xlabel="hidden layer", ylabel="spread over the signals", xticks=range(1, 9), xlim=(0.7, 9.9))
spread.set_title("What tells signals apart")
for moment, (dashes, words) in MOMENTS.items():
    rows = 100 * means.loc["ReLU", moment]["dead"]
    dead.plot(rows, dashes, color=colour["relu"], marker="o", markersize=4, label=words)
dead.legend(loc="upper left", labelcolor="linecolor")
dead.set(xlabel="hidden layer", ylabel="units, %", xticks=range(1, 9))
low, high = dead.get_ylim()
dead.set_ylim(min(low, 0), 1.45 * max(high, 1))
dead.set_title("Dead units of ReLU")

# %%
# From layer to layer the sigmoids lose what tells two signals apart; tanh and ReLU pass it on. Units of ReLU that are
# dead at the start mostly come back: training changes what the layers below send up.

style.show(
    figure,
    alt="Spread of the outputs over the signals in the first and the last hidden layer: "
    + "; ".join(
        f"{name} {MOMENTS[moment][1]} {rows['spread'].iloc[0]:.2g} and {rows['spread'].iloc[-1]:.2g}"
        for (name, moment), rows in means.groupby(["activation", "moment"], sort=False)
    )
    + ". Dead units of ReLU, all layers: "
    + ", ".join(f"{words} {100 * means.loc['ReLU', m]['dead'].mean():.1f} %" for m, (_, words) in MOMENTS.items())
    + ".",
    data=table,
)
