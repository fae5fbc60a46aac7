"""
From 150 irises to billions of captions
=======================================

Numbers of labelled examples by year of publication, on a logarithmic axis. Claim C16: with as many images as ImageNet
has, networks do not overfit.
"""

# %%
# Filled: a person gave or checked each label. Open: the label was found with the image, as a search word, a hashtag or
# a caption.

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.data.literature.image_sets import SETS

colour = style.use()
SHORT = {10**9: "billion", 10**6: "million"}
data = pd.DataFrame([vars(found) for found in SETS])

# %%
figure, axes = plt.subplots(figsize=(7.2, 4.4))
for row, found in enumerate(SETS):
    by_hand = found.labels == "by hand"
    hue = colour["ink" if by_hand else "neutral"]
    axes.plot([100, found.images], [row, row], color=hue, linewidth=1.2, alpha=0.45)
    fill = hue if by_hand else colour["paper"]
    axes.plot(found.images, row, "o", color=hue, markersize=7, markerfacecolor=fill, markeredgewidth=1.8)
    power = next((p for p in SHORT if found.images >= p), None)
    size = f"{found.images / power:.3g} {SHORT[power]}" if power else f"{found.images:,}"
    style.name_line(axes, found.images, row, size, hue)
axes.set_yticks(range(len(SETS)), [f"{found.name}  {found.year}" for found in SETS])
axes.invert_yaxis()
axes.set(xscale="log", xlabel="labelled examples", xlim=(100, 3e11))
axes.set_xticks([10**k for k in (2, 4, 6, 8, 10)])
axes.minorticks_off()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.tick_params(axis="y", length=0)

# %%
# What people labelled one by one ended near ten million. Everything larger takes its labels from somewhere.

style.show(
    figure,
    alt="Labelled examples: "
    + "; ".join(f"{found.name}, {found.year}: {found.images:,}, labels {found.labels}" for found in SETS)
    + ".",
    data=data,
)
