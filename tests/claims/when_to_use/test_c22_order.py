import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.c22_order import CLAIM


def tables(**losses):
    """Accuracies near 0.8 that fall by the given points when shuffled, with a small spread over five seeds."""
    rows = [
        (seed, model, order, 1.0, 0.8 + 0.001 * seed - (order == "shuffled") * (loss / 100 + 0.0005 * (seed % 2)))
        for model, loss in losses.items()
        for order in ("ordered", "shuffled")
        for seed in range(5)
    ]
    table = pd.DataFrame(rows, columns=["seed", "model", "order", "train_accuracy", "test_accuracy"])
    recurrent = table["model"] == "GRU"
    return table[~recurrent], table[recurrent]


@pytest.mark.parametrize(
    ("losses", "verdict"),
    [
        ({"logistic": 0, "MLP": 0, "CNN": 30, "GRU": 30}, Verdict.HOLDS),
        ({"logistic": 0, "MLP": 20, "CNN": 30, "GRU": 30}, Verdict.CAVEAT),
        ({"logistic": 0, "MLP": 0, "CNN": 30, "GRU": 5}, Verdict.FAILS),
        ({"logistic": 0, "MLP": 0, "CNN": 0, "GRU": 0}, Verdict.FAILS),
    ],
)
def test_neighbours_must_matter_to_those_built_for_them_and_to_nobody_else(losses, verdict):
    assert CLAIM.find(*tables(**losses)).verdict == verdict


def test_the_numbers_prose_quotes():
    finding = CLAIM.find(*tables(logistic=0, MLP=0, CNN=30, GRU=20))
    found = {m.key: m for m in finding.measurements}
    assert finding.measurements[0].key == "loss_cnn"
    assert found["loss_cnn"].interval.value == pytest.approx(30.02)
    assert found["loss_cnn"].published.value == 38
    assert found["cnn_ordered"].interval.value == pytest.approx(80.2)
    assert found["lead_gru_ordered"].interval.value == pytest.approx(0, abs=1e-9)
    assert found["lead_gru_shuffled"].interval.value == pytest.approx(-20)
    assert set(finding.scale) <= set(found)
    assert finding.opposite == 0
