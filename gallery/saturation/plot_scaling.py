"""
Error against the amount of data
================================

Test error on MNIST-1D of five classical methods and two convolutional networks, from 100 to 100,000 training examples,
on logarithmic axes. Claim C25: earlier methods stop improving however much data they get; deep learning goes on.
"""

# %%
# A straight line downwards is a power law; a level line is a method that has stopped. All methods see the same
# examples, a seed's larger sets contain its smaller ones, and a line ends where the next size would cost too much.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from lecture import style
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.power_law import fit_seeds
from lecture.records import read
from lecture.statistics import geometric_interval

colour = style.use()
tables = {"classical": read(ScalingClassical.preset()), "deep": read(ScalingDeep.preset())}
curves = {
    (kind, method): 100 * runs.pivot(index="seed", columns="n", values="error")
    for kind, table in tables.items()
    for method, runs in table.groupby("method", sort=False)
}
small, *_, large = (method for kind, method in curves if kind == "deep")
names = {small: "small network", large: "larger network"}

# %%
# The band is the 95 % interval of the mean over seeds.

figure, (everyone, laws) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1.25, 1), sharey=True)


def draw(axes, kind, errors, alpha=1.0):
    found = [geometric_interval(errors[n]) for n in errors]
    axes.fill_between(
        list(errors), [f.low for f in found], [f.high for f in found], color=colour[kind], alpha=0.15, linewidth=0
    )
    axes.plot(list(errors), [f.value for f in found], "o-", color=colour[kind], markersize=3.5, alpha=alpha)
    return errors.columns[-1], found[-1].value


shifts = {"SVM": 7, "boosting": -13}
for (kind, method), errors in curves.items():
    n, end = draw(everyone, kind, errors)
    style.name_line(everyone, n, end, names.get(method, method), colour[kind], dy=shifts.get(method, 0))

# %%
# On the right are the larger network, the best classical method and nearest neighbours, each with its fitted law, floor
# included, drawn on to ten times the data. The laws start at 1,000 examples; before, the methods nearly guess.

best = min((m for k, m in curves if k == "classical"), key=lambda m: curves["classical", m].iloc[:, -1].mean())
shown = {("classical", "neighbours"), ("classical", best), ("deep", large)}
floors = {}
for (kind, method), errors in curves.items():
    line = errors[[n for n in errors if n >= 1000]]
    if (kind, method) not in shown or line.shape[1] < 4:
        continue
    fitted = fit_seeds(line.columns, line)
    n = np.geomspace(line.columns[0], 10 * line.columns[-1], 60)
    low, high = fitted.band(n)
    laws.fill_between(n, low, high, color=colour[kind], alpha=0.15, linewidth=0)
    laws.plot(n, fitted.law.at(n), "--", color=colour[kind], linewidth=1.2)
    laws.plot(line.columns, line.mean(), "o", color=colour[kind], markersize=4)
    floors[method] = (fitted.exponent, fitted.floor)
    side, dy = ("left", 9) if kind == "classical" else ("right", -20)
    last, name = errors.columns[-1], names.get(method, method)
    style.name_line(laws, last, errors[last].mean(), name, colour[kind], dy, side)

for axes, first, most in ((everyone, 100, 100_000), (laws, 1000, 1_000_000)):
    axes.set(xscale="log", yscale="log", xlabel="training examples")
    axes.set_xticks([10**k for k in range(2, 7) if first <= 10**k <= most])
    axes.minorticks_off()
everyone.set_xlim(None, 9e5)
everyone.set(ylabel="wrong on new signals, %", yticks=[2, 5, 10, 20, 50], yticklabels=["2", "5", "10", "20", "50"])
everyone.set_title("Seven methods")
laws.set_title("Fitted laws, drawn on")

# %%
# Logistic regression has stopped. The others have not: they need more data for the same error.

means = {method: errors.mean() for (_, method), errors in curves.items()}
style.show(
    figure,
    alt="Test error in percent at the smallest and the largest training set: "
    + "; ".join(
        f"{names.get(m, m)} {row.iloc[0]:.0f} at {row.index[0]:,} and {row.iloc[-1]:.1f} at {row.index[-1]:,} examples"
        for m, row in means.items()
    )
    + ". Fitted laws: "
    + "; ".join(f"{names.get(m, m)} exponent {e.value:.2f}, floor {c.value:.1f} %" for m, (e, c) in floors.items())
    + ".",
    data=pd.concat(tables, names=["kind"]).reset_index("kind")[["kind", "method", "n", "seed", "error"]],
)
