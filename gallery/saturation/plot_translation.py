"""
A task chosen against the classical methods
===========================================

A strip twice as long, with the digit anywhere on it. Claim C25: here earlier methods are slow, because they do
not know that a digit stays a digit when it moves.
"""

# %%
# First: one and the same class at four places. Second, the error of four methods against the number of examples.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.saturation.learning_curves import by_method
from lecture.data import mnist1d
from lecture.experiments.saturation.translation_heavy import TranslationHeavy
from lecture.records import read
from lecture.statistics import geometric_interval

colour = style.use()
table = read(TranslationHeavy.preset())
methods = by_method(table)
x, y, *_ = mnist1d.split(200, 1, 0, settings=mnist1d.TRANSLATION_HEAVY)
figure, (strips, curve) = plt.subplots(1, 2, figsize=(7.2, 3.8), width_ratios=(1, 1.4))
for row, signal in enumerate(x[y == 1][:4]):
    strips.plot(range(len(signal)), signal - 5.5 * row, color=colour["ink"], linewidth=1.6)
strips.set(title="One class, four signals", xticks=[], yticks=[])
strips.spines[:].set_visible(False)

# %%
# The band is the 95 % interval of the mean over seeds.

names = {"svm": "SVM", "cnn": "network"}
for method, errors in methods.items():
    hue = colour["deep" if method == "cnn" else "classical"]
    found = [geometric_interval(errors[n]) for n in errors]
    curve.fill_between(
        list(errors), [f.low for f in found], [f.high for f in found], color=hue, alpha=0.15, linewidth=0
    )
    curve.plot(list(errors), [f.value for f in found], "o-", color=hue, markersize=3.5)
    style.name_line(
        curve, errors.columns[-1], found[-1].value, names.get(method, method), hue, {"svm": -4}.get(method, 0)
    )
first, last = min(table["n"]), max(table["n"])
curve.set(
    title="Digit anywhere on the strip",
    xscale="log",
    yscale="log",
    xlabel="training examples",
    xlim=(0.85 * first, 7 * last),
)
curve.set(ylabel="wrong on new signals, %", yticks=[10, 20, 50, 100], yticklabels=["10", "20", "50", "100"])
curve.set_xticks([n for n in (100, 1000, 10_000) if n >= first])
curve.minorticks_off()

# %%
# The alternative text gives both ends of each curve. The network shares its weights along the strip.

style.show(
    figure,
    alt="Test error in percent at the smallest and the largest training set of a task with much translation: "
    + "; ".join(
        f"{names.get(m, m)} {e.iloc[0]:.0f} at {e.index[0]:,} and {e.iloc[-1]:.0f} at {e.index[-1]:,}"
        for m, e in ((m, errors.mean()) for m, errors in methods.items())
    )
    + ".",
    data=table,
)
