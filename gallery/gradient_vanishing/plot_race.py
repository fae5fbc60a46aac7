"""
A race to 25 per cent
=====================

Figure 1 of the AlexNet paper at our scale: training error epoch by epoch, ReLU against tanh, each at its fastest
learning rate. Claim C12: ReLU's shape solves the problem.
"""

# %%
# Four layers of weights, as in the paper, but fully connected and on MNIST-1D. One thin line a seed, their mean in
# bold.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.gradient_vanishing.c12_relu import epochs_to_target
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.race import Race
from lecture.records import read

colour = style.use()
race = read(Race.preset())
fastest = at_best_rate(epochs_to_target(race), ["activation"], score="epochs")
race = race.merge(fastest, on=["activation", "rate", "seed"])
race["percent"] = 100 * race["train_error"]

# %%
figure, panel = plt.subplots()
needed = {}
for function, runs in race.groupby("activation"):
    hue = colour[function.lower()]
    curves = runs.pivot(index="epoch", columns="seed", values="percent")
    panel.plot(curves, color=hue, linewidth=0.7, alpha=0.3)
    panel.plot(curves.mean(axis=1), color=hue)
    needed[function] = fastest[fastest["activation"] == function]["epochs"].mean()
    panel.plot(needed[function], 25, "o", color=hue, markersize=8)
style.name_line(panel, needed["ReLU"], 25, f"ReLU, {needed['ReLU']:.1f}", colour["relu"], dy=-10, ha="right")
style.name_line(panel, needed["tanh"], 25, f"tanh, {needed['tanh']:.1f} epochs", colour["tanh"], dy=10)
panel.axhline(25, color=colour["neutral"], linestyle="--", linewidth=1.2)
panel.set(
    xlabel="epochs",
    ylabel="training error, %",
    xlim=(0, 1.8 * max(needed.values())),
    ylim=(0, 90),
    yticks=[0, 25, 50, 75],
)

# %%
# ReLU is the faster one, by far less than in the paper. Both start here from weights that were made for them; He's
# rule for ReLU came only in 2015.

style.show(
    figure,
    alt="Training error against epochs. On average "
    + " and ".join(f"{function} needs {epochs:.1f} epochs" for function, epochs in needed.items())
    + " to get down to 25 %.",
    data=race[["activation", "rate", "seed", "epoch", "train_error"]],
)
