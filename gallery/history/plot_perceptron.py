"""
A rule that converges, and a gate that it cannot learn
======================================================

Mistakes of Rosenblatt's perceptron on AND, OR and XOR, and the way out: one hidden layer. Claim C02: these ingredients
date from the 1950s and 60s.
"""

# %%
# A thin line is one seed: one order of the examples for the perceptron, one start of the weights for the network.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.history.hidden_layer import HiddenLayer
from lecture.experiments.history.perceptron import Perceptron
from lecture.records import read

colour = style.use()
rule, hidden = read(Perceptron.preset()), read(HiddenLayer.preset())
HUES = {"AND": "ink", "OR": "neutral", "XOR": "deep"}

# %%
figure, (mistakes, loss) = plt.subplots(1, 2, figsize=(7.2, 3.6))
last = rule["pass"].max()
for (gate, _), runs in rule.groupby(["gate", "seed"]):
    mistakes.plot(runs["pass"], runs["mistakes"], color=colour[HUES[gate]], linewidth=0.8, alpha=0.5)
for gate, runs in rule[rule["pass"] == last].groupby("gate"):
    hue, bound = colour[HUES[gate]], runs["bound"].iloc[0]
    style.name_line(mistakes, last, runs["mistakes"].mean(), gate, hue)
    if bound < float("inf"):
        mistakes.axhline(bound, color=hue, linestyle=":", linewidth=1.4)
        mistakes.annotate(f"bound for {gate}", (last, bound), (0, 3), textcoords="offset points", ha="right", color=hue)
mistakes.set(title="Perceptron", xlabel="passes over the examples", ylabel="mistakes so far", ylim=(0, None))

for _, runs in hidden.groupby("seed"):
    solved = runs["right"].iloc[-1] == 4
    loss.plot(runs["step"], runs["loss"], color=colour["deep" if solved else "neutral"], linewidth=0.8, alpha=0.6)
stuck = hidden[(hidden["step"] == hidden["step"].max()) & (hidden["right"] < 4)]
if len(stuck):
    end = hidden["step"].max(), stuck["loss"].max()
    loss.annotate(
        f"stuck: {len(stuck)} of {hidden['seed'].nunique()}", end, (0, 5), textcoords="offset points", ha="right",
        color=colour["neutral"],
    )  # fmt: skip
loss.set(title="XOR with one hidden layer", xlabel="steps of gradient descent", ylabel="loss", ylim=(0, None))

# %%
# On AND and OR the mistakes stop well below Novikoff's bound. On XOR they never do. With a hidden layer the loss falls
# to nothing for most starts.

ends = rule[rule["pass"] == last].groupby("gate")["mistakes"].agg(["min", "max"])
bounds = rule.groupby("gate")["bound"].first()
solved = (hidden[hidden["step"] == hidden["step"].max()]["right"] == 4).mean()
style.show(
    figure,
    alt=f"Mistakes of a perceptron after {last} passes, over all orders of the examples: "
    + ", ".join(f"{gate} {row['min']} to {row['max']}" for gate, row in ends.iterrows())
    + f"; the bound is {bounds['AND']:.0f} for AND and {bounds['OR']:.0f} for OR; XOR has none. With a hidden layer "
    f"{100 * solved:.0f} % of the starts solve XOR.",
    data=rule,
)
