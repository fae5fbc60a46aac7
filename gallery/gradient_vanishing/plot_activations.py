"""
Three functions, five depths
============================

How well networks of 1 to 16 hidden layers learn the data they are trained on, with a sigmoid, a tanh and a ReLU at
every unit. Claim C12: AlexNet replaced the sigmoid by ReLU, whose shape solves the problem.
"""

# %%
# Everything else is the same: width, data, batches, steps. Each network has the learning rate that pilot seeds chose
# for it; bands are 95 % intervals over seeds.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.gradient_vanishing.activations import Activations
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
table = read(Activations.preset())

# %%
LINES = {
    ("tanh", "Xavier"): ("tanh, Xavier", "-"),
    ("ReLU", "He"): ("ReLU, He", "-"),
    ("ReLU", "Xavier"): ("Xavier", "--"),
    ("ReLU", "default"): ("default", ":"),
    ("sigmoid", "Xavier"): ("sigmoid", "-"),
}
figure, panel = plt.subplots()
ends, still_learning = {}, []
for (function, start), (name, dashes) in LINES.items():
    runs = table[(table["activation"] == function) & (table["init"] == start)]
    found = intervals((depth, 100 * group["train_accuracy"]) for depth, group in runs.groupby("depth"))
    depths, bands, hue = list(found), list(found.values()), colour[function.lower()]
    panel.fill_between(depths, [b.low for b in bands], [b.high for b in bands], color=hue, alpha=0.18, linewidth=0)
    panel.plot(depths, [b.value for b in bands], dashes, color=hue, marker="o", markersize=4)
    ends[f"{function} with {start} start"] = bands[-1].value
    if bands[-1].value > 15:
        still_learning.append((bands[-1].value, name, hue))
    else:  # the name stands where the line falls
        floor = next(i for i, b in enumerate(bands) if b.value < 15)
        middle = (depths[floor] * depths[floor - 1]) ** 0.5, (bands[floor].value + bands[floor - 1].value) / 2
        style.name_line(panel, *middle, name, hue, ha="right" if function == "sigmoid" else "left")
for place, (value, name, hue) in enumerate(sorted(still_learning)):  # lines end close together: keep their names apart
    style.name_line(panel, depths[-1], value, name, hue, dy=14 * place - 7 * (len(still_learning) - 1))
panel.axhline(10, color=colour["neutral"], linewidth=1.2, linestyle="--")
style.name_line(panel, 1, 10, "guessing", colour["neutral"], dy=-8)
panel.set_xscale("log", base=2)
panel.set(xlabel="hidden layers", ylabel="training accuracy, %", ylim=(0, 105))
panel.set_xticks(depths, [str(depth) for depth in depths])

# %%
# The function counts, and so does the start. From Xavier's start ReLU and tanh both learn at every depth
# shown, and the sigmoid does not. From torch's default start ReLU falls, too.

style.show(
    figure,
    alt=f"Training accuracy against depth, 1 to {depths[-1]} hidden layers. At {depths[-1]} layers: "
    + ", ".join(f"{name} {value:.0f} %" for name, value in ends.items())
    + ". Guessing gives 10 %.",
    data=table[["activation", "init", "depth", "rate", "seed", "train_accuracy", "test_accuracy"]],
)
