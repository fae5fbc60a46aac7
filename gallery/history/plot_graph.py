"""
A loss and its Wengert list
===========================

The graph that automatic differentiation builds for the loss of a network with one hidden unit. Claim C02: automatic
differentiation dates from the 1950s and 60s, its reverse mode from 1970.
"""

# %%
# The network is the smallest there is, with one example: the loss is (v tanh(w x + b) - 1)².

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.models.autodiff import Number, backward, tanh, wengert_list

colour = style.use()
x, w, b, v, target = (
    Number(value, name=name) for value, name in ((1.5, "x"), (0.8, "w"), (-0.4, "b"), (0.5, "v"), (-1.0, "-1"))
)
product = x * w
before = product + b
hidden = tanh(before)
output = hidden * v
error = output + target
loss = error**2
gradient = backward(loss)

# %%
# Values are computed from left to right. Gradients come back from right to left, along the same edges.

figure, panel = plt.subplots(figsize=(7.2, 3.2))
spine = [x, product, before, hidden, output, error, loss]
places = {number: (place, 0.0) for place, number in enumerate(spine)}
places |= {leaf: (places[child][0], 1.0) for leaf, child in ((w, product), (b, before), (v, output), (target, error))}
for number, place in places.items():
    for parent, _ in number.parents:
        arrow = {"arrowstyle": "-|>", "color": colour["neutral"], "shrinkA": 12, "shrinkB": 12}
        panel.annotate("", place, places[parent], arrowprops=arrow)
    ring = colour["ink"] if number.parents else colour["neutral"]
    panel.plot(*place, "o", markersize=24, color=colour["paper"], markeredgecolor=ring)
    name = {"^2": "( )²", "-1": "\N{MINUS SIGN}1"}.get(number.name, number.name)
    panel.annotate(name, place, ha="center", va="center", fontsize=8.5)
    for line, (value, hue) in enumerate(((number.value, "ink"), (gradient[number], "deep"))):
        text = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
        shift = -22 - 13 * line if place[1] == 0 else 35 - 13 * line
        panel.annotate(
            text, place, (0, shift), textcoords="offset points", ha="center", va="center", fontsize=9.5,
            color=colour[hue], fontweight="bold" if hue == "deep" else "normal",
        )  # fmt: skip
for height, text, hue in (
    (0.6, "value \N{RIGHTWARDS ARROW}", "ink"),
    (0.4, "\N{LEFTWARDS ARROW} gradient", "deep"),
):
    panel.annotate(text, (3, height), ha="center", va="center", fontsize=10, color=colour[hue], fontweight="bold")
panel.set(xlim=(-0.5, 6.5), ylim=(-0.62, 1.55))
panel.axis("off")

# %%
# One walk from the right gave every gradient at once. Gradient descent would now lower the loss by raising w, b and v,
# whose gradients are negative.

rows = [(number.name, float(number.value), float(gradient[number])) for number in wengert_list(loss)]
style.show(
    figure,
    alt="Graph of (v tanh(w x + b) - 1)², with value and gradient at each node: "
    + ", ".join(f"{name} {value:.2f} and {slope:.2f}" for name, value, slope in rows)
    + ".",
    data=pd.DataFrame(rows, columns=["node", "value", "gradient"]),
)
