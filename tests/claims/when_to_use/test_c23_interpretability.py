import pandas as pd
import pytest
from tests.claims.when_to_use.test_c23_tabular import table

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.interpretability import MAPS, MODELS, PART


def records(alike=0.3, tree=0.8, network=0.5, gradient=0.4, price=2.0):
    maps = [
        (seed, quantity, -1, alike + 0.01 * (seed % 2))
        for seed in range(5)
        for quantity in (*MAPS, "agreement", "accuracy")
    ]
    maps += [(seed, "map", 0, 99.0) for seed in range(5)]  # pixels are no numbers to average
    shared = dict.fromkeys(MODELS, 0.6) | {"tree": tree, "network": network, "network, gradient": gradient}
    reasons = [
        (seed, model, quantity, shared[model] + 0.01 * (seed % 3) * (model == "tree"))
        for seed in range(5)
        for model in MODELS
        for quantity in ("shared", "agreement", "error")
    ]
    reasons += [(seed, "tree", quantity, 0.5) for seed in range(5) for quantity in ("root", "top")]
    runs = table(1, 1)
    costly = runs["method"] == "small tree"
    runs.loc[costly, "error"] += (price - 5) / 100
    return (
        pd.DataFrame(maps, columns=["seed", "quantity", "number", "value"]),
        pd.DataFrame(reasons, columns=["seed", "model", "quantity", "value"]),
        runs,
    )


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"price": 8.0}, Verdict.CAVEAT),  # readable, and too dear
        ({"alike": 0.7}, Verdict.CAVEAT),  # the maps agree
        ({"tree": 0.4}, Verdict.CAVEAT),  # the tree is no better at repeating itself
        ({"network": 0.4, "gradient": 0.9}, Verdict.CAVEAT),  # the kinder of the network's two ways counts
        ({"alike": 0.7, "tree": 0.4}, Verdict.FAILS),
        ({"alike": 0.5, "tree": 0.5}, Verdict.FAILS),
    ],
)
def test_networks_must_disagree_trees_repeat_themselves_and_reading_be_cheap(changes, verdict):
    assert PART.judge(*records(**changes)).verdict == verdict


def test_the_numbers_prose_quotes():
    finding = PART.judge(*records())
    found = {m.key: m.interval.value for m in finding.measurements}
    assert finding.measurements[0].key == "maps"
    assert found["maps"] == pytest.approx(0.304)
    assert found["lead"] == pytest.approx(30.8)
    assert found["price"] == pytest.approx(2.04)
    assert found["root"] == 50
    assert found["shared_network_same_rows"] == pytest.approx(60)
