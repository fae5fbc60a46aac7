import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.outlook.transfer import PART, by_layers


def table(frozen, tuned, random, fresh=50):
    """Accuracies in percent for 1, 2, 3 ... layers, with a little spread over five seeds."""
    kinds = {"fine-tuned": [fresh, *tuned], "frozen": [None, *frozen], "random, frozen": [None, *random]}
    return pd.DataFrame(
        [
            {"seed": seed, "kind": kind, "layers": k, "accuracy": (value + 0.3 * seed + 0.1 * (seed % 2) * k) / 100}
            for kind, values in kinds.items()
            for k, value in enumerate(values)
            if value is not None
            for seed in range(5)
        ]
    )


@pytest.mark.parametrize(
    ("frozen", "random", "verdict"),
    [
        ((60, 75, 65), (50, 45, 40), Verdict.HOLDS),
        ((60, 70, 75), (50, 45, 40), Verdict.CAVEAT),  # the last layers transfer as well
        ((60, 75, 40), (50, 45, 40), Verdict.CAVEAT),  # at the end no better than layers that learned nothing
        ((49, 45, 40), (50, 45, 30), Verdict.FAILS),  # nothing is worth borrowing
    ],
)
def test_early_layers_must_serve_and_late_ones_less(frozen, random, verdict):
    assert PART.judge(table(frozen, (60, 75, 80), random)).verdict == verdict


def test_the_numbers_prose_quotes():
    found = {m.key: m.interval.value for m in PART.judge(table((60, 75, 65), (60, 80, 78), (50, 45, 40))).measurements}
    assert found["top"] == 2
    assert found["most"] == 3
    assert found["gain"] == pytest.approx(25, abs=0.2)
    assert found["lost"] == pytest.approx(10, abs=0.2)
    assert found["tuned_all"] == pytest.approx(78.7, abs=0.2)
    assert found["fresh"] == pytest.approx(50.6)


def test_a_fresh_network_borrows_nothing():
    scores = by_layers(table((60,), (70,), (40,)))
    assert list(scores["fresh"].columns) == [0]
    assert list(scores["frozen"].columns) == list(scores["fine-tuned"].columns) == [1]
