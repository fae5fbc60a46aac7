import pandas as pd
import pytest

from lecture.claims.history.c05_alexnet import CLAIM, judge_layers
from lecture.claims.verdict import Verdict


def layers(parameters=60_900_000, learned=8, after=6.5):
    rows = [
        (
            layout,
            0,
            f"{'conv' if i < 6 else 'full'}{i}",
            1000,
            int(i <= learned) * parameters // learned,
            10**6,
            7.0,
            after,
        )
        for layout in ("two towers", "one tower")
        for i in range(1, 10)
    ]
    columns = ["layout", "seed", "layer", "outputs", "parameters", "multiply_adds", "loss", "loss_after"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"learned": 7}, Verdict.FAILS),
        ({"learned": 9}, Verdict.FAILS),
        ({"after": 7.0}, Verdict.FAILS),  # it does not run
        ({"parameters": 54_000_000}, Verdict.FAILS),
        ({"parameters": 66_000_000}, Verdict.FAILS),
    ],
)
def test_eight_layers_sixty_million_parameters_and_a_step_that_helps(changed, verdict):
    assert judge_layers(layers(**changed)).verdict is verdict


def test_shares_are_of_the_layers_that_learn():
    found = judge_layers(layers())
    numbers = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == 8
    assert numbers["conv_parameters"] == pytest.approx(100 * 5 / 8)
    assert numbers["conv_multiply_adds"] == pytest.approx(100 * 5 / 8)
    assert numbers["middle_most"] == numbers["full6_parameters"] == pytest.approx(100 / 8)


def test_networks_before_it_had_up_to_ten():
    assert CLAIM.parts[1].published.value == 10
