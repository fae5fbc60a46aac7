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
    verdict = min(pictures, play, key=ORDER.index)
    scale = ("worth", "worth_distorted", "accuracy_rendered", "real_most", "lost_random", "lost_self")
    return Finding(verdict, (*about_pictures, *about_play), opposite, scale)


def _rendered(runs: pd.DataFrame) -> tuple[Verdict, float, list[Measurement]]:
    """Return the verdict on rendered digits, the share of seeds that tell the opposite, and what was measured."""
    by_faces, real, distorted, mixed = (
        faces(runs),
        *(curve(runs, name) for name in ("real", "real, distorted", "real and rendered")),
    )
    alone = by_faces[by_faces.columns.max()]
    images, spared = exchange(real, alone), exchange(distorted, alone)
    lead = difference_interval(alone, real[real.columns.max()])
    verdict = Verdict.FAILS if not images.above(FEW) else Verdict.HOLDS if lead.high >= 0 else Verdict.CAVEAT
    each = np.array([worth(real.columns, real.loc[seed], alone.loc[seed]) for seed in real.index])
    opposite = float(np.mean((each > FEW) != images.above(FEW)))

    paid = "that do as well as rendered ones"
    most = real.columns.max()
    found = [
        Measurement("worth", f"real images {paid}", images, spec=".0f", colour="deep"),
        Measurement("worth_distorted", f"real images, distorted too, {paid}", spared, spec=".0f", colour="deep"),
        _accuracy("accuracy_rendered", "rendered digits alone", alone, "deep"),
        _accuracy("real_most", f"{most:,} real images", real[most]),
        Measurement("gap", f"rendered alone minus {most:,} real images", lead, "points", "+.0f"),
    ]
    found += [_accuracy(f"faces_{n}", f"rendered digits alone, typefaces: {n}", by_faces[n]) for n in by_faces]
    for n in mixed:
        gain = difference_interval(mixed[n], distorted[n])
        found.append(Measurement(f"gain_{n}", f"won by rendered digits with {n} real ones", gain, "points", "+.0f"))
    return verdict, opposite, found


def _accuracy(key: str, words: str, percent: pd.Series, colour: str = "ink") -> Measurement:
    return Measurement(key, f"accuracy on real digits, {words}", mean_interval(percent), "%", ".0f", colour=colour)


def lines_lost(played: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each opponent, seed and number of games: lines of play lost, lines in all, blunders.

    Lost and lines are sums over both sides; ``blunders`` are positions where the learner, on the side to move, would
    give away what perfect play would get.
    """
    n = len(game().boards)  # rows of one table of beliefs, in the order of the game's positions
    x, o = (played[f"as_{side}"].to_numpy().reshape(-1, n) for side in "xo")
    (lost_x, lines_x), (lost_o, lines_o) = game().lost(x, X), game().lost(o, O)
    blunders = (game().blunders(x, X) | game().blunders(o, O)).sum(1)
    keys = played[["opponent", "seed", "games"]].iloc[::n].reset_index(drop=True)
    return keys.assign(lost=lost_x + lost_o, lines=lines_x + lines_o, blunders=blunders)


def _played(played: pd.DataFrame) -> tuple[Verdict, list[Measurement]]:
    """Return the verdict on self-play, and what was measured."""
    table = lines_lost(played)
    last, positions = table["games"].max(), int((~game().over).sum())
    ends = {opponent: runs[runs["games"] == last] for opponent, runs in table.groupby("opponent")}
    verdict = Verdict.HOLDS if (ends["itself"]["lost"] == 0).all() else Verdict.FAILS
    learners = Interval.exact(len(ends["itself"]))
    found = [
        Measurement("learners", "learners that played themselves", learners, spec=".0f"),
        Measurement("games", "games that each played", Interval.exact(last), spec=",.0f"),
        Measurement("tree", "games that are possible", Interval.exact(game().games()), spec=",.0f"),
    ]
    for name, opponent in (("self", "itself"), ("random", "random")):
        runs, words = ends[opponent], "itself" if name == "self" else "a random mover"
        safe, lost = Interval.exact((runs["lost"] == 0).sum()), mean_interval(runs["lost"])
        blunders = mean_interval(100 * runs["blunders"] / positions)
        colour = "deep" if name == "self" else "neutral"
        found += [
            Measurement(f"safe_{name}", f"learners that nothing beats, practised against {words}", safe, spec=".0f"),
            Measurement(
                f"lost_{name}", f"lines of play lost, practised against {words}", lost, "", ".0f", colour=colour
            ),
            Measurement(f"blunders_{name}", f"positions misplayed, practised against {words}", blunders, "%", ".0f"),
        ]
    return verdict, found


CLAIM = Claim(
    id="C20",
    refuted_by=(
        f"Training on rendered digits alone is not worth more than {FEW} real images on the test with real ones (lower "
        "end of the interval), or any of the learners that played only themselves can still be beaten by some line of "
        f"play. A caveat is due if {MUCH:,} real images do better than rendered ones."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "Self-play keeps the promise in full: a learner that knows only the rules becomes unbeatable. There the "
        "simulator is the real thing. Rendered digits on their own replace some real ones, and not many: print is not "
        "handwriting, however often it is distorted."
    ),
    experiments=(Rendered, SelfPlay),
    judge=judge,
    figure="when_to_use/plot_rendered",
    citations=(
        "silver2017mastering",
        "tobin2017domain",
        "jaderberg2014synthetic",
        "sutton1988learning",
        "tesauro2002programming",
        "wang2023adversarial",
    ),
)
