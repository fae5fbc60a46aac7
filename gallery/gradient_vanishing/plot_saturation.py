"""
The top layer saturates first
=============================

The mean slope of the sigmoids in each of four hidden layers while the network trains. Glorot and Bengio (2010) saw
that the layer nearest the output pushes its units to where they are flat, and so shuts off the gradient for all
layers below. It is one of claim C11's other explanations.
"""

# %%
# A slope of ¼ is the most a sigmoid can have. Bands are the range over seeds.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.saturation import Saturation
from lecture.records import read

colour = style.use()
table = read(Saturation.preset()).query("activation == 'sigmoid'")
slopes = table.groupby(["layer", "step"])["slope"].agg(["mean", "min", "max"])
top = table["layer"].max()

figure, panel = plt.subplots()
for layer in range(1, top + 1):
    path = slopes.loc[layer]
    hue = colour["sigmoid"] if layer == top else colour["neutral"]
    panel.fill_between(path.index, path["min"], path["max"], color=hue, alpha=0.2, linewidth=0)
    panel.plot(path.index, path["mean"], color=hue)
    name = {1: "layer 1", top: f"layer {top} (top)"}.get(layer, f"layer {layer}")
    style.name_line(panel, path.index[-1], path["mean"].iloc[-1], name, hue, dy={1: -6, 2: 6}.get(layer, 0))
panel.set(xlabel="step", ylabel="mean slope of the sigmoids", ylim=(0, 0.26), xticks=[0, 2000, 4000])

# %%
ends = slopes["mean"].groupby("layer").agg(["first", "last"])
style.show(
    figure,
    alt="Mean slope of the sigmoids from the first step to the last: "
    + ", ".join(f"layer {layer} {row['first']:.3f} to {row['last']:.3f}" for layer, row in ends.iterrows())
    + ".",
    data=slopes.reset_index(),
)
