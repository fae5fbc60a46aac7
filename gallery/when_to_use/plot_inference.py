"""
What one prediction costs
=========================

The energy of one prediction, estimated, and the accuracy of six methods on the same handwritten digits, in numbers of
32 bits and of 8. Claim C23: leave deep learning alone where there is little computing or power at inference.
"""

# %%
# A line goes from the energy of the arithmetic alone (ring) to that with every number of the model fetched once from
# memory outside the chip (dot). A chip that keeps its model beside the arithmetic lies between. Accuracy comes with
# its 95 % interval; faint dots are single splits.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.when_to_use.energy import CLASSICAL, costs
from lecture.experiments.when_to_use.inference import Inference
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = costs(read(Inference.preset()))
names = {
    "logistic": "logistic", "logistic, int8": "  in 8 bits", "forest": "forest", "kNN": "neighbours",
    "MLP": "MLP", "MLP, int8": "  in 8 bits", "CNN": "CNN", "CNN, int8": "  in 8 bits",
    "small CNN": "small CNN", "small CNN, int8": "  in 8 bits", "small CNN, taught": "  taught",
}  # fmt: skip
groups = {name: table[table["name"] == name] for name in names}
gaps = {"forest", "kNN", "MLP", "CNN", "small CNN"}
height, rows = 0.0, {}
for name in names:
    height += 1.45 if name in gaps else 1.0
    rows[name] = height

# %%
figure, (energy, accuracy) = plt.subplots(1, 2, figsize=(7.2, 4.6), sharey=True, width_ratios=(1.35, 1))
told = []
for name, runs in groups.items():
    hue = colour["classical" if name.split(",")[0] in CLASSICAL else "deep"]
    low, high = runs["arithmetic"].mean(), runs["total"].mean()
    energy.plot([low, high], [rows[name]] * 2, color=hue, linewidth=2)
    energy.plot(low, rows[name], "o", color=hue, markersize=5.5, markerfacecolor=colour["paper"], markeredgewidth=1.6)
    energy.plot(high, rows[name], "o", color=hue, markersize=5.5)
    found = mean_interval(runs["accuracy"])
    accuracy.plot(
        runs["accuracy"], [rows[name]] * len(runs), "o", color=hue, alpha=0.25, markersize=4, markeredgewidth=0
    )
    accuracy.plot([found.low, found.high], [rows[name]] * 2, color=hue, linewidth=3.5, solid_capstyle="butt")
    accuracy.plot(found.value, rows[name], "|", color=hue, markersize=11, markeredgewidth=2.2)
    told.append(f"{name} {low:.2g} to {high:,.0f} nJ at {found.value:.1f} %")

energy.set(xscale="log", xlabel="nanojoules", title="Energy: arithmetic ○, all ●")
accuracy.set(xlabel="per cent of new images", title="Accuracy")
energy.set_yticks(list(rows.values()), list(names.values()))
energy.set_ylim(height + 0.7, 0.3)
energy.set_xticks([10**power for power in (0, 2, 4, 6)])
energy.minorticks_off()
for panel in (energy, accuracy):
    panel.grid(axis="x")
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0, labelsize=10)

# %%
# The estimate uses the energy of single operations in a process of 2014. Their ratios matter here, not their size.

style.show(
    figure,
    alt="Estimated energy of one prediction, arithmetic alone to all numbers fetched, and accuracy: "
    + "; ".join(told)
    + ".",
    data=table[["name", "seed", "accuracy", "numbers", "multiply_adds", "comparisons", "arithmetic", "total"]],
)
