"""
What the order of the points is worth
=====================================

Test accuracy of four models on MNIST-1D with the points in order and shuffled, by one permutation for all signals.
Claim C22: the data should be regular, a grid or a sequence.
"""

# %%
# Both lines carry the same forty numbers. In the upper one a point's neighbours are its neighbours in time; in the
# lower one they are strangers.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.data import mnist1d
from lecture.data.literature.when_it_pays import MNIST1D
from lecture.experiments.when_to_use.order import ORDERS, Order, OrderRecurrent
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
figure, (signals, models) = plt.subplots(1, 2, figsize=(7.2, 3.9), width_ratios=(1, 1.6))
for height, shuffled in ((5, False), (0, True)):
    signal, digit = (part[0] for part in mnist1d.generate(20, 0, shuffled=shuffled))
    signals.plot(signal + height, color=colour["ink"], linewidth=1.5, marker="o", markersize=2.5)
    words = "shuffled" if shuffled else f"in order: a {int(digit)}"
    signals.annotate(words, (0, height + 2), color=colour["ink-2"], va="bottom")
signals.set(xlabel="place in the line", ylabel="height of the signal", xticks=[0, 20, 39], yticks=[], ylim=(-3, 8.5))
signals.set_title("The same numbers")

# %%
# Every seed has its own signals and its own permutation, and meets both orders. The large dots are means with their
# 95 % intervals, the small ones single seeds, the diamonds the published accuracies, one run each.

table = pd.concat([read(Order.preset()), read(OrderRecurrent.preset())], ignore_index=True)

hues = {"logistic": colour["classical"]}
means = {}
for row, (model, (in_order, mixed)) in enumerate(MNIST1D.items()):
    runs = table[table["model"] == model].assign(percent=lambda rows: 100 * rows["test_accuracy"])
    hue = hues.get(model, colour["deep"])
    found = [mean_interval(runs.loc[runs["order"] == order, "percent"]) for order in ORDERS]
    means[model] = found
    models.plot([f.value for f in found], [row, row], color=hue, linewidth=5, alpha=0.25)
    for f, order, face, above in zip(found, ORDERS, (hue, colour["paper"]), (-0.17, 0.17), strict=True):
        models.plot([f.low, f.high], [row, row], color=hue, linewidth=1.5)
        models.plot(f.value, row, "o", color=hue, markerfacecolor=face, markersize=7)
        seeds = runs.loc[runs["order"] == order, "percent"]
        models.plot(seeds, [row + above] * len(seeds), ".", color=hue, markersize=3, alpha=0.5)
    models.plot([in_order, mixed], [row - 0.3, row + 0.3], "d", color=colour["neutral"], markersize=5)

# %%
# The networks that are built for neighbours fall to where the others already were, or below.

for place, words, shift in ((1, "shuffled", (-9, 0)), (0, "in order", (-9, 11))):
    at = (means["CNN"][place].value, 2)
    models.annotate(words, at, shift, textcoords="offset points", ha="right", va="center", color=colour["deep"])
models.annotate("published", (32, -0.3), (7, 0), textcoords="offset points", va="center", color=colour["neutral"])
models.set(xlabel="accuracy on new signals, %", xlim=(0, 105), xticks=[0, 50, 100])
models.set_yticks(range(len(MNIST1D)), list(MNIST1D))
models.grid(visible=False)
models.margins(y=0.12)
models.invert_yaxis()
models.set_title("Four models, both orders")

# %%

style.show(
    figure,
    alt="Test accuracy with the points in order and shuffled: "
    + "; ".join(f"{model} {a.value:.0f} and {b.value:.0f} %" for model, (a, b) in means.items())
    + ". Published: "
    + "; ".join(f"{model} {a} and {b} %" for model, (a, b) in MNIST1D.items())
    + ". Beside it, one signal in both orders.",
    data=table,
)
