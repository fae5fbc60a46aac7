"""
Playing against yourself
========================

Networks that learn two games from nothing but their rules, and every line of play that an opponent can try against
them. Claim C20: play against yourself as AlphaGo does.
"""

# %%
# After some numbers of games an opponent tries everything, once as X and once as O, against the network alone (dashed)
# and against the network with its search. A thin line is one learner, a thick one their mean. Below a tenth of a per
# cent the axis is linear, so that nothing lost has a place too.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.claims.when_to_use.c20_generated import SAFE
from lecture.experiments.when_to_use.self_play import FourInARow, TicTacToe
from lecture.records import read

colour = style.use()
tables = {settings.name_of_game: read(settings) for settings in (TicTacToe.preset(), FourInARow.preset())}
LINES = {"network": ("network", "neutral", "--"), "network and search": ("with search", "deep", "-")}

# %%
figure, panels = plt.subplots(1, 2, figsize=(7.2, 3.9), sharey=True)
for panel, (name, table) in zip(panels, tables.items(), strict=True):
    table["share"] = 100 * table["lost"] / table["lines"]
    for player, (label, hue, dash) in LINES.items():
        runs = table[table["player"] == player].pivot(index="games", columns="seed", values="share")
        panel.plot(runs.index, runs, color=colour[hue], linewidth=0.6, alpha=0.6)
        panel.plot(runs.index, runs.mean(axis=1), dash, marker="o", color=colour[hue], markersize=4)
        style.name_line(panel, runs.index[-1], runs.mean(axis=1).iloc[-1], label, colour[hue])
    panel.axhline(SAFE.value, color=colour["neutral"], linewidth=1.2, linestyle=":")
    panel.set(title=name.capitalize(), xlabel="games played", xlim=(None, 1.75 * table["games"].max()))
    panel.set_xticks([0, table["games"].max()], ["0", f"{table['games'].max():,}"])
panels[0].set_yscale("symlog", linthresh=0.1)
panels[0].set(ylabel="lines of play lost, %", yticks=[0, 0.1, 1, 10], yticklabels=["0", "0.1", "1", "10"])
panels[0].set_ylim(-0.01, 60)

# %%
# Give the search more positions to look at before each move (``simulations``), and see how far it makes up for games.

data = pd.concat(tables, names=["game"]).reset_index(level="game")
means = data.groupby(["game", "player", "games"])["share"].mean()
style.show(
    figure,
    alt="Share of all lines of play that the learners lose on average, before the first game and after the last. "
    + " ".join(
        f"{name.capitalize()}, {LINES[player][0]}: "
        f"{means[name, player].iloc[0]:.1f} and {means[name, player].iloc[-1]:.1f} %."
        for name in tables
        for player in LINES
    ),
    data=data,
)
