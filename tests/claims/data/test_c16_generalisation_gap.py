import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.data.c16_generalisation_gap import CLAIM, gaps

SIZES = (100, 9146, 30000)


def table(small, large):
    rows = [
        (width, width * 60, n, seed, 0.0, 0.5 + (gap + 0.1 * seed) / 100, 1.0, 0.5)
        for width, by_size in ((25, small), (100, large))
        for n, gap in zip(SIZES, by_size, strict=True)
        for seed in range(5)
    ]
    names = "width parameters examples seed train_loss train_accuracy test_loss test_accuracy"
    return pd.DataFrame(rows, columns=names.split())


def test_the_gap_is_in_points():
    found = gaps(table((40, 10, 2), (45, 30, 20)))
    assert list(found) == [25, 100]
    assert found[100].loc[0].tolist() == pytest.approx([45, 30, 20])


@pytest.mark.parametrize(
    ("small", "large", "verdict"),
    [
        ((40, 10, 2), (45, 15, 3), Verdict.HOLDS),
        ((40, 10, 2), (45, 30, 20), Verdict.CAVEAT),
        ((40, 10, 2), (45, 20, 25), Verdict.FAILS),
        ((40, 45, 2), (45, 30, 20), Verdict.FAILS),
    ],
)
def test_the_gap_must_shrink_and_close_in_every_network(small, large, verdict):
    assert CLAIM.find(table(small, large)).verdict == verdict


def test_the_numbers_prose_quotes():
    found = {m.key: m.interval.value for m in CLAIM.find(table((40, 10, 2), (45, 30, 20))).measurements}
    assert found["large_most_gap"] == pytest.approx(20.2)
    assert found["small_few_gap"] == pytest.approx(40.2)
    assert found["shrinks_by"] == pytest.approx(10)
    assert found["mark"] == found["caltech"] == 9146
    assert found["large_examples_per_weight"] == pytest.approx(5)
    assert found["alexnet_examples_per_weight"] == pytest.approx(0.0214, rel=0.01)
