"""
The price of accuracy, and the price of the front row
=====================================================

What each point of accuracy costs in examples, by the fitted law, and what published models took to train. Claim C27:
the barrier gets lower and higher at the same time.
"""

# %%
# First: the price of an error: data for the family of networks of claim C25, and work for the best network for it, each
# divided by the most that we paid. Lower errors are to the right. Dots are measured, dashed lines the fitted laws.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.claims.saturation.learning_curves import LAW_FROM, by_method, frontier, grid, law
from lecture.data.literature.training_costs import COSTS
from lecture.experiments.saturation.decent_model import DecentModel, lines
from lecture.experiments.saturation.model_size import Compute, ModelSize
from lecture.experiments.saturation.scaling_deep import FAMILY, ScalingDeep
from lecture.records import read

colour = style.use()
deep = read(ScalingDeep.preset())
errors = by_method(deep)[FAMILY]
paid = {"data": errors, "work": frontier(grid(read(ModelSize.preset()), read(Compute.preset())))}
figure, (price, years) = plt.subplots(1, 2, figsize=(7.2, 4.0), width_ratios=(1, 1.15))
told = []
for axis, hue in (("data", colour["ink"]), ("work", colour["deep"])):
    fitted = law(paid[axis])
    if fitted is None:
        continue
    amounts = np.array([n for n in paid[axis] if n >= LAW_FROM], dtype=float)
    most = amounts[-1]
    n = np.geomspace(amounts[0], 1000 * most, 200)
    low, high = fitted.band(n)
    price.fill_betweenx(n / most, low, high, color=hue, alpha=0.12, linewidth=0)
    price.plot(fitted.law.at(n), n / most, "--", color=hue, linewidth=1.2)
    price.plot(paid[axis][amounts].mean(), amounts / most, "o", color=hue, markersize=4.5)
    style.name_line(price, float(fitted.law.at(30 * most)), 30, axis, hue, ha="right" if axis == "data" else "left")
    told.append(f"{axis}: floor {fitted.floor.value:.1f} %, {paid[axis][most].mean():.1f} % at the most that was paid")
price.set(title="Price of an error", xlabel="wrong on new signals, %", ylabel="times what we spent")
price.set(xscale="log", yscale="log", xlim=(50, 0.4), ylim=(1e-3, 1e3))
price.set_xticks([30, 10, 3, 1], ["30", "10", "3", "1"])
price.set_yticks([1e-2, 1, 1e2], ["1/100", "1", "100"])
price.minorticks_off()

# %%
# Second: operations of published trainings on a logarithmic axis, with their price where the study gives one. The line
# is the classifier that this chapter trains in a few seconds.

decent = read(DecentModel.preset())
NAMED = {"LeNet-5": 0, "AlexNet": 0, "ResNet-152": 0, "GPT-3": -8, "GPT-4": -8, "Grok-3": 0}  # shift in points


def dollars(amount):
    return f"${amount / 1e6:.0f} M" if amount >= 1e6 else f"${amount:,.0f}"


years.plot([c.year for c in COSTS], [c.operations for c in COSTS], "o", color=colour["deep"], markersize=5)
for cost in COSTS:
    if cost.model in NAMED:
        words = cost.model if cost.dollars is None else f"{cost.model}, {dollars(cost.dollars)}"
        side = "right" if cost.model == "Grok-3" else "left"
        style.name_line(years, cost.year, cost.operations, words, colour["deep"], NAMED[cost.model], side)
ours = float(decent["operations"].iloc[0])
years.axhline(ours, color=colour["ink"], linewidth=1.2)
style.name_line(years, 2033, ours, f"our {lines()} lines", colour["ink"], 8, "right")
years.set(title="Operations of a training", yscale="log", xlabel="year of publication", xlim=(1997, 2034))
years.set(yticks=[1e12, 1e16, 1e20, 1e24], xticks=[2000, 2010, 2020])
years.minorticks_off()

# %%
# The alternative text gives the floors of both laws, and the operations of every training that is drawn.

seconds, right = decent["seconds"].mean(), 100 * decent["accuracy"].mean()
style.show(
    figure,
    alt="By the fitted laws: "
    + "; ".join(told)
    + ". Operations of published trainings: "
    + ", ".join(f"{c.model} {c.operations:.1e} in {int(c.year)}" for c in COSTS)
    + f". This page's classifier takes {ours:.0e} operations, {seconds:.1f} seconds, and is right on {right:.0f} %.",
    data=deep[["method", "n", "seed", "error"]],
)
