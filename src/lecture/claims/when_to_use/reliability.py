"""C23, the fourth warning: the same answer each time, and how sure it is."""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Published, percent, points
from lecture.claims.verdict import Verdict, halves_of
from lecture.data.literature.calibration import RESNET
from lecture.statistics import compare, compare_several

RIVALS = ("forest", "SVM", "logistic")
QUANTITIES = ("disagreement", "disagreement_other", "accuracy", "calibration_error", "calibration_error_scaled")
BRIER = "brier"
"""A proper score: it falls only if answers get better or confidence more honest. Calibration alone is none."""
RESTLESS = Smallest(1.0, "one answer in a hundred")


def percents(repeatability: pd.DataFrame) -> pd.DataFrame:
    """Return each quantity in per cent, mean over the runs on a set of data: rows seeds, columns method, quantity."""
    kept = repeatability[repeatability["quantity"].isin((*QUANTITIES, BRIER))]
    return 100 * kept.pivot_table(index="seed", columns=["method", "quantity"], values="value", aggfunc="mean")


def judge_reliability(repeatability: pd.DataFrame) -> Finding:
    """Ask two things: whether runs of a network differ more than a classical method's, and whether it is less reliable.

    The second needs a proper score; a method that is never sure of anything has a small calibration error too.
    """
    found = percents(repeatability)
    differ = {name: (found["network", "disagreement"], found[name, "disagreement"]) for name in RIVALS}
    restless = compare_several(differ, smallest=RESTLESS.value)
    scored = ("network", BRIER) in found
    score = BRIER if scored else "calibration_error"
    unsure = [compare(found["network", score], found[name, score]).open_unless(scored) for name in RIVALS]

    network = repeatability[(repeatability["method"] == "network") & (repeatability["quantity"] == "accuracy")]
    spread = 100 * network.groupby("seed")["value"].agg(lambda runs: runs.max() - runs.min())
    before, after = (Published(value, RESNET.citation, RESNET.where) for value in (RESNET.before, RESNET.after))
    shown = {
        "differ": ("answers on which two networks differ, same data", "network", "disagreement", None),
        "differ_forest": ("answers on which two forests differ, same data", "forest", "disagreement", None),
        "vote_differ": ("answers on which two votes of five differ", "ensemble", "disagreement", None),
        "error": ("calibration error, network", "network", "calibration_error", before),
        "error_scaled": ("calibration error, network, scaled", "network", "calibration_error_scaled", after),
    }
    numbers = [
        percent(key, words, found[method, name], ".1f", published=there)
        for key, (words, method, name, there) in shown.items()
    ]
    numbers.append(points("spread", "accuracy, best minus worst network on the same data", spread, ".1f"))
    rule = halves_of(len(restless), len(unsure))
    return conclude(*restless.values(), *unsure, rule=rule, numbers=numbers, drawn=("differ", "differ_forest"))


PART = Part(
    quantity=Quantity("answers on which two runs differ, network minus forest", "points", "+.0f", "deep"),
    smallest=RESTLESS,
    refuted_by="Two runs of the network on the same data do not differ more often than two runs of a forest; and a "
    "proper score of its confidence is no worse than that of each of three classical methods.",
    judge=judge_reliability,
    published=Reported(Verdict.IN_PART, "guo2017calibration", "Table 1", RESNET.network),
    says="Networks are too sure of themselves; one fitted number mends it.",
    note="Its runs differ more; which method is more reliable, we have not scored.",
    citations=("lakshminarayanan2017simple", "bouthillier2021accounting"),
)
