"""Borrowed layers are the lender's, and frozen ones stay."""

import pytest
import torch
from torch import nn

from lecture.experiments.outlook.transferred_layers import KINDS, TransferredLayers, borrow
from lecture.models.convolution import Conv1d
from lecture.models.deep_cnn import deep_cnn
from lecture.seeds import Seeds

CPU = torch.device("cpu")
PLANS = [("fine-tuned", 0), ("fine-tuned", 2), ("frozen", 1), ("random, frozen", 2)]


@pytest.fixture
def networks():
    def network(values, purpose):
        return deep_cnn(Seeds(values, CPU).stream(purpose), layers=3, channels=16, activation=nn.ReLU)

    return network((0, 1), "old"), network((0, 1) * len(PLANS), "new"), network((0, 1) * len(PLANS), "new")


def test_each_plan_gets_its_layers_and_no_others(networks):
    base, model, fresh = networks
    borrow(base, model, PLANS)
    layers = [[layer for layer in net if isinstance(layer, Conv1d)] for net in (base, model, fresh)]
    for place, (old, new, before) in enumerate(zip(*layers, strict=True)):
        for number, (kind, k) in enumerate(PLANS):
            rows = slice(2 * number, 2 * number + 2)
            expected = old.weight if k > place and not kind.startswith("random") else before.weight[rows]
            assert torch.equal(new.weight[rows], expected)
    assert torch.equal(model[-1].weight, fresh[-1].weight)


def test_frozen_layers_get_no_gradient(networks):
    base, model, _ = networks
    factors = borrow(base, model, PLANS)
    assert len(factors) == 4  # weight and bias of two convolutions
    first, second = factors[0][1].flatten().tolist(), factors[2][1].flatten().tolist()
    assert first == [1, 1, 1, 1, 0, 0, 0, 0]
    assert second == [1, 1, 1, 1, 1, 1, 0, 0]


def test_the_table_is_tidy():
    table = TransferredLayers.preset("smoke").run(CPU)
    assert set(table["kind"]) == set(KINDS)
    assert len(table) == 2 * (1 + 3 * 2)
    assert table["accuracy"].between(0, 1).all()


def test_a_layer_frozen_at_random_keeps_its_start_through_training(monkeypatch):
    kept = {}

    def spy(base, model, plans):
        factors = borrow(base, model, plans)
        kept.update(model=model, plans=plans, start=[p.detach().clone() for p, _ in factors], factors=factors)
        return factors

    monkeypatch.setattr("lecture.experiments.outlook.transferred_layers.borrow", spy)
    TransferredLayers.preset("smoke").run(CPU)
    for start, (parameter, keep) in zip(kept["start"], kept["factors"], strict=True):
        frozen = keep.flatten() == 0
        assert frozen.any()
        assert torch.equal(parameter[frozen], start[frozen])
        assert not torch.equal(parameter[~frozen], start[~frozen])
