"""
Error against the amount of data
================================

Test error on MNIST-1D of classical methods and of convolutional networks, one of fixed width and a family that grows,
against the number of training examples. Claim C25: earlier methods stop improving however much data they get; deep
learning goes on.
"""

# %%
# A straight line downwards is a power law; a level line is a method that has stopped. All methods see the same
# examples, and a seed's larger sets contain its smaller ones. Only the support vector machine ends before the others;
# the kernel machine on random features goes on in its place.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from lecture import style
from lecture.claims.saturation.learning_curves import LAW_FROM, by_method, forecast
from lecture.experiments.saturation.scaling_classical import ScalingClassical, ScalingTrees
from lecture.experiments.saturation.scaling_deep import FAMILY, FIXED, ScalingDeep
from lecture.records import read
from lecture.statistics import geometric_interval

colour = style.use()
table = pd.concat([read(e.preset()) for e in (ScalingClassical, ScalingTrees, ScalingDeep)])
methods = by_method(table)
names = {FIXED: "network, one width", FAMILY: "family of networks", "svm": "SVM", "kernel": "kernel machine"}
hue = {method: colour["deep" if method in (FIXED, FAMILY) else "classical"] for method in methods}

# %%
# The band is the 95 % interval of the mean over seeds.

figure, (everyone, laws) = plt.subplots(1, 2, figsize=(7.2, 4.4), width_ratios=(1.3, 1), sharey=True)
shifts = {"svm": -9, "boosting": 4, "fixed": -4}
for method, errors in methods.items():
    found = [geometric_interval(errors[n]) for n in errors]
    low, high = [f.low for f in found], [f.high for f in found]
    everyone.fill_between(list(errors), low, high, color=hue[method], alpha=0.15, linewidth=0)
    everyone.plot(list(errors), [f.value for f in found], "o-", color=hue[method], markersize=3.5)
    last = errors.columns[-1], found[-1].value
    style.name_line(everyone, *last, names.get(method, method), hue[method], dy=shifts.get(method, 0))

# %%
# Second: a law, floor included, is fitted to the filled points and drawn on with its band. The open circle is the
# largest training set, which the fit has not seen. The laws start at 1,000 examples; before, the methods nearly guess.

told = {}
NAMES_AT = {"neighbours": ("left", 12, 10_000), FAMILY: ("right", -14, 10_000)}
best = min((m for m in methods if m not in (FIXED, FAMILY)), key=lambda m: methods[m].iloc[:, -1].mean())
for method in dict.fromkeys(("neighbours", best, FAMILY)):
    errors, fitted = methods[method], forecast(methods[method])
    if fitted is None:
        continue
    seen, unseen = [n for n in errors if n >= LAW_FROM][:-1], errors.columns[-1]
    n = np.geomspace(seen[0], 1.6 * unseen, 60)
    low, high = fitted.band(n)
    laws.fill_between(n, low, high, color=hue[method], alpha=0.15, linewidth=0)
    laws.plot(n, fitted.law.at(n), "--", color=hue[method], linewidth=1.2)
    laws.plot(seen, errors[seen].mean(), "o", color=hue[method], markersize=4.5)
    laws.plot(unseen, errors[unseen].mean(), "o", color=hue[method], markersize=8, markerfacecolor="none")
    told[method] = (fitted.at(float(unseen)), errors[unseen].mean())
    side, up, place = NAMES_AT.get(method, ("left", 6, unseen))
    style.name_line(laws, place, errors[place].mean(), names.get(method, method), hue[method], up, side)

least, most = table["n"].min(), table["n"].max()
for axes, first in ((everyone, least), (laws, max(least, LAW_FROM))):
    axes.set(xscale="log", yscale="log", xlabel="training examples")
    axes.set_xticks([10**k for k in range(2, 9) if first <= 10**k <= most])
    axes.minorticks_off()
everyone.set_xlim(None, 25 * most)
everyone.set(ylabel="wrong on new signals, %", yticks=[2, 5, 10, 20, 50], yticklabels=["2", "5", "10", "20", "50"])
everyone.set_title("All methods")
laws.set_title("Laws and the next point")

# %%
# The alternative text gives both ends of each curve, and each forecast beside what was measured.

means = {method: errors.mean() for method, errors in methods.items()}
style.show(
    figure,
    alt="Test error in percent at the smallest and the largest training set: "
    + "; ".join(
        f"{names.get(m, m)} {row.iloc[0]:.0f} at {row.index[0]:,} and {row.iloc[-1]:.1f} at {row.index[-1]:,} examples"
        for m, row in means.items()
    )
    + ". Forecast of the largest from the smaller ones, and measured: "
    + "; ".join(
        f"{names.get(m, m)} {f.value:.1f} ({f.low:.1f} to {f.high:.1f}), measured {found:.1f}"
        for m, (f, found) in told.items()
    )
    + ".",
    data=table[["method", "n", "seed", "error"]],
)
