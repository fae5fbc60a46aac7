"""
Who wins with how many examples
===============================

Test error of classical methods and of networks against the number of training examples, on generated signals and
on real images. Claim C18: use deep learning when you have much data.
"""

# %%
# All methods see the same examples, and a larger set contains the smaller one. A line ends where the next size would
# cost too much. Dotted lines are told something: one what an edge is, the other that a digit turned or moved stays one.

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from lecture import style
from lecture.claims.judging import short_name
from lecture.claims.when_to_use.c18_much_data import IMAGES, LEAD, POOLS, SIGNALS, races
from lecture.claims.when_to_use.learning_curves import censored_interval, crossings, lead, sizes
from lecture.records import read
from lecture.statistics import compare, geometric_interval

colour = style.use()
found = races({short_name(experiment): read(experiment.preset()) for experiment in (*SIGNALS, *IMAGES)})
handmade, taught = found["handmade"]
figure, panels = plt.subplots(1, 2, figsize=(7.2, 4.9), sharey=True)


def name_apart(axes, ends, apart=11.5):
    """Write names behind the ends of lines, at least so many points apart."""
    low, high = np.log(axes.get_ylim())
    per_unit = 0.8 * 72 * 2.9 / (high - low)  # points on a phone, where the panel is lowest
    ends = sorted(ends, key=lambda end: end[1])
    heights = [per_unit * np.log(end[1]) for end in ends]
    places = list(heights)
    for _ in range(200):
        for i in range(len(places) - 1):
            if (near := apart - (places[i + 1] - places[i])) > 0:
                places[i] -= near / 2
                places[i + 1] += near / 2
    for (x, y, name, hue), height, place in zip(ends, heights, places, strict=True):
        style.name_line(axes, x, y, name, hue, dy=place - height)


# %%
# The shaded strip is where the best network overtakes the best classical method, with its 95 % interval. The squares
# below say who is clearly ahead at that size, by a point or more: classical, network, or (open) neither.

told, rows = [], []
for axes, (task, title) in zip(panels, {"signals": "Signals (MNIST-1D)", "images": "Real images"}.items(), strict=True):
    classical, networks = found[task]
    leads = lead(classical, networks)
    axes.set(xscale="log", yscale="log", ylim=(1.05, 95))
    lines = {**classical, **networks}
    if task == "images":
        lines["HOG + SVM"] = handmade[min(handmade, key=lambda name: handmade[name].iloc[:, -1].mean())]
        lines["distorted"] = taught["CNN, distortions"]
    ends = []
    for name, curve in lines.items():
        hue = colour["deep" if name in networks or name == "distorted" else "classical"]
        f = [geometric_interval(curve[n].clip(lower=0.01)) for n in sizes(curve)]
        means = [i.value for i in f]
        thick, dash = (2.4, "-") if name in networks else (1.3, ":" if name in ("HOG + SVM", "distorted") else "-")
        if name in networks:
            axes.fill_between(sizes(curve), [i.low for i in f], [i.high for i in f], color=hue, alpha=0.15, linewidth=0)
        axes.plot(sizes(curve), means, dash, color=hue, linewidth=thick)
        if (task, name) == ("signals", "boosting"):  # where it ends other lines pass
            style.name_line(axes, sizes(curve)[0], means[0], name, hue, dy=5)
        else:
            ends.append((sizes(curve)[-1], means[-1] * (1.15 if name == "SVM" and task == "signals" else 1), name, hue))
        rows += [(task, name, n, i.value, i.low, i.high) for n, i in zip(sizes(curve), f, strict=True)]
    most = max(n for curve in lines.values() for n in sizes(curve))
    axes.set_xlim(sizes(leads)[0] * 0.8, most * 14)
    for n in sizes(leads):
        behind, ahead = (compare(side, smallest=LEAD.value, split=POOLS[task]).answer for side in (-leads[n], leads[n]))
        who = ahead or behind
        hue = colour["deep" if ahead else "classical" if behind else "neutral"]
        axes.plot(n, 1.25, "s", color=hue, markersize=8, markerfacecolor=hue if who else "none")
    style.name_line(axes, sizes(leads)[-1], 1.25, " ahead", colour["ink-2"], dy=0)
    point = censored_interval(crossings(leads), bound=sizes(leads)[0])
    if np.isfinite(point.high):
        axes.axvspan(point.low, point.high, color=colour["deep"], alpha=0.13, linewidth=0)
        axes.annotate(
            f"crossing\n{point.value:,.0f}",
            (point.high, 1.75),
            (5, 0),
            textcoords="offset points",
            color=colour["deep"],
        )
        told.append(f"{title}: they cross at {point.value:,.0f} examples ({point.low:,.0f} to {point.high:,.0f})")
    else:
        never = int(np.isinf(crossings(leads)).sum())
        told.append(f"{title}: in {never} of {len(leads)} seeds no crossing up to {sizes(leads)[-1]:,} examples")
    name_apart(axes, ends)
    axes.set_title(title)
    axes.set_xlabel("training examples")
    axes.set_xticks([10**k for k in range(2, 6) if 10**k <= most])
    axes.minorticks_off()
panels[0].set(ylabel="wrong on new ones, %", yticks=[2, 5, 10, 20, 50], yticklabels=["2", "5", "10", "20", "50"])

# %%

data = pd.DataFrame(rows, columns=["task", "method", "n", "error_percent", "low", "high"])
last = data.groupby(["task", "method"], sort=False).last()
style.show(
    figure,
    alt=". ".join(told)
    + ". Error in percent at each method's largest size: "
    + "; ".join(f"{task}, {method} {row.error_percent:.1f} at {row.n:,.0f}" for (task, method), row in last.iterrows())
    + ".",
    data=data,
)
