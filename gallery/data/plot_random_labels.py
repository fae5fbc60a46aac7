"""
Learning by heart
=================

One network, the same signals, and more and more of the labels drawn by lot. Claim C16: with as many images as ImageNet
has, networks do not overfit.
"""

# %%
# First: the training loss on true labels, on labels of which 20, 50 and 80 % are random, on random ones only, and
# on random labels for noise. Thin lines are single seeds.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.data.memorisation import settings
from lecture.experiments.data.random_labels import RandomLabels
from lecture.records import read
from lecture.statistics import mean_interval

colour = style.use()
table = read(RandomLabels.preset())
found = settings(table)
shares = sorted(table["share"].unique())

# %%
figure, (learns, worth) = plt.subplots(1, 2, figsize=(7.2, 3.8), width_ratios=(1.2, 1))
for name, rows in found.items():
    share, noise = rows["share"].iloc[0], name == "noise"
    look = {"color": colour["neutral" if noise else "deep"], "alpha": 1 - 0.65 * share * (not noise)}
    for _, run in rows.groupby("seed"):
        learns.plot(run["step"], run["train_loss"], linewidth=0.6, color=look["color"], alpha=0.3 * look["alpha"])
    mean = rows.groupby("step")["train_loss"].mean()
    learns.plot(mean.index, mean, linestyle="--" if noise else "-", **look)


for name, text, share, ha, dy in (("true", "true", 0.12, "right", -7), ("random", "random", 0.3, "left", 3),
                                  ("noise", "noise", 0.8, "left", 5)):  # fmt: skip
    mean = found[name].groupby("step")["train_loss"].mean()
    step = (mean <= share * mean.max()).idxmax()  # the first at which so much of the loss is left
    style.name_line(learns, step, mean[step], text, colour["neutral" if name == "noise" else "deep"], dy=dy, ha=ha)
learns.set(title="Training loss", xlabel="steps", ylabel="nats", ylim=(0, None), xlim=(0, None))

# %%
# Second panel, the end of training: how much it has learned by heart, and what that is worth on new signals.

last = table[(table["inputs"] == "signals") & (table["step"] == table["step"].max())]
ends = dict(list(last.groupby("share")))
for score, style_of_line, dy in (("train", "-", -12), ("test", "--", 12)):
    values = [mean_interval(100 * ends[share][f"{score}_accuracy"]) for share in shares]
    x = [100 * share for share in shares]
    low, high = [v.low for v in values], [v.high for v in values]
    worth.fill_between(x, low, high, color=colour["deep"], alpha=0.2, linewidth=0)
    worth.plot(x, [v.value for v in values], style_of_line, color=colour["deep"], marker="o", markersize=4)
    for share in shares:
        single = 100 * ends[share][f"{score}_accuracy"]
        worth.plot([100 * share] * len(single), single, "o", color=colour["deep"], alpha=0.25, markersize=4)
    style.name_line(worth, x[0], values[0].value, "training" if score == "train" else "test", colour["deep"], dy=dy)
worth.axhline(10, color=colour["neutral"], linewidth=1.2, linestyle=":")
style.name_line(worth, 0, 10, "guessing", colour["neutral"], dy=-9)
worth.set(
    title="Accuracy at the end", xlabel="random labels, %", ylabel="%", ylim=(0, 106), xticks=[0, 20, 50, 80, 100]
)

style.show(
    figure,
    alt="Mean accuracy in percent at the end of training, on the training labels and on new signals: "
    + "; ".join(
        f"{100 * share:.0f} % random labels {train:.1f} and {test:.1f}"
        for share, (train, test) in (100 * last.groupby("share")[["train_accuracy", "test_accuracy"]].mean()).T.items()
    )
    + ". Mean training loss at the end, nats: "
    + "; ".join(
        f"{name.replace('_', ' ')} {rows[rows['step'] == rows['step'].max()]['train_loss'].mean():.2f}"
        for name, rows in found.items()
    )
    + ".",
    data=table,
)
