"""
The same training, run again
============================

How often two runs on the same data give different answers, and whether answers given with 80 % confidence are right in
80 % of the cases. Claim C23: leave deep learning alone where very low randomness and high reliability are needed.
"""

# %%
# Two runs differ: the share of new signals on which they do. A filled mark is two runs on the same data, a ring two
# runs on two sets of the same size; a bar is the 95 % interval over sets, a faint dot one set.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.when_to_use.reliability import percents
from lecture.experiments.when_to_use.repeatability import Repeatability
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(Repeatability.preset())
found = percents(table)
names = {"logistic": "logistic", "SVM": "SVM", "forest": "forest", "network": "network", "ensemble": "five vote"}
hue = {method: colour["deep" if method in ("network", "ensemble") else "classical"] for method in names}

figure, (restless, sure) = plt.subplots(1, 2, figsize=(7.2, 4.0), width_ratios=(1, 1.1))
told = []
for row, (method, name) in enumerate(names.items()):
    same = mean_interval(found[method, "disagreement"])
    told.append(f"{name} {same.value:.1f} %")
    singles = found[method, "disagreement"]
    restless.plot(singles, [row] * len(singles), "o", color=hue[method], alpha=0.25, markersize=4, markeredgewidth=0)
    restless.plot([same.low, same.high], [row, row], color=hue[method], linewidth=4, solid_capstyle="butt")
    restless.plot(same.value, row, "o", color=hue[method], markersize=7)
    if (method, "disagreement_other") in found:
        other = mean_interval(found[method, "disagreement_other"])
        restless.plot([other.low, other.high], [row, row], color=hue[method], linewidth=1.5)
        restless.plot(other.value, row, "o", color=hue[method], markersize=7, markerfacecolor=colour["paper"])
        told[-1] += f", on two sets {other.value:.1f} %"
restless.set_yticks(range(len(names)), list(names.values()))
restless.set_ylim(len(names) - 0.4, -0.6)
restless.set(title="Two runs differ", xlabel="%: same data ●, other data ○", xlim=(-2, None))
restless.grid(axis="x")
restless.grid(visible=False, axis="y")
restless.tick_params(axis="y", length=0)

# %%
# Confidence and accuracy: all answers of all runs, sorted by confidence into bins. On the dotted diagonal a classifier
# is right as often as it says. Below it, it is too sure; above it, too modest. Bins with less than 1 % of the answers
# are left out.

sure.plot([0, 100], [0, 100], ":", color=colour["neutral"], linewidth=1.5)
lines = {
    ("forest", ""): ("forest", "-"),
    ("network", ""): ("network", "-"),
    ("ensemble", ""): ("five vote", "--"),
    ("ensemble", "_scaled"): ("five vote, scaled", ":"),
}
for (method, suffix), (name, dash) in lines.items():
    own = table[table["method"] == method]
    bins = {
        part: own[own["quantity"] == f"bin_{part}{suffix}"].pivot(index="seed", columns="at", values="value")
        for part in ("share", "confidence", "accuracy")
    }
    weight = bins["share"].sum()
    kept = weight > 0.01 * len(bins["share"])
    x, y = (100 * (bins["share"] * bins[part]).sum()[kept] / weight[kept] for part in ("confidence", "accuracy"))
    sure.plot(x, y, dash, color=hue[method], linewidth=2, marker="o", markersize=3, label=name)
sure.set(title="Confidence and accuracy", xlabel="confidence, %", ylabel="right, %", xlim=(0, 102), ylim=(0, 102))
sure.legend(loc="lower right", fontsize=9, handlelength=1.6, borderaxespad=0.2)

# %%
errors = {m: found[m, "calibration_error"].mean() for m in names}
after = {m: found[m, "calibration_error_scaled"].mean() for m in ("network", "ensemble")}
style.show(
    figure,
    alt="Two runs on the same data differ on: "
    + "; ".join(told)
    + ". Calibration error: "
    + ", ".join(f"{names[m]} {error:.1f} %" for m, error in errors.items())
    + "; after temperature scaling "
    + ", ".join(f"{names[m]} {error:.1f} %" for m, error in after.items())
    + ".",
    data=table[table["quantity"].str.startswith("disagreement") | table["quantity"].str.match("bin_(conf|acc)")],
)
