"""
Playing against yourself
========================

A table of tic-tac-toe values that learns from games alone, and every line of play that an opponent can try against it.
Claim C20: play against yourself as AlphaGo does.
"""

# %%
# After some numbers of games an opponent tries everything against the learner's best moves, once as O and once as X,
# and we count the lines that the learner loses. Below 1 the axis is linear, so that nothing lost has a place too.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.when_to_use.c20_generated import lines_lost
from lecture.experiments.when_to_use.self_play import SelfPlay
from lecture.models.tic_tac_toe import game
from lecture.records import read

colour = style.use()
table = lines_lost(read(SelfPlay.preset()))
table["misplayed"] = 100 * table["blunders"] / (~game().over).sum()

# %%
# A thin line is one learner, a thick one their mean.

figure, (lost, misplayed) = plt.subplots(1, 2, figsize=(7.2, 3.9))
LINES = {"itself": ("itself", "deep", 0), "random": ("random mover", "neutral", 0)}
for axes, column in ((lost, "lost"), (misplayed, "misplayed")):
    for opponent, (name, hue, dy) in LINES.items():
        runs = table[table["opponent"] == opponent].pivot(index="games", columns="seed", values=column)
        axes.plot(runs.index, runs, color=colour[hue], linewidth=0.6, alpha=0.6)
        axes.plot(runs.index, runs.mean(axis=1), "o-", color=colour[hue], markersize=4)
        style.name_line(axes, runs.index[-1], runs.mean(axis=1).iloc[-1], name, colour[hue], dy)
    axes.set(xscale="log", xlabel="games played")
    axes.set_xlim(None, 18 * table["games"].max())
    axes.set_xticks([n for n in (100, 1000, 10_000) if n <= table["games"].max()])
    axes.minorticks_off()
lost.set_yscale("symlog", linthresh=1)
lost.set(title="Lines of play lost", yticks=[0, 1, 100, 10_000], yticklabels=["0", "1", "100", "10,000"])
lost.set_ylim(-0.3, 2 * table["lost"].max())
misplayed.set(title="Positions misplayed, %", ylim=(-3, None))

# %%
# Positions misplayed are counted among all, also those that the learner would never enter: there it need not know the
# way.

ends = table[table["games"] == table["games"].max()].groupby("opponent")
style.show(
    figure,
    alt=f"Of {table['seed'].nunique()} learners, after {table['games'].max():,} games: "
    + "; ".join(
        f"against {LINES[opponent][0]}, {(runs['lost'] == 0).sum()} are beaten by no line of play, "
        f"on average {runs['lost'].mean():.0f} lines are lost and {runs['misplayed'].mean():.0f} % of positions "
        "misplayed"
        for opponent, runs in ends
    )
    + ".",
    data=table,
)
