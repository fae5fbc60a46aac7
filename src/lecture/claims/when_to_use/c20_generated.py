"""C20: an exception: you can generate the data, or play against yourself as AlphaGo does."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.when_to_use.exchange import curve, exchange, faces, worth
from lecture.experiments.when_to_use.rendered import Rendered
from lecture.experiments.when_to_use.self_play import SelfPlay
from lecture.models.tic_tac_toe import O, X, game
from lecture.statistics import Interval, difference_interval, mean_interval

FEW, MUCH = 30, 1000
"""Real images: three a class, and the most that our networks were given."""
ORDER = (Verdict.FAILS, Verdict.CAVEAT, Verdict.HOLDS)


def judge(rendered: pd.DataFrame, played: pd.DataFrame) -> Finding:
    """Ask what rendered digits are worth in real ones, and whether a learner that plays itself can still be beaten."""
    pictures, opposite, about_pictures = _rendered(rendered)
    play, about_play = _played(played)
    scale = ("accuracy_rendered", "real_30", "real_100", "real_1000", "mixed_100")
    known = {m.key for m in about_pictures}
    verdict = min(pictures, play, key=ORDER.index)
    return Finding(verdict, (*about_pictures, *about_play), opposite, tuple(key for key in scale if key in known))


def _rendered(runs: pd.DataFrame) -> tuple[Verdict, float, list[Measurement]]:
    """Return the verdict on rendered digits, the share of seeds that tell the opposite, and what was measured."""
    by_faces, real, distorted, mixed = (
        faces(runs),
        *(curve(runs, name) for name in ("real", "real, distorted", "real and rendered")),
    )
    alone = by_faces[by_faces.columns.max()]
    images = exchange(real, alone)
    lead = difference_interval(alone, real[real.columns.max()])
    verdict = Verdict.FAILS if not images.above(FEW) else Verdict.HOLDS if lead.high >= 0 else Verdict.CAVEAT
    each = np.array([worth(real.columns, real.loc[seed], alone.loc[seed]) for seed in real.index])
    opposite = float(np.mean((each > FEW) != images.above(FEW)))

    found = [
        Measurement("worth", "real images that reach the accuracy of rendered ones", images, spec=".0f", colour="deep"),
        Measurement(
            "worth_distorted",
            "distorted real images that reach the accuracy of rendered ones",
            exchange(distorted, alone),
            spec=".0f",
            colour="deep",
        ),
        _accuracy("accuracy_rendered", "trained on rendered digits alone", alone, "deep"),
        Measurement("gap", f"rendered alone minus {real.columns.max()} real images", lead, "points", "+.1f"),
    ]
    found += [_accuracy(f"faces_{n}", f"rendered alone, {n} faces", by_faces[n], "deep") for n in by_faces]
    for key, words, table in (
        ("real", "real images", real),
        ("distorted", "real images, distorted", distorted),
        ("mixed", "real images with rendered ones", mixed),
    ):
        found += [_accuracy(f"{key}_{n}", f"{n} {words}", table[n]) for n in table]
    found += [
        Measurement(
            f"gain_{n}",
            f"what rendered digits add to {n} distorted real ones",
            difference_interval(mixed[n], distorted[n]),
            "points",
            "+.1f",
        )
        for n in mixed
    ]
    return verdict, opposite, found


def _accuracy(key: str, words: str, percent: pd.Series, colour: str = "ink") -> Measurement:
    return Measurement(key, f"test accuracy, {words}", mean_interval(percent), "%", ".1f", colour=colour)


def lines_lost(played: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each opponent, seed and number of games: lines of play lost, lines in all, blunders.

    Lost and lines are sums over both sides; ``blunders`` are positions where the learner, on the side to move, would
    give away what perfect play would get.
    """
    keys = ["opponent", "seed", "games"]
    tables = {side: played.pivot(index=keys, columns="board", values=f"as_{side}")[game().boards] for side in "xo"}
    x, o = (table.to_numpy() for table in tables.values())
    (lost_x, lines_x), (lost_o, lines_o) = game().lost(x, X), game().lost(o, O)
    blunders = (game().blunders(x, X) | game().blunders(o, O)).sum(1)
    found = pd.DataFrame({"lost": lost_x + lost_o, "lines": lines_x + lines_o, "blunders": blunders})
    return pd.concat([tables["x"].index.to_frame(index=False), found], axis=1)


def _played(played: pd.DataFrame) -> tuple[Verdict, list[Measurement]]:
    """Return the verdict on self-play, and what was measured."""
    table = lines_lost(played)
    last, positions = table["games"].max(), int((~game().over).sum())
    ends = {opponent: runs[runs["games"] == last] for opponent, runs in table.groupby("opponent")}
    unbeatable = ends["itself"]["lost"] == 0
    verdict = Verdict.HOLDS if unbeatable.all() else Verdict.CAVEAT if unbeatable.mean() > 0.5 else Verdict.FAILS
    found = [
        Measurement("learners", "learners that played themselves", Interval.exact(len(unbeatable)), spec=".0f"),
        Measurement("unbeatable", "of them, unbeatable", Interval.exact(unbeatable.sum()), spec=".0f", colour="deep"),
        Measurement("games", "games played", Interval.exact(last), spec=",.0f"),
        Measurement("tree", "possible games", Interval.exact(game().games()), spec=",.0f"),
        Measurement("positions", "positions", Interval.exact(len(game().boards)), spec=",.0f"),
        Measurement("open", "positions in which there is a move to choose", Interval.exact(positions), spec=",.0f"),
    ]
    for name, opponent in (("self", "itself"), ("random", "random")):
        runs, words = ends[opponent], "itself" if name == "self" else "somebody who moves at random"
        spared = Interval.exact((runs["lost"] == 0).sum())
        lost = mean_interval(runs["lost"])
        blunders = mean_interval(100 * runs["blunders"] / positions)
        found += [
            Measurement(f"safe_{name}", f"learners that no line of play beats, against {words}", spared, spec=".0f"),
            Measurement(f"lost_{name}", f"lines of play lost after practice against {words}", lost, spec=".0f"),
            Measurement(
                f"blunders_{name}", f"positions misplayed after practice against {words}", blunders, "%", ".0f"
            ),
        ]
    start = table[(table["opponent"] == "itself") & (table["games"] < last)]
    found += [
        Measurement(
            f"lost_after_{games}",
            f"lines of play lost after {games:,} games against itself",
            mean_interval(100 * runs["lost"] / runs["lines"]),
            "%",
            ".2g",
        )
        for games, runs in start.groupby("games")
    ]
    return verdict, found


CLAIM = Claim(
    id="C20",
    refuted_by=(
        f"Training on rendered digits alone is not worth more than {FEW} real images on the test with real ones (lower "
        "end of the interval), or half of the learners that played only themselves can still be beaten by some line of "
        f"play. A caveat is due if {MUCH:,} real images do better than rendered ones, or if any learner can be beaten."
    ),
    expected=Verdict.UNTESTED,
    experiments=(Rendered, SelfPlay),
    judge=judge,
    figure="when_to_use/plot_rendered",
    citations=("silver2017mastering",),
)
