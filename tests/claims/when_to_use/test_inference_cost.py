import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.energy import arithmetic, total
from lecture.claims.when_to_use.inference_cost import judge_cost

NETWORKS = ("MLP", "CNN", "small CNN", "small CNN, taught")
TIMED = ("logistic", "kNN", "forest", "MLP", "MLP, int8", "CNN", "small CNN")
DEAR, CHEAP = 1e6, 1.0


def row(method, bits, accuracy, work, comparisons=0, spread=0.0):
    return pd.DataFrame(
        {
            "method": method, "bits": bits, "seed": range(5),
            "accuracy": [accuracy + spread * (-1) ** s for s in range(5)],
            "numbers": 10, "multiply_adds": work, "comparisons": comparisons, "fetched_bits": work * bits,
        }
    )  # fmt: skip


def table(networks, accuracy=0.95, classical=None, spread=0.0001):
    """Made-up records: multiply-adds of the networks and of the classical methods."""
    work = {"logistic": 1000.0, "kNN": 1000.0, "forest": 1000.0} | (classical or {})
    rows = [row(m, bits, accuracy, networks.get(m, DEAR), spread=spread) for m in NETWORKS for bits in (32, 8)]
    rows += [row("logistic", bits, 0.9, work["logistic"]) for bits in (32, 8)]
    return pd.concat([*rows, row("kNN", 32, 0.94, work["kNN"]), row("forest", 32, 0.94, work["forest"])])


def times():
    return pd.DataFrame(
        [
            {"method": m, "at_once": n, "seed": s, "seconds": 1e-5 * (1 + 0.01 * s) * len(m)}
            for m in TIMED
            for n in (1, 1000)
            for s in range(5)
        ]
    )


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (table({}), Verdict.HOLDS),
        (table({"small CNN": CHEAP}), Verdict.FAILS),
        (table({"small CNN": CHEAP}, accuracy=0.8), Verdict.HOLDS),  # cheap and worse
        (table({"small CNN": CHEAP}, accuracy=0.92), Verdict.IN_PART),  # takes the place of one method alone
        (table({}, classical={"kNN": 1e8}), Verdict.IN_PART),  # a method as dear as that
        (table({"small CNN": CHEAP}, accuracy=0.91, spread=0.05), Verdict.UNDECIDED),
    ],
)
def test_the_verdict_in_every_direction(records, verdict):
    assert judge_cost(records, times()).verdict is verdict


def test_a_network_has_to_be_cheaper_in_arithmetic_too():
    """One that only needs fewer numbers from memory replaces nothing."""
    records = table({"small CNN": CHEAP})
    records.loc[records["method"].str.startswith("small"), "multiply_adds"] = DEAR
    assert judge_cost(records, times()).verdict is Verdict.HOLDS


def test_the_estimate_by_hand():
    rows = pd.concat([row("CNN", 32, 1, 1000), row("CNN", 8, 1, 1000), row("forest", 32, 1, 0, comparisons=100)])
    each = arithmetic(rows).to_numpy()[[0, 5, 10]]
    assert each == pytest.approx([4.6, 0.3, 0.09])  # nanojoules
    assert (total(rows) - arithmetic(rows)).to_numpy()[[0, 5]] == pytest.approx([650, 162.5])  # 0.65 nJ for 32 bits
