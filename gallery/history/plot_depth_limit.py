"""
What the old tools could train
==============================

Training and test accuracy of plain networks with two to eight layers, trained as in 1990: sigmoid, plain gradient
descent, the initialisation of the time. Claim C03: nobody could train more than three or four layers, because every
attempt overfitted.
"""

# %%
# Overfitting has a plain sign: good on the examples seen, bad on others. Pilot runs chose each network's learning rate;
# they are left out here.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.history.depth_limit import DepthLimit
from lecture.records import read

colour = style.use()
table = read(DepthLimit.preset())
runs = table[~table["pilot"]].assign(train=100 * table["train_accuracy"], test=100 * table["test_accuracy"])
few = runs["examples"] < runs["examples"].max()
now = runs["tools"] == "now"
patience = runs["steps"] > runs["steps"].min()
sweep = runs[~few & ~now & ~patience]
most = sweep["layers"].max()

# %%
# On the left the sweep over depth, with the training accuracy of each seed as a thin trace. On the right networks,
# with what they know of the examples they were trained on (filled) and of others (open).

figure, (depth, kinds) = plt.subplots(1, 2, figsize=(7.2, 3.9), width_ratios=(1.2, 1))
for _, seed in sweep.groupby("seed"):
    depth.plot(seed["layers"], seed["train"], color=colour["sigmoid"], linewidth=0.6, alpha=0.35)
means = sweep.groupby("layers")[["train", "test"]].mean()
for score, dashes in (("train", "-"), ("test", "--")):
    depth.plot(means[score], color=colour["sigmoid"], linestyle=dashes, marker="o", markersize=4)
style.name_line(depth, 2, means["train"].iloc[0], "training", colour["sigmoid"], dy=9)
style.name_line(depth, 1.6, means["test"].iloc[0], "test", colour["sigmoid"], dy=-18)
depth.axhline(10, color=colour["neutral"], linewidth=1.2, linestyle=":")
style.name_line(depth, 2, 10, "guessing", colour["neutral"], dy=-9)
depth.set(xlabel="layers", ylabel="accuracy, %", xticks=sorted(sweep["layers"].unique()), ylim=(0, 100))
depth.set_title(f"{most} layers do not learn")

# %%
networks = {
    "2 layers,\nfew examples": (runs[few], "sigmoid"),
    f"{most} layers": (sweep[sweep["layers"] == most], "sigmoid"),
    **{f"{layers} layers,\npatience": (rows, "sigmoid") for layers, rows in runs[patience].groupby("layers")},
    f"{most} layers,\ntoday's tools": (runs[now], "relu"),
}
for place, (rows, hue) in enumerate(networks.values()):
    train, test = rows["train"].mean(), rows["test"].mean()
    kinds.plot([test, train], [place, place], color=colour[hue], linewidth=5, alpha=0.25)
    kinds.plot(test, place, "o", color=colour[hue], markerfacecolor=colour["paper"], markersize=8)
    kinds.plot(train, place, "o", color=colour[hue], markersize=6)
first = next(iter(networks.values()))[0]
for score, name, align in (("test", "test", "center"), ("train", "training", "right")):
    end = first[score].mean(), 0
    kinds.annotate(name, end, (0, 9), textcoords="offset points", ha=align, color=colour["sigmoid"])
kinds.axvline(10, color=colour["neutral"], linewidth=1.2, linestyle=":")
kinds.set(xlabel="accuracy, %", xlim=(0, 106), xticks=[0, 50, 100], yticks=range(len(networks)), yticklabels=networks)
kinds.invert_yaxis()
kinds.margins(y=0.15)
kinds.grid(visible=False)
kinds.set_title("What overfits?")

# %%
# The short network with few examples overfits: all of them known, little else. The deepest one knows nothing at all.

summary = {name.replace("\n", " "): rows for name, (rows, _) in networks.items()}
style.show(
    figure,
    alt="Training and test accuracy of networks trained with the old tools: "
    + "; ".join(f"{n} layers {row.train:.0f} and {row.test:.0f} %" for n, row in means.iterrows())
    + ". For comparison: "
    + "; ".join(f"{name} {rows['train'].mean():.0f} and {rows['test'].mean():.0f} %" for name, rows in summary.items())
    + ". Guessing gives 10 %.",
    data=runs[["tools", "layers", "examples", "steps", "learning_rate", "seed", "train_loss", "train", "test"]],
)
