"""C28: a program that chooses the layers.

Each seed has data and networks of its own, so the intervals are over independent tables; within a table the result of
a search is the mean of many searches.
"""

import pandas as pd

from lecture.claims.measurement import Measurement, exact, percent, points
from lecture.claims.outlook.searches import searched, tables
from lecture.claims.selection import curves
from lecture.experiments.outlook.architecture import DEFAULT
from lecture.models.design import space
from lecture.statistics import difference_interval

TRIES = 8  # whole trainings that every search may spend


def results(records: pd.DataFrame, most: int = 2 * TRIES) -> pd.DataFrame:
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


def numbers(architecture: pd.DataFrame) -> list[Measurement]:
    """Return what the searches find beside the hand-made network, the best of its starts, and each other."""
    all_tables, default = tables(architecture), defaults(architecture)
    found = results(architecture)  # all of it: the searches draw from one generator, and the figure shows these
    tries = min(TRIES, int(found["tries"].max()))
    test = {search: runs[tries] for search, runs in curves(found, "search", "tries", "test").items()}
    everything = pd.Series({seed: 100 * t.test[t.final.argmax()] for seed, t in all_tables.items()})
    won = {
        "gain_evolution": ("by evolution over the hand-made network", test["evolution"], default["once"]),
        "gain_random": ("by random search over the hand-made network", test["random"], default["once"]),
        "luck": ("by choosing a start of the hand-made network", default["best"], default["once"]),
        "over_luck_evolution": ("by evolution over the best start", test["evolution"], default["best"]),
        "over_chance_evolution": ("by evolution over random search", test["evolution"], test["random"]),
        "over_chance_halving": ("by successive halving over random search", test["halving"], test["random"]),
        "regret_random": ("by training all designs, over random search", everything, test["random"]),
    }
    return [
        exact("architecture_designs", "designs in the space", len(space())),
        exact("architecture_tries", "trainings that a search may spend", TRIES),
        percent("architecture_test_default", "test accuracy, hand-made network", default["once"]),
        *(
            points(f"architecture_{key}", f"accuracy won {words}", difference_interval(after, before), colour="deep")
            for key, (words, after, before) in won.items()
        ),
    ]
