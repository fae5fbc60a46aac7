"""
One training step, more and more at once
========================================

How fast one and the same training step runs when it is given more examples and more networks at once, beside the
fastest matrix product of the same machine. Claim C17: training on GPUs was far from obvious.
"""

# %%
# Every point is the same arithmetic for each example; only the number of examples that go through together differs. A
# machine with a GPU gets a panel for it; one without has none.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gpu.throughput import Throughput
from lecture.records import read

colour = style.use()
table = read(Throughput.preset())
steps = table[table["job"] == "step"].assign(at_once=lambda t: t["batch"] * t["replicas"])
speed = steps.groupby(["kind", "device", "threads", "replicas", "at_once"])["gflops"].median()
peak = table[table["job"] == "product"].groupby(["kind", "device", "threads"])["gflops"].median()

# %%
places = [key for key in peak.index if key[0] != "cpu" or key[2] in (1, table["threads"].max())]
names = {
    (kind, device, threads): f"CPU, {threads} thread{'s' if threads > 1 else ''}" if kind == "cpu" else device
    for kind, device, threads in places
}
most = steps["replicas"].max()
figure, panels = plt.subplots(1, len(places), sharey=True, figsize=(7.2, 3.9), squeeze=False)
for panel, place in zip(panels[0], places, strict=True):
    hue = colour["classical" if place[0] == "cpu" else "deep"]
    for replicas, line in speed.loc[place].groupby("replicas"):
        look = {1: {"linestyle": "--"}, most: {}}.get(replicas, {"linewidth": 1, "alpha": 0.6})
        panel.loglog(line.droplevel("replicas"), color=hue, marker="o", markersize=4, **look)
    panel.axhline(peak[place], color=colour["neutral"], linewidth=1.2, linestyle=":")
    style.name_line(panel, 1, peak[place], f"matrix product {peak[place]:,.0f}", colour["neutral"], dy=8)
    panel.set_title(names[place])
    panel.set(xlabel="examples at once", ylim=(speed.min() / 3, 3 * peak.max()))
panels[0][0].set_ylabel("speed, GFLOP/s")
for replicas, name in ((1, "one network"), (most, f"{most} networks")):
    line = speed.loc[places[0]].loc[replicas]
    style.name_line(panels[0][0], line.index[0], line.iloc[0], name, colour["classical"], dy=-12)

# %%
# The same processor does far more arithmetic in the same second when it is given more at once. Much of
# the climb is the fixed cost of a call, saved.

sentences = []
for place in places:
    one, many = speed.loc[place].iloc[0], speed.loc[place].iloc[-1]
    replicas, at_once = speed.loc[place].index[-1]
    sentences.append(
        f"{names[place]}: {one:.2g} for one example in one network, {many:.3g} for {at_once:,} examples in {replicas} "
        f"networks, {peak[place]:.3g} for the matrix product."
    )
style.show(
    figure,
    alt="Speed of a training step, in GFLOP/s, against the number of examples at once. " + " ".join(sentences),
    data=speed.reset_index(),
)
