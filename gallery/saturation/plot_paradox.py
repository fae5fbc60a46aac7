"""
The price of accuracy, and the price of the front row
=====================================================

What each point of accuracy costs in examples, by the fitted law, and what published models took to train. Claim C27:
the barrier gets lower and higher at the same time.
"""

# %%
# Left, how many examples the larger network of claim C25 needs for an accuracy: measured, and by the fitted law.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.claims.saturation.learning_curves import LARGE, LAW_FROM, curves, law
from lecture.data.literature.training_costs import COSTS
from lecture.experiments.saturation.decent_model import DecentModel
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.records import read

colour = style.use()
deep = read(ScalingDeep.preset())
errors = curves(deep)[LARGE]
means = errors[[n for n in errors if n >= LAW_FROM]].mean() if max(errors) >= LAW_FROM else errors.mean()
fitted = law(errors)
figure, (price, years) = plt.subplots(1, 2, figsize=(7.2, 4.0), width_ratios=(1, 1.25))
price.plot(100 - means, means.index, "o", color=colour["deep"], markersize=5)
if fitted is not None:
    ceiling = 100 - fitted.floor.value
    n = np.geomspace(means.index[0], 1e9, 200)
    low, high = fitted.band(n)
    price.fill_betweenx(n, 100 - high, 100 - low, color=colour["deep"], alpha=0.15, linewidth=0)
    price.plot(100 - fitted.law.at(n), n, "--", color=colour["deep"], linewidth=1.2)
    price.axvline(ceiling, color=colour["neutral"], linewidth=1)
    style.name_line(price, ceiling, 2e3, f"floor, {ceiling:.1f} %", colour["neutral"], ha="right")
price.set(title="Examples for an accuracy", xlabel="right on new signals, %", ylabel="examples", yscale="log")
price.minorticks_off()

# %%
# Right, operations of published trainings on a logarithmic axis, with their price where the study gives one. The line
# is the classifier that this chapter trains in a few seconds.

decent = read(DecentModel.preset())
WIDE = ("ResNet-152", "AlexNet", "LeNet-5", "T5-11B")


def dollars(amount):
    return f"${amount / 1e6:.0f} M" if amount >= 1e6 else f"${amount:,.0f}"


years.plot([c.year for c in COSTS], [c.operations for c in COSTS], "o", color=colour["deep"], markersize=5)
for cost in COSTS:
    words = cost.model if cost.dollars is None else f"{cost.model}, {dollars(cost.dollars)}"
    if cost.model in ("LeNet-5", "AlexNet", "ResNet-152", "GPT-3", "GPT-4", "Grok-3"):
        left = cost.model not in WIDE
        style.name_line(
            years, cost.year, cost.operations, words, colour["deep"], 4 if left else 0, "right" if left else "left"
        )
ours = float(decent["operations"].iloc[0])
years.axhline(ours, color=colour["ink"], linewidth=1.2)
style.name_line(years, 2026, ours, "this page's classifier", colour["ink"], 8, "right")
years.set(title="Operations to train a model", yscale="log", xlabel="year of publication", xlim=(1997, 2026.5))
years.set(yticks=[1e12, 1e16, 1e20, 1e24], xticks=[2000, 2010, 2020])
years.minorticks_off()

# %%
# The law's floor is a wall: near it, examples buy hardly anything, and only another network goes on. The published
# runs grew by some fourteen orders of magnitude in less than thirty years.

seconds, right = decent["seconds"].mean(), 100 * decent["accuracy"].mean()
style.show(
    figure,
    alt="Accuracy of the larger network: "
    + ", ".join(f"{100 - e:.1f} % with {n:,} examples" for n, e in means.items())
    + (f"; the law's floor lies at {fitted.floor.value:.1f} % error" if fitted else "")
    + ". Operations of published trainings: "
    + ", ".join(f"{c.model} {c.operations:.1e} in {c.year:.0f}" for c in COSTS)
    + f". This page's classifier takes {ours:.0e} operations, {seconds:.1f} seconds, and is right on {right:.0f} %.",
    data=deep[["method", "n", "seed", "error"]],
)
