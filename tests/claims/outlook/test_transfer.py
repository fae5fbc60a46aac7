import pandas as pd
import pytest

from lecture.claims.outlook.transfer import by_layers, numbers


def table(frozen, tuned, random, fresh=50):
    """Accuracies in percent for 1, 2, 3 ... layers, with a little spread over five seeds."""
    kinds = {"fine-tuned": [fresh, *tuned], "frozen": [None, *frozen], "random, frozen": [None, *random]}
    return pd.DataFrame(
        [
            {"seed": seed, "kind": kind, "layers": k, "accuracy": (value + 0.3 * seed) / 100}
            for kind, values in kinds.items()
            for k, value in enumerate(values)
            if value is not None
            for seed in range(5)
        ]
    )


def test_the_numbers_prose_quotes():
    found = {
        m.key.removeprefix("transfer_"): m.interval.value
        for m in numbers(table((60, 75, 65), (60, 80, 78), (50, 45, 40)))
    }
    assert (found["top"], found["most"]) == (2, 3)
    assert found["frozen_top"] == pytest.approx(75.6)
    assert found["frozen_all"] == pytest.approx(65.6)
    assert found["tuned_all"] == pytest.approx(78.6)
    assert found["fresh"] == pytest.approx(50.6)


def test_a_fresh_network_borrows_nothing():
    scores = by_layers(table((60,), (70,), (40,)))
    assert list(scores["fresh"].columns) == [0]
    assert list(scores["frozen"].columns) == list(scores["fine-tuned"].columns) == [1]
