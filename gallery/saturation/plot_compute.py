"""
Error against model size and against computing
==============================================

The same networks in five sizes and four lengths of training, beside classical models that are made larger. Claims C25
and C26: deep learning keeps improving with model and compute, so that money buys quality.
"""

# %%
# First: each model's size is counted from its smallest: parameters of the network, trees, rounds of boosting, and for
# logistic regression, which has one size, steps of the solver. The network's examples are fresh at every step.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.claims.saturation.learning_curves import by_method, frontier, grid, law
from lecture.experiments.saturation.classical_size import ClassicalSize
from lecture.experiments.saturation.model_size import Compute, ModelSize
from lecture.records import read
from lecture.statistics import geometric_interval

colour = style.use()
longest, shorter = read(ModelSize.preset()), read(Compute.preset())
knobs = by_method(read(ClassicalSize.preset()))
widths = 100 * longest.pivot(index="seed", columns="parameters", values="error")
figure, (size, compute) = plt.subplots(1, 2, figsize=(7.2, 4.2), sharey=True)

for method, errors in {**knobs, "network": widths}.items():
    hue = colour["deep" if method == "network" else "classical"]
    found = [geometric_interval(errors[n]) for n in errors]
    times = [n / errors.columns[0] for n in errors]
    size.fill_between(times, [f.low for f in found], [f.high for f in found], color=hue, alpha=0.15, linewidth=0)
    size.plot(times, [f.value for f in found], "o-", color=hue, markersize=3.5)
    style.name_line(size, times[-1], found[-1].value, method, hue, dy=4 if method == "boosting" else 0)

# %%
# Second: a thin line is one network trained longer and longer. The dots are the lower envelope, the best that so much
# computing has bought; the dashed line is the law fitted to them, floor included, drawn on tenfold.

cells = grid(longest, shorter)
for channels, errors in cells.T.groupby(level="channels"):
    errors = errors.T.sort_index(axis=1, level="multiply_adds")
    if errors.shape[1] < 2:
        continue
    work = errors.columns.get_level_values("multiply_adds")
    compute.plot(work, errors.mean(), "-", color=colour["deep"], linewidth=1, alpha=0.5)
    compute.annotate(str(channels), (work[0], errors.mean().iloc[0]), (-3, 3), textcoords="offset points",
                     ha="right", color=colour["ink-2"], fontsize=9)  # fmt: skip
envelope = frontier(cells)
compute.plot(envelope.columns, envelope.mean(), "o", color=colour["deep"], markersize=5)
fitted = law(envelope)
if fitted is not None:
    work = np.geomspace(envelope.columns[0], 10 * envelope.columns[-1], 60)
    low, high = fitted.band(work)
    compute.fill_between(work, low, high, color=colour["deep"], alpha=0.15, linewidth=0)
    compute.plot(work, fitted.law.at(work), "--", color=colour["deep"], linewidth=1.2)

for axes in (size, compute):
    axes.set(xscale="log", yscale="log")
    axes.minorticks_off()
size.set(
    title="Model size",
    xlabel="size, the smallest is 1",
    xlim=(0.8, 2000),
    xticks=[1, 10, 100],
    xticklabels=["1", "10", "100"],
)
size.set(ylabel="wrong on new signals, %", yticks=[1, 2, 5, 10, 20, 50], yticklabels=["1", "2", "5", "10", "20", "50"])
compute.set(title="Computing, by channels", xlabel="multiply-adds of the training")

# %%
# The alternative text gives both ends of each curve, and the law of the envelope.

ends = {name: errors.mean() for name, errors in {**knobs, "network": widths}.items()}
tail = f" The law's exponent is {fitted.exponent.value:.2f}, its floor {fitted.floor.value:.1f} %." if fitted else ""
style.show(
    figure,
    alt="Test error in percent of the smallest and the largest model: "
    + "; ".join(f"{name} {e.iloc[0]:.0f} and {e.iloc[-1]:.1f}" for name, e in ends.items())
    + ". On the envelope the least error falls from "
    + " to ".join(f"{envelope[w].mean():.1f} % at {w:.1e} multiply-adds" for w in envelope.columns[[0, -1]])
    + f".{tail}"
    if len(envelope.columns)
    else f"Smallest test error {widths.mean().min():.0f} %.",
    data=cells.mean().rename("error_percent").reset_index(),
)
