"""
The way back through time
=========================

How much the state after each step still matters to the error at the end, in untrained recurrent networks that read
100 symbols. Claim C15: recurrent gradients vanish, and also explode.
"""

# %%
# The gradient by each state as a share of the gradient by the last one: geometric mean over seeds.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.experiments.gradient_vanishing.through_time import ThroughTime
from lecture.records import read

colour = style.use()
table = read(ThroughTime.preset())
length = table["step"].max()
last = table[table["step"] == length].set_index(["network", "seed"])["gradient"].rename("last")
table = table.join(last, on=["network", "seed"])
table["back"] = length - table["step"]
with np.errstate(divide="ignore"):
    table["logarithm"] = np.log10(table["gradient"] / table["last"])
lines = table.groupby(["network", "back"])["logarithm"].mean().replace(-np.inf, np.nan)

# %%
LINES = {
    "RNN, orthogonal x 2": ("tanh", "-", "RNN × 2", 0),
    "RNN, orthogonal": ("tanh", "--", "RNN, orthog.", 0),
    "RNN": ("tanh", "-", "RNN", 0),
    "LSTM of 1997": ("residual", ":", "LSTM, 1997", 9),
    "LSTM, remembering": ("residual", "-", "LSTM, open", -9),
    "LSTM": ("residual", "-", "LSTM", 8),
}
figure, panel = plt.subplots(figsize=(7.2, 4.2))
for network, (hue, dashes, name, shift) in LINES.items():
    line = 10 ** lines[network].dropna()
    panel.semilogy(line, dashes, color=colour[hue])
    style.name_line(panel, line.index[-1], line.iloc[-1], name, colour[hue], dy=shift)
panel.axhline(1, color=colour["neutral"], linestyle="--", linewidth=1.2)
panel.set(xlabel="steps back through time", ylabel="share of the gradient", xticks=[0, 25, 50, 75, 100])
panel.set_yticks([1e5, 1, 1e-5, 1e-10, 1e-15, 1e-20, 1e-25])

# %%
# As PyTorch starts it, the LSTM loses the gradient about as fast as the simple network: its forget gates are about
# half open, and little comes by another way. Started with open gates it hands the gradient back. Doubled
# orthogonal weights make the gradient of the simple network explode.

arrived = {network: lines[network].iloc[-1] for network in LINES}
style.show(
    figure,
    alt=f"Gradient left after {length - 1} steps back through time, as a share of that at the last step: "
    + ", ".join(f"{network} {'0' if np.isnan(power) else f'{10**power:.0e}'}" for network, power in arrived.items())
    + ".",
    data=lines.reset_index(),
)
