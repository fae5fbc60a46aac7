"""C04: AlexNet, essentially the old method, beat every popular method on ImageNet by about eight points of error.

The numbers are published ones, so nothing could be fixed before they were known; the rule that makes a verdict of them
was.
"""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.history.ilsvrc import Ilsvrc
from lecture.statistics import Interval

SAID = 8
SLACK = 0.5
"""A margin is about eight points if it rounds to eight."""


def margins(table: pd.DataFrame) -> pd.DataFrame:
    """Return the comparisons of the paper: ``year``, ``guesses``, ``networks``, ``extra``, both errors, ``margin``."""
    paper = table[table.part == "paper"]
    key = ["year", "guesses"]
    best = paper[~paper.deep].groupby(key).error.min().rename("others")
    ours = paper[paper.deep].rename(columns={"error": "alexnet"}).join(best, on=key)
    ours["margin"] = (ours.others - ours.alexnet).round(1)
    columns = [*key, "networks", "extra", "validation", "place", "alexnet", "others", "margin"]
    return ours[columns].sort_values([*key, "extra", "networks"], ignore_index=True)


def judge(table: pd.DataFrame) -> Finding:
    """Ask which of the paper's comparisons gives about eight points: the winning entry's, another fair one, or none."""
    found = margins(table)
    eight = (found.margin - SAID).abs() <= SLACK
    won, fair = found.place == 1, ~found.extra
    verdict = Verdict.HOLDS if eight[won].all() else Verdict.CAVEAT if eight[fair].any() else Verdict.FAILS

    winner, best = found[won].iloc[0], found[fair & (found.year == 2012)].sort_values("alexnet").iloc[0]
    photographs = found[(found.year == 2010) & (found.guesses == 5)].iloc[0]
    rows = [_lead(row) for _, row in found.iterrows()]
    years = table[(table.part == "challenge") & ~table.extra].groupby("year").error.min()
    last = years.index.max()
    measurements = [
        _error("others_2010", "the best of the others, images of 2010", photographs.others),
        _error("alexnet_2010", "AlexNet, images of 2010", photographs.alexnet),
        _error("human", "one trained person", table[table.part == "human"].error.iloc[0]),
        _error(f"year_{last}", f"best entry on supplied images, {last}", years[last]),
        Measurement("comparisons", "comparisons in the paper", Interval.exact(len(found)), "", ".0f"),
        Measurement("about_eight", "of them about eight points", Interval.exact(int(eight.sum())), "", ".0f"),
        Measurement("extra_gain", "error saved by more images", Interval.exact(best.alexnet - winner.alexnet), "points",
                    ".1f"),
    ]  # fmt: skip
    ahead = Measurement("ahead", "how far the winning entry was ahead", Interval.exact(winner.margin), "points", ".1f")
    return Finding(verdict, (ahead, *rows, *measurements), scale=tuple(m.key for m in rows))


def _lead(row: pd.Series) -> Measurement:
    networks = {1: "one network", 5: "five networks", 7: "seven networks"}[row.networks]
    words = f"top-{row.guesses} error, images of {row.year}, {networks}" + ", more images" * bool(row.extra)
    key = f"margin_{row.year}_top{row.guesses}_{row.networks}" + "_extra" * bool(row.extra)
    return Measurement(key, words, Interval.exact(row.margin), "points", ".1f", colour="deep")


def _error(key: str, quantity: str, value: float) -> Measurement:
    return Measurement(key, f"top-5 error, {quantity}", Interval.exact(value), "%", "g")


CLAIM = Claim(
    id="C04",
    refuted_by=(
        "No comparison in the paper that gives both sides the same training images shows AlexNet 7.5 to 8.5 points "
        "ahead of the best other method. A caveat is due if one does, while the entry that won is further ahead."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "The eight points are in the paper: on the images of 2010, and for one network against the best rival of 2012. "
        "The entry that won let seven networks vote, two of them trained on more images, and was further ahead still."
    ),
    experiments=(Ilsvrc,),
    judge=judge,
    figure="history/plot_ilsvrc",
    citations=("krizhevsky2012imagenet", "russakovsky2015imagenet", "szegedy2015going", "he2016deep", "hu2018squeeze"),
)
