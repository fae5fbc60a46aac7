"""
What two machines say to each other
===================================

How many bytes each of two machines sends in one training step of AlexNet, if each holds half of the network, and if
each sees half of the batch. Claim C17: training on GPUs was far from obvious.
"""

# %%
# Two towers exchange what one layer hands to the next, for each image. Two halves of the batch exchange gradients,
# for each weight, however many images there are.

import matplotlib.pyplot as plt
import numpy as np

from lecture import style
from lecture.data.literature import gpus
from lecture.experiments.gpu.two_towers import TwoTowers
from lecture.records import read

colour = style.use()
table = read(TwoTowers.preset())
one = table[table["seed"] == table["seed"].min()]
crossing = (one["forward"] + one["backward"]).sum() / 1e6
gradients = 4 * one["parameters"].sum() / 1e6

# %%
images = np.geomspace(8, 8192, 11)
figure, axes = plt.subplots(figsize=(7.2, 3.6))
axes.loglog(images, crossing * images, color=colour["deep"])
axes.loglog(images, np.full_like(images, gradients), color=colour["classical"])
style.name_line(axes, images[-1], crossing * images[-1], "half of the network each", colour["deep"], dy=8, ha="right")
style.name_line(axes, images[0], gradients, "half of the batch each", colour["classical"], dy=9)
axes.axvline(gpus.BATCH, color=colour["neutral"], linewidth=1.2, linestyle=":")
style.name_line(axes, gpus.BATCH, crossing * images[0], f"AlexNet's {gpus.BATCH}", colour["neutral"])
axes.set(
    xlabel="images a step",
    ylabel="sent by each machine, MB a step",
    ylim=(crossing * images[0] / 2, 2.5 * crossing * images[-1]),
)

# %%
style.show(
    figure,
    alt=f"Megabytes that each of two machines sends in a step, against the images of the step. With half of the "
    f"network each: {crossing:.2g} for each image, {crossing * gpus.BATCH:.3g} for {gpus.BATCH}. With half of the "
    f"batch each: {gradients:.3g}, whatever the number of images.",
    data=one.drop(columns="seed"),
)
