"""
Looking around
==============

Stand on a slope, look once around on a small circle, and note where the ground is lowest. Is that the way the
gradient points? This is claim C08's first half, "look around, find the steepest way down", taken literally:
thousands of looks in every direction, from two hundred points on each of four surfaces.
"""

# %%
# "One look, on a wide circle" is one such look, on the ravine. The circle is drawn wide, so that the two arrows can be
# told apart: a wide circle feels the walls of the ravine as well as the slope.

import matplotlib.pyplot as plt
import torch

from lecture import style
from lecture.experiments.gradient_vanishing.look_around import LookAround, lowest
from lecture.experiments.gradient_vanishing.surfaces import SURFACES
from lecture.records import read

colour = style.use()
errors = read(LookAround.preset()).groupby(["surface", "radius"])["error"].mean().unstack("surface")

figure, (look, compare) = plt.subplots(1, 2, figsize=(7.2, 3.4))

# %%
ravine = SURFACES[1]
here, radius = torch.tensor([[0.8, 0.09]], dtype=torch.float64), 0.08
x, y = torch.meshgrid(torch.linspace(0.68, 0.92, 80), torch.linspace(-0.03, 0.21, 80), indexing="xy")
look.contour(x, y, ravine.height(torch.stack([x, y], -1)), levels=12, colors=colour["line"], linewidths=0.8)
look.add_patch(plt.Circle(here[0].tolist(), radius, fill=False, color=colour["neutral"], linewidth=1.2))
gradient = ravine.gradient(here)
directions = {
    "lowest": (lowest(ravine, here, radius, looks=3600), "deep", "right"),
    "gradient": (-gradient / gradient.norm(), "ink", "left"),
}
for text, (direction, hue, side) in directions.items():
    tip = here[0] + radius * direction[0]
    arrow = {"arrowstyle": "-|>", "color": colour[hue], "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    look.annotate("", tip.tolist(), here[0].tolist(), arrowprops=arrow)
    style.name_line(look, *tip.tolist(), text, colour[hue], dy=-7, ha=side)
look.plot(*here[0].tolist(), "o", color=colour["ink"])
look.set(
    title="One look, on a wide circle", aspect="equal", xticks=[], yticks=[], xlabel="along the ravine", ylabel="across"
)
look.grid(visible=False)

# %%
# "Angle between the two" is about all of them. The smaller the circle, the better looking around agrees with the
# gradient, until only the distance between two looks is left. On the round bowl the size of the circle does not
# matter at all.

for surface in errors:
    hue, width = ("ink", 2) if surface == "ravine" else ("neutral", 1.4)
    compare.loglog(errors.index, errors[surface], color=colour[hue], linewidth=width)
for text, hue, dy in (
    ("ravine", "ink", 8),
    ("saddle", "neutral", -6),
    ("bowl", "neutral", 14),
    ("plateau", "neutral", 0),
):
    style.name_line(compare, errors.index[-1], errors[text].iloc[-1], text, colour[hue], dy=dy)
compare.set(title="Angle between the two", xlabel="radius of the circle", ylabel="degrees", xticks=[1e-6, 1e-4, 1e-2])
compare.minorticks_off()

# %%
style.show(
    figure,
    alt="One look: on the ravine, a wide circle around a point; the lowest point on it lies beside the direction of "
    "the gradient. Mean angle between the two against the circle's radius. At radius 0.001 it is "
    + ", ".join(f"{errors.loc[1e-3, name]:.2f} degrees on the {name}" for name in errors)
    + f"; at radius 0.1 it is {errors.loc[0.1, 'ravine']:.1f} degrees on the ravine "
    + f"and {errors.loc[0.1, 'bowl']:.2f} on the bowl.",
    data=errors.reset_index(),
)
