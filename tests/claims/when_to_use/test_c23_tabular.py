import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.tabular import PART, errors

ROWS = {"large": 5000, "small": 200}


def table(large, small, turned=0.0):
    """The network errs by so many points more than boosting; rotation costs boosting ``turned`` points."""
    rows = []
    for name, gap in (("small", small), ("large", large)):
        for seed in range(5):
            wobble = 0.001 * (seed % 2)
            base = 0.2 + 0.002 * seed
            for method, rotated, error in (
                ("boosting", False, base),
                ("boosting, untuned", False, base + 0.01),
                ("boosting", True, base + turned / 100),
                ("network", False, base + gap / 100 + wobble),
                ("network, untuned", False, base + gap / 100 + 2 * wobble),
                ("network", True, base + gap / 100 + wobble),
                ("linear", False, base + 0.03),
                ("small tree", False, base + 0.05 + wobble),
            ):
                rows.append((name, seed, ROWS[name], method, rotated, error))
    return pd.DataFrame(rows, columns=["table", "seed", "n", "method", "rotated", "error"])


@pytest.mark.parametrize(
    ("gaps", "verdict"),
    [
        ((3, 3), Verdict.HOLDS),
        ((3, -0.05), Verdict.HOLDS),
        ((3, -1), Verdict.CAVEAT),  # on average, but not everywhere
        ((-1, 3), Verdict.CAVEAT),
        ((0.3, -0.35), Verdict.FAILS),
        ((-0.05, -0.05), Verdict.FAILS),  # no difference
        ((-0.05, -2), Verdict.FAILS),
        ((2, -4), Verdict.FAILS),
        ((-3, -3), Verdict.FAILS),
    ],
)
def test_the_network_must_lose_to_boosting(gaps, verdict):
    assert PART.judge(table(*gaps)).verdict == verdict


def test_a_loss_on_a_medium_table_alone_is_a_caveat():
    runs = table(0.3, -0.05)
    noise = runs["table"].eq("small") & runs["method"].eq("network") & ~runs["rotated"]
    runs.loc[noise, "error"] += runs["seed"].map({0: 0.05, 1: -0.05, 2: 0.04, 3: -0.04, 4: 0.0})
    finding = PART.judge(runs)
    found = {m.key: m.interval for m in finding.measurements}
    assert found["gap"].low < 0 < found["gap"].high
    assert finding.verdict == Verdict.CAVEAT


def test_the_numbers_prose_quotes():
    finding = PART.judge(table(3, 1, turned=2))
    found = {m.key: m.interval.value for m in finding.measurements}
    assert finding.measurements[0].key == "gap"
    assert found["gap"] == pytest.approx(2.04)
    assert found["gap_large"] == pytest.approx(3.04)
    assert found["rotation_boosting"] == pytest.approx(2)
    assert found["rotation_network"] == pytest.approx(0)
    assert found["gap_rotated"] == pytest.approx(0.04)
    assert found["gap_rotated_large"] == pytest.approx(1.04)
    assert found["tuning_boosting"] == pytest.approx(1)
    assert found["over_linear"] == pytest.approx(2.04 - 3)
    assert (found["tables"], found["ahead"], found["behind"], found["rows"]) == (2, 0, 2, 5000)


def test_the_largest_table_comes_first():
    assert list(errors(table(1, 1))["network"]) == ["large", "small"]
