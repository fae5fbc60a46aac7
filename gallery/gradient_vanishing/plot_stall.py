"""
The loss that stalls
====================

Sigmoid networks of 1 to 16 hidden layers in training. Claim C10 goes on: with the gradient gone, training stalls.
The deep networks' loss stays at ln 10, which is what guessing among ten classes costs.
"""

# %%
# Each depth at the better of its learning rates, Xavier start, ten seeds: the mean and the whole range.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.stall import Stall
from lecture.records import read

colour = style.use()
table = read(Stall.preset()).query("init == 'Xavier'")
ends = at_best_rate(table[table["step"] == table["step"].max()], by=["depth"])
best = table.merge(ends[["depth", "rate", "seed"]])
drawn = best.groupby(["depth", "step"])[["train_loss", "first"]].agg(["mean", "min", "max"])

# %%
figure, (losses, gradients) = plt.subplots(1, 2, figsize=(7.2, 3.6), sharex=True)
depths = list(drawn.index.unique("depth"))
for depth in depths:
    path = drawn.loc[depth]
    strength = 0.35 + 0.65 * depths.index(depth) / (len(depths) - 1)
    for panel, column in ((losses, "train_loss"), (gradients, "first")):
        panel.fill_between(
            path.index, path[column]["min"], path[column]["max"], color=colour["sigmoid"], alpha=0.15, linewidth=0
        )
        panel.plot(path.index, path[column]["mean"], color=colour["sigmoid"], alpha=strength)
    end = path.iloc[-1]
    layers = "1 layer" if depth == 1 else f"{depth}"
    style.name_line(
        losses, path.index[-1], end["train_loss"]["mean"], layers, colour["sigmoid"], dy={8: -6, 16: 6}.get(depth, 0)
    )
    if depth >= 4:  # the shallow ones end in the same place
        name = "1, 2, 4" if depth == 4 else layers
        style.name_line(gradients, path.index[-1], end["first"]["mean"], name, colour["sigmoid"])
losses.axhline(np.log(10), color=colour["neutral"], linestyle="--", linewidth=1.2)
style.name_line(losses, path.index[-1], np.log(10), "guessing: ln 10", colour["neutral"], dy=11, ha="right")
losses.set(title="Training loss", xlabel="step", ylabel="nats", xticks=[0, 500, 1000])
gradients.set(title="First layer's gradient", xlabel="step", yscale="log")

# %%
end = drawn.xs(drawn.index.get_level_values("step").max(), level="step")
style.show(
    figure,
    alt=f"With {', '.join(map(str, end.index))} hidden layers the training loss ends at "
    + ", ".join(f"{loss:.2f}" for loss in end["train_loss"]["mean"])
    + f"; guessing costs {np.log(10):.2f}. The first layer's gradient ends at "
    + ", ".join(f"{gradient:.0e}" for gradient in end["first"]["mean"])
    + ".",
    data=best[["depth", "rate", "seed", "step", "train_loss", "test_loss", "first"]],
)
