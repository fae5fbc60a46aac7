"""
What a wrong label costs
========================

Accuracy of one network against the share of wrong labels and the number of examples, and how many dirty examples do the
work of a clean one. Claim C21: very noisy data without human labels work too.
"""

# %%
# The test labels are right, and so are the training labels where 0 % are wrong. Follow a contour towards more wrong
# ones: so many more examples does the same accuracy take.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from lecture import style
from lecture.claims.when_to_use.c21_label_noise import UNIFORM, errors_by_noise, information
from lecture.claims.when_to_use.learning_curves import at, censored_interval, exchange_rates, sizes
from lecture.experiments.when_to_use.label_noise import LabelNoise
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
errors = errors_by_noise(read(LabelNoise.preset()))
clean = errors[UNIFORM, 0.0]
shares = [share for noise, share in errors if noise == UNIFORM]
amounts = sizes(errors[UNIFORM, shares[-1]])
accuracy = np.array([[100 - at(errors[UNIFORM, share], n).mean() for share in shares] for n in amounts])
percent = [100 * share for share in shares]

figure, (plane, exchange) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1.1, 1))
levels = [20, 40, 60, 80, 90]
for level, alpha in zip(levels, (0.1, 0.12, 0.14, 0.16, 0.2), strict=True):
    plane.contourf(percent, amounts, accuracy, levels=[level, 101], colors=[colour["deep"]], alpha=alpha)
plane.contour(percent, amounts, accuracy, levels=levels, colors=[colour["deep"]], linewidths=1.2)
for level in levels:
    for row in (-2, -1, 0):  # the first of these sizes at which the contour is well inside of the panel
        if accuracy[row].min() < level < accuracy[row].max():
            place = np.interp(-level, -accuracy[row], percent)
            if place < 0.95 * percent[-1]:
                style.name_line(plane, place, amounts[row], f"{level}", colour["ink"], dy=-9 if row else 9)
                break
plane.plot(*np.meshgrid(percent, amounts), ".", color=colour["ink-2"], markersize=4, clip_on=False)
plane.set(yscale="log", xlabel="wrong labels, %", ylabel="training examples", xticks=[0, 30, 60, 80])
plane.set_title("Accuracy, %")

# %%
# Their worth is the same as a price, at the largest set: read the accuracy off the clean curve. The dashed line is what
# information theory says of a label, knowing nothing about networks. Red: all errors point to one wrong class.

x = np.linspace(0, 0.85, 60)
exchange.plot(100 * x, [1 / information(share) for share in x], "--", color=colour["neutral"], linewidth=1.3)
style.name_line(exchange, 50, 1 / information(0.5), "by bits", colour["neutral"], dy=-14)
rows, told = [], []
highest = 1.0
for (noise, share), curve in errors.items():
    n = sizes(curve)[-1]
    right = mean_interval(100 - curve[n])
    hue = colour["deep" if noise == UNIFORM else "sigmoid"]
    rate = censored_interval(exchange_rates(curve[n], clean, n)) if share else None
    rows.append((noise, share, n, right.value, *((rate.value, rate.low, rate.high) if rate else (1.0, 1.0, 1.0))))
    told.append(f"{100 * share:.0f} % wrong ({noise}) {right.value:.0f} % at {n:,}")
    if rate is None or not np.isfinite(rate.value):
        continue
    place = 100 * share + (0 if noise == UNIFORM else 1.8)
    exchange.plot([place, place], [rate.low, min(rate.high, 1e4)], color=hue, linewidth=3, solid_capstyle="butt")
    exchange.plot(place, rate.value, "o", color=hue, markersize=7)
    side = "right" if noise == UNIFORM else "left"
    style.name_line(exchange, place, rate.value, f"{rate.value:.{rate.value < 10:d}f}", hue, dy=6, ha=side)
    highest = max(highest, rate.value if not np.isfinite(rate.high) else rate.high)
exchange.set(yscale="log", xlabel="wrong labels, %", xticks=[0, 30, 60, 80], xlim=(0, 90), ylim=(0.9, 1.6 * highest))
exchange.set_yticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
exchange.set_ylabel("dirty examples for a clean one")
for axes in (plane, exchange):
    axes.minorticks_off()
exchange.set_title("Their worth")

# %%

data = pd.DataFrame(rows, columns=["noise", "share_wrong", "n", "accuracy_percent", "rate", "rate_low", "rate_high"])
style.show(
    figure,
    alt="Accuracy: "
    + "; ".join(told)
    + ". Dirty examples that do the work of a clean one: "
    + ", ".join(f"{r.rate:.1f} at {100 * r.share_wrong:.0f} % ({r.noise})" for r in data.itertuples() if r.share_wrong)
    + ".",
    data=data,
)
