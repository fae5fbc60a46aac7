"""
How deep networks failed
========================

Every network of the depth experiment, by recipe, after all passes: did it generalise, overfit, learn little or learn
nothing? Claim C03: nobody could train more than three or four layers; they overfitted, or stalled.
"""

# %%
# Four outcomes. A network learns nothing if its training loss is still that of guessing, and little if it stays bad on
# the very examples it has seen; a trained one overfits if it is more than ten points better on those than on others.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.history.c03_depth_limit import FINE, LITTLE, NOTHING, OVERFITS, STATES, at_end, with_states
from lecture.experiments.history.depth_limit import DepthLimit
from lecture.records import read

colour = style.use()
runs = at_end(with_states(read(DepthLimit.preset())))
LOOK = {
    FINE: {"fillstyle": "none"},
    OVERFITS: {"fillstyle": "left", "markerfacecoloralt": colour["paper"]},
    LITTLE: {"fillstyle": "bottom", "markerfacecoloralt": colour["paper"]},
    NOTHING: {"fillstyle": "full"},
}

# %%
# Four outcomes: a sign for each run, by its two accuracies. Every run: the same runs, in a row for each recipe.

figure, (scores, table) = plt.subplots(1, 2, figsize=(7.2, 4.2), width_ratios=(1, 1.25))
for state in STATES:
    rows = 100 * runs.loc[runs["state"] == state, ["train_accuracy", "test_accuracy"]]
    look = {"color": colour["sigmoid"], "markersize": 6, **LOOK[state]}
    scores.plot(rows["train_accuracy"], rows["test_accuracy"], "o", alpha=0.7, **look)
    scores.plot([], [], "o", label=state, **look)
scores.plot([0, 100], [0, 100], color=colour["neutral"], linewidth=1, linestyle=":")
scores.legend(loc="upper left", handletextpad=0.2, borderaxespad=0, borderpad=0.2, labelcolor=colour["sigmoid"])
scores.set(xlim=(0, 104), ylim=(0, 100), xlabel="training accuracy, %", ylabel="test accuracy, %")
scores.set(xticks=[0, 50, 100], yticks=[0, 50, 100])
scores.set_title("Four outcomes")

# %%
NAMES = {"custom": "the custom", "momentum": "with momentum", "Adam": "with Adam", "1998": "of 1998"}
COLUMNS = sorted(runs["layers"].unique())
A_ROW = 4
for row, recipe in enumerate(NAMES):
    for column, layers in enumerate(COLUMNS):
        cell = runs[(runs["recipe"] == recipe) & (runs["layers"] == layers)]
        lines = -(-len(cell) // A_ROW)
        for place, state in enumerate(cell["state"]):
            x = column * (A_ROW + 1.2) + place % A_ROW
            y = row + 0.22 * (place // A_ROW - (lines - 1) / 2)
            hue = colour["tanh" if recipe == "1998" else "sigmoid"]
            table.plot(x, y, "o", color=hue, markersize=5, **LOOK[state])
centres = [column * (A_ROW + 1.2) + (A_ROW - 1) / 2 for column in range(len(COLUMNS))]
table.set_xticks(centres, [f"{layers}" for layers in COLUMNS])
table.set_yticks(range(len(NAMES)), list(NAMES.values()))
table.set_ylim(len(NAMES) - 0.4, -0.6)
table.tick_params(length=0, labeltop=True, labelbottom=False)
table.grid(visible=False)
for side in table.spines.values():
    side.set_visible(False)
table.set_title("Every run, by layers")

# %%
# By the custom the deepest learn nothing. By the recipe of 1998 all learn, and overfit.

counts = runs.groupby(["recipe", "layers"])["state"].value_counts().unstack(fill_value=0)
style.show(
    figure,
    alt="Runs by recipe and number of layers. "
    + " ".join(
        f"{words.capitalize()}: "
        + "; ".join(
            f"{layers} layers, " + ", ".join(f"{state} {n}" for state, n in counts.loc[recipe, layers].items() if n)
            for layers in COLUMNS
        )
        + "."
        for recipe, words in NAMES.items()
    ),
    data=runs[["recipe", "layers", "passes", "seed", "train_loss", "train_accuracy", "test_accuracy", "state"]],
)
