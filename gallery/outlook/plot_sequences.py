"""
Three ways to remember
======================

A simple recurrent network, an LSTM and a Transformer on one memory test, and where the Transformer looks. Claim C28:
there is more to tell, RNN, LSTM and Transformer among it.
"""

# %%
# Name the first symbol of a sequence. All train until they have solved it or time is up, the recurrent ones from their
# best start.

import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.outlook.sequences import COLOURS, networks
from lecture.experiments.gradient_vanishing.recall import RecallLSTM, RecallRNN
from lecture.experiments.outlook.attention_map import AttentionMap
from lecture.experiments.outlook.recall_longer import RecallLSTMLonger, RecallRNNLonger
from lecture.experiments.outlook.recall_transformer import RecallTransformer
from lecture.records import read

colour = style.use()
figure, (recall, looks) = plt.subplots(1, 2, figsize=(7.2, 3.7), width_ratios=(1.15, 1))
tests = (RecallRNN, RecallLSTM, RecallRNNLonger, RecallLSTMLonger, RecallTransformer)
runs = networks(*(read(test.preset()) for test in tests))
means = {}
for name, rows in runs.items():
    means[name] = rows.mean()
    recall.plot(means[name], color=colour[COLOURS[name]], marker="o", markersize=5)
lengths = list(means["RNN"].index)
recall.set_xscale("log")
recall.set_xticks(lengths, [str(length) for length in lengths])
recall.minorticks_off()
recall.set(xlabel="symbols in a sequence", ylabel="runs that solve it, %", ylim=(0, 112), yticks=[0, 25, 50, 75, 100])
recall.set_title("How far back")
shortest, longest = lengths[0], lengths[-1]
for name, share, percent, role, ha in [
    ("LSTM", 0.44, 107, "residual", "left"),
    ("Transformer", 0.8, 83, "deep", "right"),
    ("RNN", 0.53, 57, "tanh", "right"),
]:
    style.name_line(recall, shortest * (longest / shortest) ** share, percent, name, colour[role], ha=ha)

# %%
# Second, attention of the last position in one network, for sequences that begin with each of the four cues, while it
# learns. Each block goes from the first training step (top) to the last (bottom); dark means much attention.

table = read(AttentionMap.preset())
one = table[table["seed"] == table["seed"].min()]
picture = one.pivot(index=["answer", "step"], columns="position", values="weight")
steps, last = one["step"].nunique(), one["position"].max()
attention = LinearSegmentedColormap.from_list("attention", [colour["paper"], colour["deep"]])
looks.imshow(picture, cmap=attention, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
for block in range(1, 4):
    looks.axhline(block * steps - 0.5, color=colour["ink-2"], linewidth=0.8)
looks.set_yticks([steps * (block + 0.5) - 0.5 for block in range(4)], list("ABCD"))
looks.set_xticks([0, last - 1], ["first", "last"])
looks.set(xlabel="position looked at", ylabel="cue", title="Where the last one looks")
looks.grid(visible=False)

# %%

final = one[(one["step"] == one["step"].max()) & (one["position"] == 1)].set_index("answer")["weight"]
style.show(
    figure,
    alt="Share of runs that solve the memory test. "
    + " ".join(
        f"{m}: " + ", ".join(f"{n} symbols {v:.0f} %" for n, v in found.items()) + "." for m, found in means.items()
    )
    + f" Attention on the first of {last} symbols after training, by cue: "
    + ", ".join(f"{cue} {100 * weight:.0f} %" for cue, weight in zip("ABCD", final, strict=True))
    + ".",
    data=table,
)
