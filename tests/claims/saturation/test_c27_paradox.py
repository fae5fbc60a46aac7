import pandas as pd
import pytest

from lecture.claims.saturation import c27_paradox
from lecture.claims.verdict import Verdict
from lecture.data.literature.training_costs import GPT3_OVER_ALEXNET


def errors(*methods, sizes=(1000, 3000, 5500, 10_000)):
    """Return methods that are wrong on 30 % at 3,000 examples, on 20 % at the next size, and on 10 % after it."""
    at = dict(zip(sizes, (0.4, 0.3, 0.2, 0.1), strict=True))
    rows = [(seed, method, n, error) for method in methods for n, error in at.items() for seed in range(5)]
    return pd.DataFrame(rows, columns=["seed", "method", "n", "error"])


def judged(accuracy=0.9, seconds=3.0, spread=0.001):
    rows = [(seed, seconds + 0.1 * seed, accuracy + spread * (seed - 2)) for seed in range(5)]
    decent = pd.DataFrame(rows, columns=["seed", "seconds", "accuracy"])
    return c27_paradox.judge_lower(decent, errors("SVM"), errors("forest"))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"accuracy": 0.7}, Verdict.FAILS),
        ({"accuracy": 0.81, "spread": 0.02}, Verdict.UNDECIDED),
        ({"seconds": 90}, Verdict.FAILS),
    ],
)
def test_a_beginner_must_beat_the_expert_of_before_with_no_more_examples(changes, verdict):
    assert judged(**changes).verdict is verdict


@pytest.mark.parametrize(("lines", "verdict"), [(49, Verdict.HOLDS), (50, Verdict.FAILS)])
def test_a_beginners_program_is_a_short_one(monkeypatch, lines, verdict):
    monkeypatch.setattr(c27_paradox, "count_lines", lambda: lines)
    assert judged().verdict is verdict


def test_the_expert_gets_the_next_larger_size():
    found = {m.key: m.interval.value for m in judged().numbers}
    assert found["classical"] == pytest.approx(80)
    assert judged().value.value == pytest.approx(10)


def test_published_operations_are_rounded_to_what_estimates_can_say():
    assert GPT3_OVER_ALEXNET == 700_000
