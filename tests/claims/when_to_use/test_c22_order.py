import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.c22_order import CLAIM

LOSSES = {"logistic": 0, "MLP": 0, "CNN": 30, "GRU": 20}
MOVED = {"CNN": 5, "MLP": 0, "SVM": 0}
CLUB = {"graph network": 90, "blind": 50, "propagation": 90}
BLOCKS = {"graph network": (52, 80), "blind": (50, 50), "propagation": (52, 80), "belief": (53, 90)}


def orders(losses):
    """Return accuracies near 0.8 that fall by the given points when shuffled, with a small spread over five seeds."""
    rows = [
        (seed, model, order, 1.0, 0.8 + 0.001 * seed - (order == "shuffled") * (loss / 100 + 0.0005 * (seed % 2)))
        for model, loss in losses.items()
        for order in ("ordered", "shuffled")
        for seed in range(5)
    ]
    return pd.DataFrame(rows, columns=["seed", "model", "order", "train_accuracy", "test_accuracy"])


def tables(losses=LOSSES, moved=MOVED, club=CLUB, blocks=BLOCKS):
    """Return made-up records, with small spreads that differ from model to model."""
    signals = orders(losses)
    recurrent = signals["model"] == "GRU"
    members = pd.DataFrame(
        [
            (seed, model, node, node == 0, node == 0 or percent / 100 + 0.001 * (seed * (i + 1) % 3))
            for i, (model, percent) in enumerate(club.items())
            for seed in range(5)
            for node in range(3)
        ],
        columns=["seed", "model", "node", "known", "right"],
    )
    nodes = pd.DataFrame(
        [
            (seed, strength, model, 100, percent / 100 + 0.001 * (seed * (i + 1) % 3))
            for i, (model, levels) in enumerate(blocks.items())
            for strength, percent in zip((0.5, 3.0), levels, strict=True)
            for seed in range(5)
        ],
        columns=["seed", "strength", "model", "links", "accuracy"],
    )
    members["right"] = members["right"].astype(float)
    return signals[~recurrent], signals[recurrent], orders(moved), members, nodes


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"losses": {**LOSSES, "MLP": 20}}, Verdict.CAVEAT),
        ({"losses": {**LOSSES, "GRU": 5}}, Verdict.FAILS),
        ({"losses": {**LOSSES, "CNN": -30}}, Verdict.FAILS),
        ({"moved": {**MOVED, "CNN": 1}}, Verdict.FAILS),
        ({"moved": {**MOVED, "CNN": -5}}, Verdict.FAILS),
        ({"moved": {**MOVED, "MLP": 5}}, Verdict.CAVEAT),
        ({"club": {**CLUB, "graph network": 55}}, Verdict.FAILS),
        ({"club": {**CLUB, "blind": 95}}, Verdict.FAILS),
        ({"blocks": {**BLOCKS, "graph network": (50, 55)}}, Verdict.FAILS),
        ({"blocks": {**BLOCKS, "graph network": (70, 80)}}, Verdict.FAILS),
        ({"club": {**CLUB, "propagation": 80}}, Verdict.HOLDS),
        ({"blocks": {**BLOCKS, "propagation": (52, 70)}}, Verdict.HOLDS),
        ({"club": {**CLUB, "propagation": 80}, "blocks": {**BLOCKS, "propagation": (52, 70)}}, Verdict.CAVEAT),
    ],
)
def test_neighbours_must_matter_to_those_built_for_them_and_to_nobody_else(changes, verdict):
    assert CLAIM.find(*tables(**changes)).verdict == verdict


def test_the_numbers_prose_quotes():
    finding = CLAIM.find(*tables())
    found = {m.key: m for m in finding.measurements}
    assert finding.measurements[0].key == "loss_cnn"
    assert found["loss_cnn"].interval.value == pytest.approx(30.02)
    assert found["loss_cnn"].published.value == 38
    assert found["cnn_ordered"].interval.value == pytest.approx(80.2)
    assert found["lead_gru_ordered"].interval.value == pytest.approx(0, abs=1e-9)
    assert found["lead_gru_shuffled"].interval.value == pytest.approx(-20)
    assert found["pixels_loss_cnn"].interval.value == pytest.approx(5.02)
    assert found["pixels_cnn_shuffled"].interval.value == pytest.approx(24.82)
    assert found["pixels_lead_shuffled"].interval.value == pytest.approx(-5)
    assert found["club_gain"].interval.value == pytest.approx(40, abs=0.2)
    assert found["club_graph"].interval.value == pytest.approx(90, abs=0.2)  # the known member does not count
    assert found["blocks_gain_above"].interval.value == pytest.approx(30, abs=0.2)
    assert found["blocks_over_belief"].interval.value == pytest.approx(-10, abs=0.2)
    assert found["links_blocks"].interval.value == 100
    assert set(finding.scale) <= set(found)
    assert finding.opposite == 0
