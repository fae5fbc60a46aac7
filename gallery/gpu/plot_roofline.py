"""
A roof over the speed
=====================

How fast a layer can be, by how many operations it does with each byte from memory: the roof of the machine that built
this page, with the layers of AlexNet under it, and the published roofs of two graphics cards. Claim C17: training on
GPUs was far from obvious.
"""

# %%
# Left of its bend a roof rises: calculators wait for memory. Right of it, it is level: memory waits for the
# calculators. Both limits of this machine are measured, with a triad over long arrays and with products. Of all rounds
# the fastest counts: whatever else the machine does can only make a layer slower.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.data.literature import gpus
from lecture.experiments.gpu.roofline import Roofline
from lecture.records import read

colour = style.use()
table = read(Roofline.preset())
table["intensity"] = table["operations"] / table["bytes"]
table["gflops"] = table["operations"] / table["seconds"] / 1e9
table["bandwidth"] = table["bytes"] / table["seconds"] / 1e9
columns = ["intensity", "gflops", "bandwidth"]
fastest = table.groupby(["kind", "device", "job", "layer", "batch"])[columns].max()
device = table["kind"].iloc[0]  # the chosen one is measured first
here = fastest.loc[device].droplevel("device")
name = "one thread of this CPU" if device == "cpu" else table["device"].iloc[0]
bandwidth, peak = here.loc["triad"]["bandwidth"].iloc[0], here.loc["product"]["gflops"].max()

# %%
# A layer's points climb along the roof as the batch grows: the same weights, fetched once, do more work.

x = np.geomspace(0.1, 6000, 400)
figure, axes = plt.subplots(figsize=(7.2, 4.6))
axes.loglog(x, np.minimum(bandwidth * x, peak), color=colour["ink"])
style.name_line(axes, x[-1], peak, f"{name}, measured: {peak:.0f}", colour["ink"], dy=14, ha="right")
for card in gpus.PUBLISHED:
    axes.loglog(x, np.minimum(card.bandwidth * x, card.gflops), color=colour["neutral"], linestyle=":")
    label = f"{card.name} ({card.year}), published: {card.gflops:,.0f}"
    style.name_line(axes, x[-1], card.gflops, label, colour["neutral"], dy=9, ha="right")

small, first = (here.loc["full"].loc[layer] for layer in ("small", "full6"))
for line, marker, label in ((small, "v", "a small layer"), (first, "o", "AlexNet’s first full layer")):
    axes.plot(
        line["intensity"], line["gflops"], color=colour["deep"], marker=marker, markersize=5, linewidth=1, label=label
    )
convolutions = here.loc["convolution"].reset_index()
hollow = {"marker": "s", "fillstyle": "none", "markersize": 5, "linestyle": "none"}
axes.plot(convolutions["intensity"], convolutions["gflops"], color=colour["deep"], label="its convolutions", **hollow)
axes.legend(loc="lower right")
axes.set(xlabel="operations for each byte from memory", ylabel="speed, GFLOP/s", xlim=(x[0], x[-1]), ylim=(1, 2e5))

# %%
# Only a GPU could place points under the dotted roofs: without one they are a specification and no measurement.

one, many = here.loc["full"].loc["full6"].iloc[[0, -1]].itertuples()
style.show(
    figure,
    alt="Speed against operations for each byte, both on logarithmic axes. "
    f"The measured roof of {name} rises with {bandwidth:.0f} GB/s and is level at {peak:.0f} GFLOP/s. "
    f"AlexNet's first full layer climbs from {one.gflops:.2g} GFLOP/s for {one.Index} example to {many.gflops:.3g} "
    f"for {many.Index}; its convolutions lie between {convolutions['gflops'].min():.0f} and "
    f"{convolutions['gflops'].max():.0f}. Published, not measured: "
    + "; ".join(f"{card.name}, {card.bandwidth:,.0f} GB/s and {card.gflops:,.0f} GFLOP/s" for card in gpus.PUBLISHED)
    + ".",
    data=fastest.reset_index(),
)
