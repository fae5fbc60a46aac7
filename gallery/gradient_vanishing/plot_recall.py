"""
How far back it remembers
=========================

A sequence of 30 to 200 symbols; name the first. "As drawn" are cells as the libraries start them, "Started to remember"
the same cells with open gates, or as the LSTM's authors started it. Claim C15: for sequences, the LSTM of 1997 solved
it in a similar way.
"""

# %%
# Each dot is the share of runs that solve sequences of that length. A network from which no run solves a length is not
# tried at longer ones.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.experiments.gradient_vanishing.recall import RecallGRU, RecallLSTM, RecallRNN
from lecture.records import read

colour = style.use()
table = pd.concat([read(cell.preset()) for cell in (RecallRNN, RecallLSTM, RecallGRU)])
share = 100 * (table["updates"] >= 0).groupby([table["cell"], table["start"], table["length"]]).mean()

# %%
HUES = {"RNN": "tanh", "LSTM": "residual", "GRU": "deep"}
PANELS = {
    "As drawn": {
        ("RNN", "default"): ("RNN", "-", -9),
        ("GRU", "default"): ("GRU", "-", 9),
        ("LSTM", "default"): ("LSTM, PyTorch", "-", -9),
        ("LSTM", "forget 1"): ("LSTM, Keras", "--", 9),
        ("LSTM", "1997"): ("LSTM, 1997", ":", 9),
    },
    "Started to remember": {
        ("RNN", "remember"): ("RNN, orthogonal", "-", -10),
        ("GRU", "remember"): ("GRU", "-", -10),
        ("LSTM", "remember"): ("LSTM", "-", -22),
        ("LSTM", "1997, shut"): ("LSTM, 1997", ":", 9),
    },
}
figure, panels = plt.subplots(1, 2, figsize=(7.2, 3.8), sharey=True)
lengths = sorted(table["length"].unique())
for panel, (title, networks) in zip(panels, PANELS.items(), strict=True):
    for (cell, start), (name, dashes, shift) in networks.items():
        found = share[cell, start]
        panel.plot(found.index, found, dashes, color=colour[HUES[cell]], marker="o", markersize=5)
        style.name_line(panel, found.index[-1], found.iloc[-1], name, colour[HUES[cell]], dy=shift)
    panel.set_xscale("log")
    panel.set_xticks(lengths, [str(length) for length in lengths])
    panel.minorticks_off()
    panel.set(title=title, xlabel="symbols in a sequence", ylim=(-12, 118), yticks=[0, 25, 50, 75, 100])
    panel.set_xlim(0.85 * lengths[0], 3.4 * lengths[-1])
panels[0].set(ylabel="runs that solve it, %")

# %%
# As libraries draw it, the famous cell does worse than the simple one: its gates start about half open. With gates that
# start open, or shut to what comes in as in 1997, it solves them all.

style.show(
    figure,
    alt="Share of runs that solve the memory test, by number of symbols. "
    + " ".join(
        f"{cell}, {start} start: " + ", ".join(f"{n} symbols {share[cell, start, n]:.0f} %" for n in found.index) + "."
        for (cell, start), found in (
            ((cell, start), share[cell, start]) for cell, start in share.index.droplevel("length").unique()
        )
    ),
    data=table[["cell", "start", "length", "rate", "seed", "updates", "accuracy"]],
)
