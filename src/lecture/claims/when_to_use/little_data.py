"""C23, the first warning: little data.

All seeds split one set each, two to one, and draw the few examples from the larger part: intervals speak of splits and
starts, not of fresh data.
"""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import points
from lecture.claims.verdict import Verdict, halves
from lecture.claims.when_to_use.learning_curves import best
from lecture.data.literature.leaders import CLASSIFIERS, DATA_SETS
from lecture.data.literature.when_it_pays import PRETRAINED_ROWS
from lecture.experiments.when_to_use.little_data import CLASSICAL, NETWORKS
from lecture.statistics import compare, compare_several, resampled_interval

FEW = 10  # examples a class, at most, that count as little data
GAP = Smallest(1.0, "a point of error is no reason to choose a method")
SPLIT = (2, 1)


def gaps(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the best network's error minus the best classical method's, in points, each chosen on the other seeds.

    One row a seed; the columns are (set, examples a class).
    """
    found = {}
    for key, rows in runs.groupby(["set", "per_class"], sort=False):
        errors = 100 * rows.pivot(index="seed", columns="method", values="error")
        sides = ([name for name in side if name in errors] for side in (NETWORKS, CLASSICAL))
        network, classical = (best(errors[side]) for side in sides)
        found[key] = network - classical
    return pd.DataFrame(found)


def judge_little_data(little_data: pd.DataFrame) -> Finding:
    """Ask on each set whether the best network errs more than the best classical method where examples are few."""
    gap = gaps(little_data)
    few = gap.loc[:, gap.columns.get_level_values(1) <= FEW].T.groupby(level=0, sort=False).mean().T
    most = gap.T.groupby(level=0, sort=False).last().T
    overall = compare(few.mean(axis=1), smallest=GAP.value, split=SPLIT)
    by_set = compare_several({str(name): (few[name], 0) for name in few}, smallest=GAP.value, split=SPLIT)
    words = "test error, best network minus best classical method, most examples, all sets"
    shrunk = points("gap_most", words, resampled_interval(most.mean(axis=1), *SPLIT), colour="deep")
    return conclude(*by_set.values(), rule=halves, value=overall.interval, numbers=[shrunk], drawn=("gap_most",))


PART = Part(
    quantity=Quantity(f"test error, best network minus best classical, up to {FEW} a class", "points", "+.1f", "deep"),
    smallest=GAP,
    refuted_by=f"On no real set, with 1 to {FEW} examples a class, does the best network err more than the best "
    f"classical method by {GAP.value:g} point; one half of the seeds chooses the methods that the other compares.",
    judge=judge_little_data,
    published=Reported(Verdict.IN_PART, "hollmann2025accurate", "abstract", "tables"),
    says=f"Of {CLASSIFIERS} classifiers on {DATA_SETS} mostly small sets a forest came first in 2014; today "
    f"a network trained beforehand on made-up tables leads up to {PRETRAINED_ROWS:,} rows.",
    citations=("fernandez2014hundreds",),
)
