"""
How far back it remembers
=========================

A sequence of 10 to 200 symbols; name the first. "As drawn" are cells as PyTorch starts them, "Started to remember" the
same cells with open gates. Claim C15: for sequences, the LSTM of 1997 solved it in a similar way.
"""

# %%
# Dots are single seeds, lines their means, each network at its best learning rate. Guessing among four
# symbols is right a quarter of the time.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.recall import RecallGRU, RecallLSTM, RecallRNN
from lecture.records import read

colour = style.use()
table = pd.concat([read(cell.preset()) for cell in (RecallRNN, RecallLSTM, RecallGRU)])
table = at_best_rate(table, ["cell", "start", "length"], score="loss")
table["percent"] = 100 * table["accuracy"]

# %%
HUES = {"RNN": "tanh", "LSTM": "residual", "GRU": "ink-2"}
figure, panels = plt.subplots(1, 2, figsize=(7.2, 3.8), sharey=True)
lengths = sorted(table["length"].unique())
titles = {"As drawn": ("default", "1997"), "Started to remember": ("remember",)}
for panel, (title, starts) in zip(panels, titles.items(), strict=True):
    for (cell, start), runs in table[table["start"].isin(starts)].groupby(["cell", "start"]):
        seeds = runs.pivot(index="length", columns="seed", values="percent")
        dashes = ":" if start == "1997" else "-"
        panel.plot(seeds, "o", color=colour[HUES[cell]], markersize=5, alpha=0.25)
        panel.plot(seeds.mean(axis=1), dashes, color=colour[HUES[cell]], marker="o", markersize=4)
    panel.axhline(25, color=colour["neutral"], linestyle="--", linewidth=1.2)
    panel.set_xscale("log")
    panel.set_xticks(lengths, [str(length) for length in lengths])
    panel.minorticks_off()
    panel.set(title=title, xlabel="symbols in a sequence", xlim=(8.5, 240), ylim=(0, 105), yticks=[0, 25, 50, 75, 100])

drawn, started = panels
drawn.set(ylabel="sequences remembered, %")
style.name_line(drawn, 45, 88, "LSTM of 1997", colour["residual"])
style.name_line(drawn, 55, 62, "RNN", colour["tanh"], ha="right")
style.name_line(drawn, 15, 41, "LSTM", colour["residual"], ha="right")
style.name_line(drawn, 17, 62, "GRU", colour["ink-2"])
style.name_line(started, 34, 93, "LSTM", colour["residual"])
style.name_line(started, 80, 93, "GRU", colour["ink-2"])
style.name_line(started, 80, 60, "RNN", colour["tanh"], ha="right")
style.name_line(started, 10, 25, "guessing", colour["neutral"], dy=-9)

# %%
# As drawn, the famous cells soon do worse than the simple one: their gates start about half open, and after so few
# updates many of them have not learned even the shortest sequences. With gates that start open they remember.

mean = table.groupby(["start", "cell", "length"])["percent"].mean()
style.show(
    figure,
    alt="Share of sequences whose first symbol is named, by length. "
    + " ".join(
        f"{cell}, {start} start: " + ", ".join(f"{n} symbols {mean[start, cell, n]:.0f} %" for n in lengths) + "."
        for start, cell in mean.index.droplevel("length").unique()
    ),
    data=table[["cell", "start", "length", "rate", "seed", "accuracy"]],
)
