"""
Shattered gradients
===================

Walk from one signal to another, and compare the gradient here with the gradient a little further on. In a deep plain
network they soon have nothing in common (claim C11; Balduzzi et al. 2017).
"""

# %%
# The networks are untrained. Correlation is the cosine of the angle between two gradients: 1 where they agree, 0 where
# they are as different as noise. Bands are 95 % intervals over seeds.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.shattered import Shattered
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
table = read(Shattered.preset())
deep, shallow = table["depth"].max(), table["depth"].min()

LINES = {
    ("plain, batch norm", shallow): ("neutral", ":"),
    ("plain", deep): ("ink-2", "-"),
    ("shortcut, batch norm", deep): ("residual", "-"),
    ("plain, batch norm", deep): ("ink-2", "--"),
}
figure, panel = plt.subplots(figsize=(7.2, 3.8))
means = {}
for (network, depth), (hue, dashes) in LINES.items():
    runs = table[(table["network"] == network) & (table["depth"] == depth)]
    found = intervals(iter(runs.groupby("distance")["correlation"]))
    low, middle, high = zip(*((b.low, b.value, b.high) for b in found.values()), strict=True)
    panel.fill_between(list(found), low, high, color=colour[hue], alpha=0.18, linewidth=0)
    words = f"{depth} layers, {network}"
    panel.plot(list(found), middle, dashes, color=colour[hue], marker="o", markersize=4, label=words)
    means[network, depth] = dict(zip(found, middle, strict=True))
panel.legend(loc="upper right", labelcolor="linecolor")
panel.set_xscale("log")
panel.set_xticks([0.005, 0.02, 0.1, 0.5], ["½ %", "2 %", "10 %", "half"])
panel.minorticks_off()
panel.set(xlabel="distance, as a share of the way", ylabel="correlation of the gradients")
panel.set(ylim=(-0.1, 1.65), yticks=[0, 0.5, 1])

# %%
# With batch normalisation a plain network of many layers turns its gradient into white noise. The same network with
# shortcuts does not. Without normalisation the gradient changes less, for another reason: most signals then look alike
# to the upper layers.

style.show(
    figure,
    alt="Correlation of the gradients at two places on the way between two signals, by their distance. "
    + " ".join(
        f"{network.capitalize()}, {depth} layers: "
        + ", ".join(f"{value:.2f} at {100 * distance:.1f} %" for distance, value in found.items())
        + "."
        for (network, depth), found in means.items()
    ),
    data=table,
)
