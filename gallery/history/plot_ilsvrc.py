"""
Eight points, or ten
====================

The ImageNet challenge year by year, and every comparison in the AlexNet paper. Claim C04: in 2012 AlexNet, essentially
the old method, beat every popular method by about eight points of error.
"""

# %%
# All numbers are published ones. An open mark is an entry that was trained on more images than were supplied.

from dataclasses import asdict

import matplotlib.pyplot as plt
import pandas as pd

from lecture import style
from lecture.data.literature.ilsvrc import BEST_PERSON, CHALLENGE, HUMAN, PAPER, leads

colour = style.use()
challenge = pd.DataFrame([asdict(result) for result in CHALLENGE])
best = challenge[~challenge["extra"]].groupby("year")["error"].min()

# %%
# The challenge: the line joins the best entries on the supplied images.

figure, (years, points) = plt.subplots(1, 2, figsize=(7.2, 4.0), width_ratios=(1.15, 1))
years.plot(best, color=colour["line"], linewidth=2, zorder=1)
for deep, rows in challenge.groupby("deep"):
    hue = colour["deep" if deep else "classical"]
    for extra, some in rows.groupby("extra"):
        years.plot(some["year"], some["error"], "o", color=hue, markerfacecolor=colour["paper"] if extra else hue)
years.axhline(BEST_PERSON, color=colour["neutral"], linewidth=1.2, linestyle=":")
style.name_line(years, 2009.5, BEST_PERSON, "one trained person", colour["neutral"], dy=-9)
style.name_line(years, 2012, best[2010], "hand-made features", colour["classical"], dy=2)
style.name_line(years, 2012, best[2012], "AlexNet", colour["deep"], dy=3)
style.name_line(years, 2014, best[2014], "deep networks", colour["deep"], dy=10)
years.set(ylim=(0, 30), xlim=(2009.5, 2017.5), xticks=[2010, 2012, 2014, 2016], ylabel="top-5 error, %")
years.set_title("The challenge")

# %%
# AlexNet and the best rival: two ends of a line for each comparison, with the points between them.

names = []
for place, lead in enumerate(leads()):
    ours = lead.alexnet
    points.plot([ours.error, lead.others.error], [place, place], color=colour["neutral"], linewidth=1.5, zorder=1)
    points.plot(lead.others.error, place, "o", color=colour["classical"])
    inside = colour["paper" if ours.extra else "deep"]
    points.plot(ours.error, place, "o", color=colour["deep"], markerfacecolor=inside)
    middle = (ours.error + lead.others.error) / 2
    points.text(middle, place - 0.13, f"{lead.points:.1f}", ha="center", va="bottom", color=colour["ink"])
    what = f"top {ours.guesses}" if ours.year == 2010 else f"{ours.networks} net{'s' * (ours.networks > 1)}"
    names.append(f"{ours.year}, {what}" + " +" * ours.extra)
points.set(xlim=(10, 50), ylim=(len(names) - 0.5, -0.7), xlabel="error, %", xticks=[10, 20, 30, 40, 50])
points.set_yticks(range(len(names)), names)
points.grid(visible=False)
points.grid(axis="x")
points.tick_params(axis="y", length=0)
points.set_title("AlexNet and the best rival")

# %%
# Eight points are what one network is ahead. Five networks against the rival's several classifiers are further ahead,
# and so are the seven of the entry that won, which had seen more images.

style.show(
    figure,
    alt="Best top-5 error on the supplied images by year: "
    + ", ".join(f"{year} {error:g} %" for year, error in best.items())
    + f"; one trained person {BEST_PERSON:g} %. AlexNet's lead in its own paper: "
    + ", ".join(f"{name} {lead.points:.1f} points" for name, lead in zip(names, leads(), strict=True))
    + "; a plus means more images than supplied.",
    data=pd.DataFrame([asdict(result) for result in (*CHALLENGE, *PAPER, HUMAN)]),
)
