"""
What a graph is worth to a network
==================================

Zachary's karate club, with the mistakes of a network that is told the friendships and of the same network that is not;
and random graphs with two blocks, from hidden to plain. Claim C22: graphs can be done but need more work.
"""

# %%
# Squares followed the instructor, circles the administrator. The darker a member, the more often a network that knew
# the sides of four others put this one on the wrong side.

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from lecture import style
from lecture.claims.when_to_use.c22_order import THRESHOLD, members
from lecture.data.graphs import karate_club
from lecture.experiments.when_to_use.graph_blocks import GraphBlocks
from lecture.experiments.when_to_use.graph_club import GraphClub
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
figure, (told, untold, curves) = plt.subplots(1, 3, figsize=(7.2, 3.4), width_ratios=(1, 1, 2.1))
club, blocks = read(GraphClub.preset()), read(GraphBlocks.preset())
links, sides = (part.numpy() for part in karate_club())
places = nx.kamada_kawai_layout(nx.from_numpy_array(links))
at = np.array([places[node] for node in range(len(sides))])
shade = LinearSegmentedColormap.from_list("wrong", [colour["paper"], colour["ink"]])
for axes, model, title in ((told, "graph network", "Told who\nknows whom"), (untold, "blind", "Not told")):
    runs = club[(club["model"] == model) & ~club["known"]]
    wrong = 1 - runs.groupby("node")["right"].mean()
    axes.add_collection(LineCollection(at[np.argwhere(np.triu(links))], color=colour["line"], linewidth=0.8))
    for side, marker in ((0, "s"), (1, "o")):
        nodes = wrong.index[sides[wrong.index] == side]
        look = {"marker": marker, "s": 32, "cmap": shade, "vmin": 0, "vmax": 1, "edgecolor": colour["ink-2"]}
        axes.scatter(*at[nodes].T, c=wrong[nodes], linewidth=0.8, zorder=2, **look)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)

# %%
# Five nodes of each block are known, and every node has sixteen noisy numbers to read. Above the threshold the blocks
# of a large graph can be found without a single label; below it nobody can (Decelle et al. 2011). Dashed is a graph
# network whose nodes have nothing to read. Bands are 95 % intervals over seeds, each a fresh graph.

NAMES = {
    "averaged features": ("averages, linear model", "classical", "-"),
    "graph network, features": ("graph network", "deep", "-"),
    "graph network": ("nothing to read", "deep", "--"),
    "blind, features": ("not told the graph", "neutral", "-"),
}
ends = {}
for model, (_, hue, dashes) in NAMES.items():
    runs = blocks[blocks["model"] == model].pivot(index="seed", columns="strength", values="accuracy")
    found = [mean_interval(100 * runs[strength]) for strength in runs]
    curves.fill_between(
        list(runs), [f.low for f in found], [f.high for f in found], color=colour[hue], alpha=0.15, lw=0
    )
    curves.plot(list(runs), [f.value for f in found], dashes, color=colour[hue], marker="o", markersize=3)
    ends[model] = dict(zip(runs, found, strict=True))
curves.axvline(THRESHOLD, color=colour["neutral"], linestyle=":", linewidth=1.5)
curves.set(xlabel="strength of the blocks", ylabel="nodes assigned rightly, %", ylim=(38, 102), yticks=[50, 75, 100])
curves.set_xticks([0, 1, 2, 3])
curves.set_title("Random graphs, two blocks")
style.name_line(curves, 3.1, 99, NAMES["averaged features"][0], colour["classical"], ha="right")
style.name_line(curves, 3.1, 87, NAMES["graph network, features"][0], colour["deep"], ha="right")
style.name_line(curves, 3.1, 64, NAMES["blind, features"][0], colour["neutral"], ha="right")
style.name_line(curves, 1.25, 56, NAMES["graph network"][0], colour["deep"])
style.name_line(curves, THRESHOLD, 41, "threshold", colour["neutral"])

# %%

mean = members(club).mean()
first, last = min(ends["graph network"]), max(ends["graph network"])
style.show(
    figure,
    alt=f"Karate club: of the members whose side was not known, a graph network assigns {mean['graph network']:.0f} % "
    f"rightly, the same network without the graph {mean['blind']:.0f} %, label propagation "
    f"{mean['propagation']:.0f} %. Random graphs with two blocks, at strength {first:g} and {last:g}: "
    + "; ".join(f"{NAMES[m][0]} {e[first].value:.0f} and {e[last].value:.0f} %" for m, e in ends.items())
    + f". The threshold lies at {THRESHOLD:g}.",
    data=blocks[blocks["model"].isin(list(NAMES))],
)
