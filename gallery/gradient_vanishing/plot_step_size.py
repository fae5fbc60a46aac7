"""
Too small, right, too large
===========================

How long should the "small step" of claim C08 be? Three walks on the same ravine, and the number of steps that a
hundred starts needed at each step size.
"""

# %%
# The whole of gradient descent is the one line inside the loop.

import matplotlib.pyplot as plt
import numpy as np
import torch

from lecture import style
from lecture.experiments.gradient_vanishing.step_size import StepSize
from lecture.experiments.gradient_vanishing.surfaces import SURFACES
from lecture.records import read

colour = style.use()
ravine = SURFACES[1]
x, y = np.meshgrid(np.linspace(-2.2, 2.2, 120), np.linspace(-1, 1, 120))
height = ravine.height(torch.from_numpy(np.stack([x, y], -1))).numpy()

figure, panels = plt.subplots(1, 4, figsize=(7.2, 2.6), width_ratios=(1, 1, 1, 1.5))
for panel, (title, pace) in zip(panels, {"too small": 0.1, "right": 1.85, "too large": 2.02}.items(), strict=False):
    point = torch.tensor([-2.0, 0.6], dtype=torch.float64)
    path = [point]
    for _ in range(30):
        point = point - pace / ravine.curvature * ravine.gradient(point)
        path.append(point)
    panel.contour(x, y, height, levels=[0.1, 0.5, 1.5, 4, 8], colors=colour["line"], linewidths=0.8)
    panel.plot(*torch.stack(path).T, ".-", color=colour["ink"], linewidth=0.9, markersize=4)
    panel.plot(0, 0, "x", color=colour["deep"], markersize=8, markeredgewidth=2)
    panel.set(title=title, xticks=[], yticks=[], xlim=(-2.2, 2.2), ylim=(-1, 1), xlabel=f"{pace} / λ")
    panel.grid(visible=False)

# %%
# Theory says: descent converges below 2/λ, where λ is the largest curvature, and diverges above. The measurement
# agrees.

table = read(StepSize.preset())
needed = table.groupby(["surface", "pace"])["needed"].agg(lambda steps: steps.mean(skipna=False)).unstack("surface")
count = panels[-1]
for surface, hue, at in (("bowl", "neutral", 0.4), ("ravine", "ink", 0.6)):
    steps = needed[surface].dropna()
    count.semilogy(steps.index, steps, color=colour[hue])
    style.name_line(count, at, steps[at], surface, colour[hue], dy=9)
count.axvline(2, color=colour["neutral"], linewidth=1.2, linestyle="--")
count.set(title="Steps needed", xlabel="step size times λ", xticks=[0, 1, 2], xlim=(0, 2.15), ylim=(0.7, 3000))
count.minorticks_off()

# %%
best = {name: (needed[name].idxmin(), needed[name].min()) for name in needed}
style.show(
    figure,
    alt="Three walks on a ravine: short steps creep, the right size arrives, long ones leave it. Mean number of "
    "steps to a hundredth of the distance against step size; "
    + "; ".join(f"{name}: fewest, {steps:.0f}, at {pace:g}/λ" for name, (pace, steps) in best.items())
    + ". Above 2/λ nothing converges.",
    data=needed.reset_index(),
)
