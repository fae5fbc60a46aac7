"""C23: the same answer each time, and how sure it is."""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Published, Verdict
from lecture.claims.part import Part
from lecture.data.literature.calibration import RESNET
from lecture.experiments.when_to_use.repeatability import Repeatability
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

CLASSICAL = ("forest", "SVM", "logistic")
NAMES = {"forest": "forest", "SVM": "support vector machine", "logistic": "logistic regression"}
NAMES |= {"network": "network", "ensemble": "ensemble of five"}
QUANTITIES = {
    "disagreement": "two runs on the same data give different answers",
    "disagreement_other": "runs on two sets of the same size give different answers",
    "accuracy": "accuracy",
    "calibration_error": "calibration error",
    "calibration_error_scaled": "calibration error after temperature scaling",
}
SHORT = {"calibration_error": "error", "calibration_error_scaled": "error_scaled", "disagreement_other": "other"}
SHARE = 0.5
"""A remedy cures if it leaves less than this share of the trouble."""


def percents(table: pd.DataFrame) -> pd.DataFrame:
    """Return each quantity in percent, mean over the runs on a set of data: rows seeds, columns method, quantity."""
    kept = table[table["quantity"].isin(QUANTITIES)]
    return 100 * kept.pivot_table(index="seed", columns=["method", "quantity"], values="value", aggfunc="mean")


def judge(table: pd.DataFrame) -> Finding:
    """Hold the network's randomness and overconfidence against three classical methods, and against its remedies."""
    found = percents(table)
    restless = _above_all(found, "disagreement")
    unsure = _above_all(found, "calibration_error")
    calmed = found["ensemble", "disagreement"] - SHARE * found["network", "disagreement"]
    mended = found["ensemble", "calibration_error_scaled"] - SHARE * found["network", "calibration_error"]
    cured = mean_interval(calmed).below(0) and mean_interval(mended).below(0)
    if restless and unsure and not cured:
        verdict = Verdict.HOLDS
    elif not restless and not unsure:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.CAVEAT

    measurements = [
        Measurement(
            f"{method.lower()}_{SHORT.get(quantity, quantity)}",
            f"{NAMES[method]}: {words}",
            mean_interval(found[method, quantity]),
            unit="%",
            spec=".1f",
            colour="deep" if method in ("network", "ensemble") else "classical",
        )
        for method in ("network", "ensemble", *CLASSICAL)
        for quantity, words in QUANTITIES.items()
        if (method, quantity) in found
    ]
    return Finding(
        verdict,
        (*measurements, *_comparisons(table, found), *_published()),
        share_opposite(found["network", "disagreement"], found["forest", "disagreement"]),
    )


def _above_all(found: pd.DataFrame, quantity: str) -> bool:
    """Tell whether the network's value lies above that of every classical method, set by set."""
    own = found["network", quantity]
    return all(difference_interval(own, found[method, quantity]).above(0) for method in CLASSICAL)


def _comparisons(table: pd.DataFrame, found: pd.DataFrame) -> list[Measurement]:
    """Return the spread of accuracy over runs, what the vote gains, and how many there are."""
    network = table[table["method"] == "network"]
    accuracy = 100 * network[network["quantity"] == "accuracy"].pivot(index="seed", columns="at", values="value")
    gain = difference_interval(found["ensemble", "accuracy"], found["network", "accuracy"])
    spread = mean_interval(accuracy.max(axis=1) - accuracy.min(axis=1))
    runs, sets = (Interval.exact(n) for n in (accuracy.shape[1], accuracy.shape[0]))
    words = f"best minus worst of {accuracy.shape[1]} networks"
    return [
        Measurement("spread", words, spread, unit="points", spec=".1f", colour="deep"),
        Measurement("gain", "accuracy gained by the ensemble", gain, unit="points", spec="+.1f", colour="deep"),
        Measurement("runs", "networks on each set of data", runs, spec=".0f"),
        Measurement("sets", "sets of data", sets, spec=".0f"),
    ]


def _published() -> list[Measurement]:
    """Return the published calibration error, before and after temperature scaling."""
    return [
        Measurement(
            f"published_{when}",
            f"calibration error of {RESNET.network}, {when} temperature scaling",
            Interval.exact(value),
            unit="%",
            published=Published(value, RESNET.citation, RESNET.where),
            colour="deep",
        )
        for when, value in (("before", RESNET.before), ("after", RESNET.after))
    ]


PART = Part(
    key="reliability",
    says="very low randomness",
    refuted_by=(
        "Two runs of the network on the same data do not disagree more often than two runs of every classical method "
        "(intervals of the differences, over sets of data), and its confidence is not further from its accuracy than "
        f"that of every classical method. If only one of the two is so, or five networks that vote and one fitted "
        f"number leave less than {SHARE:.0%} of both troubles, it holds with a caveat."
    ),
    expected=Verdict.CAVEAT,
    experiments=(Repeatability,),
    judge=judge,
    citations=("guo2017calibration", "lakshminarayanan2017simple", "bouthillier2021accounting"),
)
