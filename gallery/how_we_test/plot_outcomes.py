"""
Yes, no, undecided
==================

How often a comparison answers, by the true difference and the number of seeds, and how often a family of comparisons is
wrong somewhere. The figure tests no claim of the talk. It tests our own rules.
"""

# %%
# First, comparisons whose true difference is known, in standard deviations over seeds. The dotted line is the smallest
# effect of interest: where the difference is larger, *yes* is right; where it is smaller, *no*.

import matplotlib.pyplot as plt

from lecture import style
from lecture.experiments.how_we_test.families import Families
from lecture.experiments.how_we_test.outcomes import Outcomes
from lecture.records import read
from lecture.statistics import intervals

colour = style.use()
settings = Outcomes.preset()
answers = read(settings).query("question == 'larger'")
families = read(Families.preset())
figure, (asked, together) = plt.subplots(1, 2, figsize=(7.2, 3.8), width_ratios=(1.3, 1))

for n, look in zip(sorted(answers["runs"].unique()), (":", "-", "--"), strict=True):
    asked.plot([], [], look, color=colour["ink"], label=f"{n} seeds")
    for answer, meaning in (("yes", "residual"), ("no", "sigmoid")):
        rows = answers[(answers["runs"] == n) & (answers["answer"] == answer)]
        share = 100 * rows.groupby("difference")["share"].mean()
        asked.plot(share.index, share, look, color=colour[meaning])
style.name_line(asked, answers["difference"].max(), 6, "yes", colour["residual"], ha="right")
style.name_line(asked, answers["difference"].min(), 6, "no", colour["sigmoid"])
asked.axvline(settings.smallest, color=colour["neutral"], linewidth=1.2, linestyle=":")
asked.set(title="How often it answers", xlabel="true difference, standard deviations", ylabel="%", ylim=(0, 104))
asked.legend(fontsize=9, loc="center", bbox_to_anchor=(0.5, 0.84))

# %%
# Second, families of comparisons in which nothing differs: asked one by one, and asked together (Holm 1979).

for how, meaning, dy in (("one by one", "classical", 4), ("together", "deep", -10)):
    rows = families[families["asked"] == how]
    found = intervals((100 * rows["wrong"]).groupby(rows["size"]))
    together.errorbar(
        list(found),
        [i.value for i in found.values()],
        [[i.value - i.low for i in found.values()], [i.high - i.value for i in found.values()]],
        color=colour[meaning], marker="o", markersize=4,
    )  # fmt: skip
    style.name_line(together, max(found), found[max(found)].value, how, colour[meaning], dy=dy, ha="right")
together.axhline(5, color=colour["neutral"], linewidth=1.2, linestyle=":")
together.set(title="Families wrong somewhere", xlabel="comparisons in a family", ylabel="%", ylim=(0, None))
together.set_xticks(sorted(families["size"].unique()))

power = answers[answers["answer"] == "yes"].groupby(["runs", "difference"])["share"].mean()
wrong = families.groupby(["asked", "size"])["wrong"].mean()
style.show(
    figure,
    alt="Share of comparisons that answer yes, by seeds and true difference in standard deviations: "
    + "; ".join(f"{n} seeds, {d:g}: {100 * share:.0f} %" for (n, d), share in power.items() if d >= 0)
    + ". Families in which at least one answer is wrong: "
    + "; ".join(f"{size} comparisons {how}: {100 * share:.0f} %" for (how, size), share in wrong.items())
    + ".",
    data=answers,
)
