import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c22_order import judge_graphs, judge_order, members

LOSSES = {"logistic": 0, "MLP": 0, "CNN": 30, "GRU": 20}
MOVED = {"CNN": 5, "MLP": 0, "SVM": 0}
SPREAD = 0.2


def orders(losses, spread):
    """Return accuracies of 0.8 that fall by the given points, give or take, when shuffled."""
    return pd.DataFrame(
        {
            "seed": seed,
            "model": model,
            "order": order,
            "test_accuracy": 0.8 - (order == "shuffled") * (loss + spread * (-1) ** seed) / 100,
        }
        for model, loss in losses.items()
        for order in ("ordered", "shuffled")
        for seed in range(6)
    )


@pytest.mark.parametrize(
    ("losses", "moved", "spread", "verdict"),
    [
        (LOSSES, MOVED, SPREAD, Verdict.HOLDS),
        (LOSSES | {"GRU": 5}, MOVED, SPREAD, Verdict.IN_PART),  # on digits alone
        (LOSSES, MOVED | {"CNN": 1}, SPREAD, Verdict.IN_PART),
        (LOSSES, MOVED | {"MLP": 9}, SPREAD, Verdict.IN_PART),  # a blind model must not notice
        (LOSSES | {"MLP": 20}, MOVED | {"CNN": 1}, SPREAD, Verdict.FAILS),
        (LOSSES | {"CNN": 10}, MOVED | {"CNN": 3}, 2, Verdict.UNDECIDED),
    ],
)
def test_order_matters_to_those_built_for_it_and_to_nobody_else(losses, moved, spread, verdict):
    signals = orders(losses, spread)
    recurrent = signals["model"] == "GRU"
    assert judge_order(signals[~recurrent], signals[recurrent], orders(moved, spread)).verdict is verdict


def test_the_numbers_prose_quotes():
    found = judge_order(orders(LOSSES, SPREAD), orders({"GRU": 20}, SPREAD), orders(MOVED, SPREAD))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(30)
    assert numbers["loss_gru"] == pytest.approx(20)
    assert (numbers["pixels_ordered"], numbers["pixels_shuffled"]) == pytest.approx((20, 25))


def graphs(network, blind, averaged, spread=0.5):
    """Return made-up records of blocks and of the club, in per cent; the links bring nothing below the threshold."""
    level = {"graph network, features": network, "blind, features": blind, "averaged features": averaged}
    friends = {"graph network": 85, "blind": 50, "propagation": 80}

    def share(model, seed):
        return (level[model] + spread * (model == "averaged features") * (-1) ** seed) / 100

    club = [
        (seed, model, node, node == 0, 1.0 if node == 0 else friends[model] / 100)
        for model in friends
        for seed in range(6)
        for node in range(3)
    ]
    blocks = [
        (seed, strength, model, 100, share(model, seed) if strength > 1 else blind / 100)
        for model in level
        for seed in range(6)
        for strength in (0.5, 3.0)
    ]
    return {
        "graph_blocks": pd.DataFrame(blocks, columns=["seed", "strength", "model", "links", "accuracy"]),
        "graph_club": pd.DataFrame(club, columns=["seed", "model", "node", "known", "right"]),
    }


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (graphs(85, 65, 90), Verdict.HOLDS),
        (graphs(90, 65, 80), Verdict.IN_PART),  # done, and better than a linear model that is told as much
        (graphs(70, 65, 60), Verdict.FAILS),
        (graphs(75, 65, 75), Verdict.UNDECIDED),
        (graphs(85, 50, 90), Verdict.UNDECIDED),  # without the graph there is nothing to learn from
    ],
)
def test_graphs_need_nodes_with_features_to_tell(records, verdict):
    assert judge_graphs(**records).verdict is verdict


def test_known_members_do_not_count():
    assert members(graphs(85, 65, 90)["graph_club"])["graph network"].mean() == pytest.approx(85)
