"""
The data and the network
========================

Signals of MNIST-1D, the small task of this book, and a network that reads them: forty numbers in, ten out. Claim C03:
nobody could train more than three or four layers; they overfitted, or stalled.
"""

# %%
# Two signals of each class. A program draws them: a template, stretched, moved and tilted, with a little noise.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.data.mnist1d import CLASSES, split

SHOWN = 2
colour = style.use()
signals, digits, *_ = split(200, 1, seed=0)
figure, (data, network) = plt.subplots(1, 2, figsize=(7.2, 4), width_ratios=(1, 1.15))
drawn = []
for digit in range(CLASSES):
    for n, signal in enumerate(signals[digits == digit][:SHOWN].numpy()):
        drawn.append([digit, *signal])
        places = [place + 46 * n for place in range(len(signal))]
        data.plot(places, signal / 5.5 - digit, color=colour["deep"], linewidth=1.3)
data.set(yticks=[-digit for digit in range(CLASSES)], yticklabels=range(CLASSES), xticks=[], ylabel="class")
data.set_title("Two signals of each class")
data.grid(visible=False)

# %%
# Each dot stands for several units, each line for many weights. A layer, as we count, is a set of weights.

COLUMNS = {"40 points": 8, "50 units": 9, "50 units ": 9, "10 classes": 5}
heights = {name: [n - (size - 1) / 2 for n in range(size)] for name, size in COLUMNS.items()}
names = list(COLUMNS)
for place in range(len(names) - 1):
    for here in heights[names[place]]:
        for there in heights[names[place + 1]]:
            network.plot([place, place + 1], [here, there], color=colour["line"], linewidth=0.5, zorder=1)
for place, name in enumerate(names):
    network.plot([place] * COLUMNS[name], heights[name], "o", color=colour["deep"], markersize=6, zorder=2)
    network.annotate(name.strip(), (place, -5.1), ha="center", va="top", fontsize=9, color=colour["ink-2"])
for height, ends, words, hue in (
    (5.3, (0.3, 2.7), "forward: what does it say?", "ink"),
    (-7.4, (2.7, 0.3), "backward: which weight is to blame?", "deep"),
):
    arrow = {"arrowstyle": "-|>", "color": colour[hue]}
    network.annotate("", (ends[1], height), (ends[0], height), arrowprops=arrow)
    network.annotate(words, (1.5, height), (0, 4), textcoords="offset points", ha="center", color=colour[hue])
network.set(xlim=(-0.45, 3.45), ylim=(-8, 6.6))
network.axis("off")
network.set_title("A network of three layers")

# %%

style.show(
    figure,
    alt=f"{SHOWN} signals of each of the {CLASSES} classes of MNIST-1D: short curves of 40 points, those of a class of "
    "one shape at different places. Beside them a network: 40 points, two columns of 50 units, 10 classes, each column "
    "joined to the next by all lines; forward it answers, backward each weight is told its share of the blame.",
    data=pd.DataFrame(drawn, columns=["class", *(f"point {place}" for place in range(signals.shape[1]))]),
)
