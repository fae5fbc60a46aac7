"""C23, the fourth warning: the same answer each time, and how sure it is."""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Published, mean, percent, points
from lecture.claims.verdict import Verdict, halves_of
from lecture.data.literature.calibration import RESNET
from lecture.statistics import compare_several

RIVALS = ("forest", "SVM", "logistic")
SHARES = ("disagreement", "disagreement_other", "accuracy", "calibration_error", "calibration_error_scaled")
SCORES = ("brier", "log_loss")
"""Proper scores: they fall only if answers get better or confidence more honest. Calibration alone is none."""
RESTLESS = Smallest(1.0, "one answer in a hundred")


def percents(repeatability: pd.DataFrame) -> pd.DataFrame:
    """Return each share in per cent, mean over the runs on a set of data: rows seeds, columns method, quantity."""
    return 100 * _means(repeatability, SHARES)


def judge_reliability(repeatability: pd.DataFrame) -> Finding:
    """Ask two things: whether runs of a network differ more than a classical method's, and whether it is less reliable.

    The second needs a proper score; a method that is never sure of anything has a small calibration error too.
    """
    found, scored = percents(repeatability), _means(repeatability, SCORES)
    differ = {name: (found["network", "disagreement"], found[name, "disagreement"]) for name in RIVALS}
    restless = compare_several(differ, smallest=RESTLESS.value)
    pairs = {f"{s} {name}": (scored["network", s], scored[name, s]) for s in SCORES for name in RIVALS}
    unsure = compare_several(pairs)

    network = repeatability[(repeatability["method"] == "network") & (repeatability["quantity"] == "accuracy")]
    spread = 100 * network.groupby("seed")["value"].agg(lambda runs: runs.max() - runs.min())
    before, after = (Published(value, RESNET.citation, RESNET.where) for value in (RESNET.before, RESNET.after))
    shown = {
        "differ": ("answers on which two networks differ, same data", "network", "disagreement", None),
        "differ_forest": ("answers on which two forests differ, same data", "forest", "disagreement", None),
        "same_seed": ("answers that differ after the same seed again", "network, same seed", "disagreement", None),
        "vote_differ": ("answers on which two votes of five differ", "ensemble", "disagreement", None),
        "accuracy": ("signals named rightly, network", "network", "accuracy", None),
        "accuracy_forest": ("signals named rightly, forest", "forest", "accuracy", None),
        "error": ("calibration error, network", "network", "calibration_error", before),
        "error_scaled": ("calibration error, network, scaled", "network", "calibration_error_scaled", after),
    }
    numbers = [
        percent(key, words, found[method, name], ".1f", published=there)
        for key, (words, method, name, there) in shown.items()
    ]
    numbers += [mean(f"brier_{name}", f"Brier score, {name}", scored[name, "brier"]) for name in ("network", "forest")]
    numbers.append(points("spread", "accuracy, best minus worst network on the same data", spread, ".1f"))
    rule = halves_of(len(restless), len(unsure))
    asked = (*restless.values(), *unsure.values())
    return conclude(*asked, rule=rule, numbers=numbers, drawn=("differ", "differ_forest"))


def _means(repeatability: pd.DataFrame, quantities: tuple[str, ...]) -> pd.DataFrame:
    kept = repeatability[repeatability["quantity"].isin(quantities)]
    return kept.pivot_table(index="seed", columns=["method", "quantity"], values="value", aggfunc="mean")


PART = Part(
    quantity=Quantity("answers on which two runs differ, network minus forest", "points", "+.0f", "deep"),
    smallest=RESTLESS,
    refuted_by="Two runs of the network on the same data do not differ more often than two runs of each of three "
    "classical methods, one of them as often right; and its Brier score and its log loss are no worse than theirs.",
    judge=judge_reliability,
    published=Reported(Verdict.IN_PART, "guo2017calibration", "Table 1", RESNET.network),
    says="Networks are too sure of themselves; one fitted number mends it.",
    note="Its runs differ more; its probabilities are worth more.",
    citations=("lakshminarayanan2017simple", "bouthillier2021accounting"),
)
