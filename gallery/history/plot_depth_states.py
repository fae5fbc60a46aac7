"""
How deep networks failed
========================

Every sigmoid network of the depth experiments, whatever its width, data, optimiser and time: did it generalise,
overfit, learn little or learn nothing? Claim C03: nobody could train more than three or four layers; they overfitted,
or stalled.
"""

# %%
# Four outcomes. A network learns nothing if its training loss is still that of guessing, and little if it stays bad on
# the very examples it has seen; a trained one overfits if it is more than ten points better on those than on others.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.history.c03_depth_limit import DEPTHS, FINE, LITTLE, NOTHING, OVERFITS, STATES, VARIED, with_states
from lecture.records import read

colour = style.use()
runs = with_states(*(read(experiment.preset()) for experiment in DEPTHS))
varied = runs[runs["kind"].isin(VARIED)]
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
    rows = 100 * varied.loc[varied["state"] == state, ["train_accuracy", "test_accuracy"]]
    look = {"color": colour["sigmoid"], "markersize": 6, **LOOK[state]}
    scores.plot(rows["train_accuracy"], rows["test_accuracy"], "o", alpha=0.7, **look)
    scores.plot([], [], "o", label=state, **look)
scores.plot([0, 100], [0, 100], color=colour["neutral"], linewidth=1, linestyle=":")
scores.legend(loc="upper left", handletextpad=0.2, borderaxespad=0, borderpad=0.2, labelcolor=colour["sigmoid"])
scores.set(xlim=(0, 104), ylim=(0, 100), xlabel="training accuracy, %", ylabel="test accuracy, %")
scores.set(xticks=[0, 50, 100], yticks=[0, 50, 100])
scores.set_title("Four outcomes")

# %%
NAMES = {
    "plain": "plain",
    "narrow": "10 units wide",
    "wide": "100 units wide",
    "scarce": "400 examples",
    "plenty": "16,000 examples",
    "momentum": "momentum",
    "Adam": "Adam",
    "patience": "patience",
    "tanh": "tanh",
}
COLUMNS = (2, 6, 8)
A_ROW = 5
for row, kind in enumerate(NAMES):
    for column, layers in enumerate(COLUMNS):
        cell = runs[(runs["kind"] == kind) & (runs["layers"] == layers)]
        lines = max(1, -(-len(cell) // A_ROW))
        for place, state in enumerate(cell["state"]):
            x = column * (A_ROW + 1.2) + place % A_ROW
            y = row + 0.36 * (place // A_ROW - (lines - 1) / 2)
            hue = colour["tanh" if kind == "tanh" else "sigmoid"]
            table.plot(x, y, "o", color=hue, markersize=6, **LOOK[state])
centres = [column * (A_ROW + 1.2) + (A_ROW - 1) / 2 for column in range(len(COLUMNS))]
table.set_xticks(centres, [f"{layers} layers" for layers in COLUMNS])
table.set_yticks(range(len(NAMES)), list(NAMES.values()))
table.axhline(len(NAMES) - 1.5, color=colour["line"], linewidth=1)
table.set_ylim(len(NAMES) - 0.4, -0.6)
table.tick_params(length=0, labeltop=True, labelbottom=False)
table.grid(visible=False)
for side in table.spines.values():
    side.set_visible(False)
table.set_title("Every run")

# %%
# The shallow sigmoid networks overfit; deep ones hardly get that far. Deep tanh networks learn, and overfit.

counts = varied.groupby("layers")["state"].value_counts().unstack(fill_value=0)
style.show(
    figure,
    alt="Sigmoid networks of all kinds, by number of layers: "
    + "; ".join(
        f"{layers} layers, {row.sum()} runs, " + ", ".join(f"{state} {row.get(state, 0)}" for state in STATES)
        for layers, row in counts.iterrows()
    )
    + ".",
    data=runs[["kind", "layers", "width", "examples", "steps", "seed", "train_accuracy", "test_accuracy", "state"]],
)
