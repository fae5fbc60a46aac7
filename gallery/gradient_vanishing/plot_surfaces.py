"""
Four surfaces
=============

Gradient descent on a bowl, a ravine, a saddle and a plateau, from the same starting points. Claim C08 says that it
is easy on a bowl. It is, and the other three show what else a loss surface may have in store.
"""

# %%
# Every surface gets the step size that its own curvature allows. A dot is a start, a cross a minimum; a start from
# which no path arrives is left hollow.

import matplotlib.pyplot as plt
import numpy as np
import torch

from lecture import style
from lecture.experiments.gradient_vanishing.descent import Descent
from lecture.experiments.gradient_vanishing.surfaces import SURFACES
from lecture.records import read

NEAR, DRAWN = 0.01, 12  # an arrival is this close to a minimum; so many of the paths are drawn

colour = style.use()
table = read(Descent.preset())
last = table[table["step"] == table["step"].max()].set_index(["surface", "seed"])
arrived = last["distance"] < NEAR
share = arrived.groupby("surface").mean()

x, y = np.meshgrid(*[np.linspace(-2.1, 2.1, 60)] * 2)
grid = torch.from_numpy(np.stack([x, y], -1))

# %%
figure, panels = plt.subplots(1, 4, figsize=(7.2, 2.3))
for panel, surface in zip(panels, SURFACES, strict=True):
    height = surface.height(grid).numpy()
    levels = np.quantile(height, np.linspace(0.02, 0.98, 9))
    panel.contour(x, y, height, levels=levels, colors=colour["line"], linestyles="-", linewidths=0.8)
    for seed, path in table[table["surface"] == surface.name].groupby("seed"):
        if seed - table["seed"].min() < DRAWN:
            hue, inside = (colour["deep"],) * 2 if arrived[surface.name, seed] else (colour["neutral"], "none")
            panel.plot(path["x"], path["y"], color=hue, linewidth=1.1, gid="draw")
            panel.plot(path["x"].iloc[0], path["y"].iloc[0], "o", color=hue, markerfacecolor=inside, markersize=4)
    panel.plot(*np.transpose(surface.minima), "x", color=colour["ink"], markersize=7, markeredgewidth=2)
    panel.set_title(surface.name)
    panel.set(aspect="equal", xticks=[], yticks=[], xlabel=f"{share[surface.name]:.0%} arrive")
    panel.grid(visible=False)

# %%
# On the bowl the way down points at the minimum, from everywhere. On the ravine it points across: the path drops
# to the floor at once and then creeps. The saddle lets go in the end. On the plateau the slope is so small that
# nothing moves, and this is what a saturated sigmoid will do to a network.

style.show(
    figure,
    alt="Paths of gradient descent on four surfaces. Share of starts that reach a minimum within "
    f"{table['step'].max()} steps: " + ", ".join(f"{s.name} {share[s.name]:.0%}" for s in SURFACES) + ".",
    data=table[table["seed"] < table["seed"].min() + DRAWN][["surface", "seed", "step", "x", "y", "height"]],
)
