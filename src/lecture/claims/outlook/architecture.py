"""C28: a program that chooses the layers.

Each seed has data and networks of its own, so the intervals are over independent tables; within a table the result of
a search is the mean of many searches.
"""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict
from lecture.claims.outlook.searches import searched, tables
from lecture.claims.part import Part
from lecture.experiments.outlook.architecture import DEFAULT, Architecture
from lecture.models.design import space
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

TRIES = 8  # whole trainings that every search may spend
CLEVER = ("evolution", "halving")
WORDS = {"random": "random search", "evolution": "evolution", "halving": "successive halving"}


def curves(records: pd.DataFrame, most: int = 2 * TRIES) -> pd.DataFrame:
    """Return each search's ``test`` accuracy in per cent, and ``price``, for each ``seed`` and number of ``tries``."""
    found = pd.concat([searched(table, most, seed).assign(seed=seed) for seed, table in tables(records).items()])
    return found.assign(test=100 * found["test"])


def defaults(records: pd.DataFrame) -> pd.DataFrame:
    """Return the default's test accuracy in per cent for each seed: ``once``, and the ``best`` of its starts.

    ``once`` is the mean over the starts, ``best`` the one with the highest validation accuracy.
    """
    last = records[(records["steps"] == records["steps"].max()) & (records["design"] == DEFAULT)]
    best = last.sort_values(["validation", "start"]).groupby("seed")["test"].last()
    return 100 * pd.DataFrame({"once": last.groupby("seed")["test"].mean(), "best": best})


def judge(records: pd.DataFrame) -> Finding:
    """Ask whether a clever search finds more than the hand-made network has, and more than chance finds."""
    all_tables, default = tables(records), defaults(records)
    found = curves(records)  # all of it: the searches draw from one generator, and the figure shows these very ones
    found = found[found["tries"] == min(TRIES, found["tries"].max())]
    test = found.pivot(index="seed", columns="search", values="test")
    price = found.pivot(index="seed", columns="search", values="price")
    everything = pd.Series({seed: 100 * t.test[t.final.argmax()] for seed, t in all_tables.items()})
    gain = {search: difference_interval(test[search], default["once"]) for search in WORDS}
    over_luck = {search: difference_interval(test[search], default["best"]) for search in WORDS}
    over_chance = {search: difference_interval(test[search], test["random"]) for search in CLEVER}
    regret = {search: difference_interval(everything, test[search]) for search in WORDS}
    if not any(gain[search].above(0) for search in CLEVER):
        verdict = Verdict.FAILS
    elif all(gain[search].above(0) and over_chance[search].above(0) for search in CLEVER):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.CAVEAT

    won = {
        "gain": ("over the hand-made network", gain),
        "over_luck": ("over the best of the hand-made network's starts", over_luck),
        "over_chance": ("over random search", over_chance),
        "regret": ("by training all designs, over", regret),
    }
    measured = [
        *(
            _points(f"{key}_{search}", f"accuracy won {words}, {WORDS[search]}", change)
            for key, (words, changes) in won.items()
            for search, change in changes.items()
        ),
        *(_percent(f"test_{s}", f"test accuracy, {WORDS[s]}", test[s]) for s in WORDS),
        _percent("test_default", "test accuracy, hand-made network", default["once"]),
        _percent("test_restarts", "test accuracy, best of the hand-made network's starts", default["best"]),
        _percent("test_all", "test accuracy, best of all designs", everything),
        _points("luck", "accuracy won by choosing a start", difference_interval(default["best"], default["once"])),
        *(
            Measurement(f"price_{s}", f"computing, in trainings of the hand-made network, {words}", spent, spec=".1f")
            for s, words in WORDS.items()
            for spent in [mean_interval(price[s])]
        ),
        Measurement("designs", "designs in the space", Interval.exact(len(space())), spec=".0f"),
        Measurement("tries", "trainings that a search may spend", Interval.exact(TRIES), spec=".0f"),
    ]
    measured.sort(key=lambda m: m.key != "gain_evolution")
    return Finding(verdict, tuple(measured), share_opposite(test["evolution"], default["once"]))


def _points(key: str, words: str, change: Interval) -> Measurement:
    return Measurement(key, words, change, "points", "+.1f", colour="deep")


def _percent(key: str, words: str, accuracy: pd.Series) -> Measurement:
    return Measurement(key, words, mean_interval(accuracy), "%", ".0f", colour="deep")


PART = Part(
    key="architecture",
    says="neural architecture search",
    refuted_by="For the price of eight trainings, neither evolution nor successive halving finds a network that is "
    "better on test data than the hand-made one of the MNIST-1D paper, trained in the same way. A caveat is due if "
    "they are not both better than random search at the same price.",
    expected=Verdict.CAVEAT,
    experiments=(Architecture,),
    judge=judge,
    citations=(
        "real2019regularized",
        "li2018hyperband",
        "li2019random",
        "ying2019nasbench",
    ),
)
