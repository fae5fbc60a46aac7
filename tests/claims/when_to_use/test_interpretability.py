import pandas as pd
import pytest
from tests.claims.when_to_use.test_tabular import records as tabular

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.interpretability import MAPS, MODELS, judge_reasons


def records(tree, network, deletion=None, spread=1.0):
    """Columns named again, per cent, by a tree and by a network; and answers that change without the columns named."""
    told = {"shared": (tree, network), "agreement": (90, 90)} | ({"deletion": deletion} if deletion else {})
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


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (records(80, 50, deletion=(90, 40)), Verdict.HOLDS),
        (records(80, 50, deletion=(40, 90)), Verdict.FAILS),
        (records(30, 50, deletion=(90, 40)), Verdict.FAILS),
        (records(55, 50, deletion=(90, 40), spread=9), Verdict.UNDECIDED),
        (records(80, 50), Verdict.UNDECIDED),  # reasons that come back need not be the reasons
        (records(30, 50), Verdict.UNDECIDED),
    ],
)
def test_reasons_must_be_repeated_and_carry_the_answer(found, verdict):
    assert judge_reasons(**found).verdict is verdict


def test_the_numbers_prose_quotes():
    found = judge_reasons(**records(80, 50))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(30)
    assert (numbers["price"], numbers["maps"], numbers["shared_tree"]) == pytest.approx((5, 0.3, 80))
