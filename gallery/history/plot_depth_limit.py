"""
What the old tools could train
==============================

Training accuracy of plain networks of two to eight layers, by recipe and by patience. Claim C03: nobody could train
more than three or four layers; they overfitted, or stalled.
"""

# %%
# The custom of the time is the sigmoid, small uniform weights and plain gradient descent. Thin lines are single seeds,
# thick ones their means.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.history.depth_limit import DepthLimit
from lecture.records import read

colour = style.use()
runs = read(DepthLimit.preset())
runs["percent"] = 100 * runs["train_accuracy"]
most = runs["passes"].max()
RECIPES = {
    "custom": ("the custom", "sigmoid", "-"),
    "momentum": ("with momentum", "sigmoid", "--"),
    "Adam": ("with Adam", "sigmoid", ":"),
    "1998": ("of 1998", "tanh", "-"),
}

# %%
# By patience: the custom, after more and more passes. By recipe: all recipes after the last of them.

figure, (patience, recipe) = plt.subplots(1, 2, figsize=(7.2, 4), sharey=True)
layers = sorted(runs["layers"].unique())
custom = runs[runs["recipe"] == "custom"]
means = custom.groupby(["passes", "layers"])["percent"].mean()
for place, passes in enumerate(sorted(runs["passes"].unique())):
    strength = 0.35 + 0.65 * place / (runs["passes"].nunique() - 1)
    line = {"color": colour["sigmoid"], "alpha": strength, "marker": "o", "markersize": 4}
    patience.plot(layers, means[passes], **line, label=f"{passes} passes")
patience.legend(loc="upper right", reverse=True, labelcolor=colour["sigmoid"], handlelength=1.1)
ends = runs[runs["passes"] == most]
for name, (words, hue, dashes) in RECIPES.items():
    table = ends[ends["recipe"] == name].pivot(index="layers", columns="seed", values="percent")
    recipe.plot(table, dashes, color=colour[hue], linewidth=0.6, alpha=0.3)
    recipe.plot(table.mean(axis=1), dashes, color=colour[hue], marker="o", markersize=4, label=words)
recipe.legend(loc="center left", labelcolor="linecolor", bbox_to_anchor=(-0.03, 0.42), handlelength=1.4)
for panel, title in ((patience, "By patience"), (recipe, f"By recipe, {most} passes")):
    panel.axhline(10, color=colour["neutral"], linewidth=1.2, linestyle=":")
    panel.set(xlabel="layers", xticks=layers, ylim=(0, 106), yticks=[0, 50, 100], title=title)
style.name_line(patience, layers[0], 10, "guessing", colour["neutral"], dy=-9)
patience.set(ylabel="training examples right, %")

# %%
# After a few passes three or four layers are the most that the custom can train; every further one takes patience. The
# best recipe that was printed at the time knows no such limit here.

at_end = ends.groupby(["recipe", "layers"])["percent"].mean()
style.show(
    figure,
    alt="Training accuracy by the custom of the time: "
    + "; ".join(
        f"after {passes} passes " + ", ".join(f"{n} layers {means[passes, n]:.0f} %" for n in layers)
        for passes in sorted(runs["passes"].unique())
    )
    + f". After {most} passes, "
    + "; ".join(
        f"{words}: " + ", ".join(f"{n} layers {at_end[name, n]:.0f} %" for n in layers)
        for name, (words, *_) in RECIPES.items()
        if name != "custom"
    )
    + ". Guessing gives 10 %.",
    data=runs[["recipe", "layers", "passes", "rate", "seed", "train_loss", "train_accuracy", "test_accuracy"]],
)
