import pandas as pd
import pytest
from tests.claims.when_to_use.test_tabular import records as tabular

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.interpretability import MAPS, MODELS, judge_reasons


def records(shared, groups, deletion, spread=1.0):
    """Per cents of a tree and of a network: columns and groups named again, answers that change without the columns."""
    told = {"shared": shared, "shared_groups": groups, "deletion": deletion}
    told |= {"deletion_random": (5, 5), "insertion": (100, 60), "agreement": (90, 90)}
    reasons = pd.DataFrame(
        {
            "seed": seed, "model": model, "quantity": quantity,
            "value": (value + spread * (-1) ** seed * (model == "tree")) / 100,
        }
        for quantity, pair in told.items()
        for model in MODELS
        for value in [pair[0] if model == "tree" else pair[1]]
        for seed in range(6)
    )  # fmt: skip
    maps = [(seed, quantity, -1, 0.3) for seed in range(6) for quantity in (*MAPS, "agreement")]
    maps += [(seed, "map", 0, 99.0) for seed in range(6)]  # pixels are no numbers to average
    saliency = pd.DataFrame(maps, columns=["seed", "quantity", "number", "value"])
    return {"reasons": reasons, "saliency": saliency, "tabular": tabular(1, tables=2)}


MORE, LESS = (80, 50), (30, 50)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (records(MORE, MORE, MORE), Verdict.HOLDS),
        (records(LESS, LESS, MORE), Verdict.IN_PART),
        (records(MORE, LESS, MORE), Verdict.IN_PART),  # the same column by another name is the same reason
        (records(MORE, MORE, LESS), Verdict.IN_PART),
        (records(LESS, MORE, LESS), Verdict.FAILS),
        (records((55, 50), (55, 50), (55, 50), spread=9), Verdict.UNDECIDED),
    ],
)
def test_reasons_must_be_repeated_and_carry_the_answer(found, verdict):
    assert judge_reasons(**found).verdict is verdict


def test_the_numbers_prose_quotes():
    found = judge_reasons(**records(MORE, LESS, (40, 10)))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(30)
    assert (numbers["price"], numbers["maps"], numbers["shared_tree"]) == pytest.approx((5, 0.3, 80))
    assert (numbers["groups_network"], numbers["alone_network"]) == pytest.approx((50, 60))
