"""
Eight points, or ten
====================

The ImageNet challenge year by year, and every comparison in the AlexNet paper. Claim C04: in 2012 AlexNet, essentially
the old method, beat every popular method by about eight points of error.
"""

# %%
# All numbers are published ones. An open mark is an entry that was trained on more images than were supplied.

import matplotlib.pyplot as plt

from lecture import style
from lecture.claims.history.c04_eight_points import margins
from lecture.experiments.history.ilsvrc import Ilsvrc
from lecture.records import read

colour = style.use()
table = read(Ilsvrc.preset())
challenge, compared = table[table["part"] == "challenge"], margins(table)
human = table.loc[table["part"] == "human", "error"].iloc[0]
best = challenge[~challenge["extra"]].groupby("year")["error"].min()

# %%
# On the left the challenge: the line joins the best entries on the supplied images.

figure, (years, points) = plt.subplots(1, 2, figsize=(7.2, 4.0), width_ratios=(1.15, 1))
years.plot(best, color=colour["line"], linewidth=2, zorder=1)
for deep, rows in challenge.groupby("deep"):
    hue = colour["deep" if deep else "classical"]
    for extra, some in rows.groupby("extra"):
        years.plot(some["year"], some["error"], "o", color=hue, markerfacecolor=colour["paper"] if extra else hue)
years.axhline(human, color=colour["neutral"], linewidth=1.2, linestyle=":")
style.name_line(years, 2009.5, human, "one trained person", colour["neutral"], dy=-9)
style.name_line(years, 2012, best[2010], "hand-made features", colour["classical"], dy=2)
style.name_line(years, 2012, best[2012], "AlexNet", colour["deep"], dy=3)
style.name_line(years, 2014, best[2014], "deep networks", colour["deep"], dy=10)
years.set(ylim=(0, 30), xlim=(2009.5, 2017.5), xticks=[2010, 2012, 2014, 2016], ylabel="top-5 error, %")
years.set_title("The challenge")

# %%
# On the right AlexNet (left end) against the best of the others (right end), with the points between them.

names = []
for place, row in compared.iterrows():
    ends = [row["alexnet"], row["others"]]
    points.plot(ends, [place, place], color=colour["neutral"], linewidth=1.5, zorder=1)
    points.plot(ends[1], place, "o", color=colour["classical"])
    inside = colour["paper" if row["extra"] else "deep"]
    points.plot(ends[0], place, "o", color=colour["deep"], markerfacecolor=inside)
    points.text(sum(ends) / 2, place - 0.13, f"{row['margin']:.1f}", ha="center", va="bottom", color=colour["ink"])
    what = f"top {row['guesses']}" if row["year"] == 2010 else f"{row['networks']} net{'s' * (row['networks'] > 1)}"
    names.append(f"{row['year']}, {what}" + " +" * bool(row["extra"]))
points.set(xlim=(10, 50), ylim=(len(names) - 0.5, -0.7), xlabel="error, %", xticks=[10, 20, 30, 40, 50])
points.set_yticks(range(len(names)), names)
points.grid(visible=False)
points.grid(axis="x")
points.tick_params(axis="y", length=0)
points.set_title("AlexNet and the best rival")

# %%
# Eight points are what one network is ahead; the winning entry let seven vote and had seen more images.

style.show(
    figure,
    alt="Best top-5 error on the supplied images by year: "
    + ", ".join(f"{year} {error:g} %" for year, error in best.items())
    + f"; one trained person {human:g} %. AlexNet's lead in its own paper: "
    + ", ".join(f"{name} {margin:.1f} points" for name, margin in zip(names, compared["margin"], strict=True))
    + "; a plus means more images than supplied.",
    data=table,
)
