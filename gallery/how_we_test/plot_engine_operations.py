"""
Where a step goes
=================

The time of a training step of this book's engine by kind of operation, in PyTorch's own profile, for three networks.
The figure tests no claim of the talk. It measures the program that makes this book.
"""

# %%
# Products with weights are what a step is for. The rest is what it takes to get from one to the next.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.how_we_test.engine_operations import EngineOperations
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
table = read(EngineOperations.preset())
table["share"] *= 100
networks = table[["network", "depth"]].drop_duplicates().itertuples(index=False)
names = {(network, depth): f"MLP, {depth} layers" if network == "MLP" else network for network, depth in networks}
kinds = list(table["operation"].unique())

# %%
figure, axes = plt.subplots(1, len(names), sharex=True, sharey=True, figsize=(7.2, 3.4))
shares = {}
for panel, (key, name) in zip(axes, names.items(), strict=True):
    rows = table[(table["network"] == key[0]) & (table["depth"] == key[1])]
    shares[name] = found = intervals(rows.groupby("operation")["share"])
    values = [found[kind].value for kind in kinds]
    errors = [[i.value - i.low for i in map(found.get, kinds)], [i.high - i.value for i in map(found.get, kinds)]]
    hues = [colour["deep"], *[colour["neutral"]] * (len(kinds) - 1)]
    panel.barh(kinds, values, color=hues, height=0.6, xerr=errors, error_kw={"ecolor": colour["ink"], "linewidth": 1})
    for kind, value in zip(kinds, values, strict=True):
        panel.annotate(
            f"{value:.0f}", (max(value, found[kind].high), kind), (4, 0), textcoords="offset points", va="center"
        )
    panel.set(title=name, xlabel="% of the time")
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
axes[0].invert_yaxis()
axes[0].set_xlim(0, 1.25 * table["share"].max())
axes[0].tick_params(axis="y", labelcolor=colour["ink"])

# %%
# What is called bookkeeping is PyTorch's own: which tensor belongs where, and how the way back goes.

style.show(
    figure,
    alt="Shares of the time of a training step, by kind of operation. "
    + " ".join(
        f"{name}: " + ", ".join(f"{kind} {found[kind].value:.0f} %" for kind in kinds) + "."
        for name, found in shares.items()
    ),
    data=table.groupby(["network", "depth", "operation"], sort=False)["share"].mean().reset_index(),
)
