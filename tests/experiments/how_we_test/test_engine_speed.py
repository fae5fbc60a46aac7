from dataclasses import replace
from math import prod

import pandas as pd
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from lecture.experiments.how_we_test import products
from lecture.experiments.how_we_test.engine_operations import CALLS, KINDS, PYTHON, EngineOperations
from lecture.experiments.how_we_test.engine_speed import PRODUCTS, Case, EngineSpeed
from lecture.experiments.how_we_test.ways import POINTS, WAYS, convolutional, fully_connected
from lecture.models.counting import training_multiply_adds
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TINY = replace(EngineSpeed.preset("smoke"), many=(1,), depths=(1,), batches=(10,), steps=1)


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


@pytest.mark.parametrize("network", [fully_connected(3, 20), convolutional(4)], ids=["MLP", "CNN"])
def test_the_products_are_those_of_a_step(network):
    model = network.replicas(Seeds((0, 1), CPU).stream("weights"))
    found = products.sizes(model, 7, POINTS)
    assert products.operations(found) == 2 * 7 * training_multiply_adds(model, POINTS)
    x = torch.zeros(7, POINTS)
    plain = network.plain()
    with FlopCounterMode(display=False) as counter:
        plain(x).sum().backward()
    assert products.operations(found) == counter.get_total_flops()


def test_a_layer_has_three_products_and_the_first_one_less():
    model = fully_connected(1, 20).replicas(Seeds((0,), CPU).stream("weights"))
    assert products.sizes(model, 7, POINTS) == {
        (7, 40, 20): 1, (40, 7, 20): 1, (7, 20, 10): 1, (20, 7, 10): 1, (7, 10, 20): 1,
    }  # fmt: skip


def test_twice_the_products_take_twice_the_time():
    stream = Seeds((0,), CPU).stream("numbers")
    one = products.seconds({(64, 64, 64): 1}, stream, 0.02)
    assert products.seconds({(64, 64, 64): 1000}, stream, 0.02) == pytest.approx(1000 * one, rel=0.9)
    assert 0 < 2 * prod((64, 64, 64)) / one < 1e13, "no processor is that fast"


def test_every_case_is_timed_by_every_way_in_every_round(table):
    rounds = table.groupby(["network", "depth", "replicas", "batch", "way"]).seed.apply(list)
    assert all(seeds == [0, 1] for seeds in rounds)
    expected = {(c.network, c.depth, c.replicas, c.batch, way) for c in TINY.cases() for way in (*WAYS, PRODUCTS)}
    assert set(rounds.index) == expected
    assert (table.seconds > 0).all()
    assert set(table.kind) == {"cpu"}


def test_one_thing_varies_at_a_time():
    usual, *others = EngineSpeed().cases()
    assert len({usual, *others}) == 1 + len(others)
    for case in others:
        changed = [name for name, value in vars(case).items() if vars(usual)[name] != value]
        assert len(changed) == 1 or case == Case("CNN", 3, usual.replicas, usual.batch)


def test_operations_count_all_networks(table):
    by = table.groupby("replicas").operations.first()
    assert by[TINY.networks] == TINY.networks * by[1]


def test_the_number_of_threads_is_left_as_it_was():
    before = torch.get_num_threads()
    EngineOperations.preset("smoke").run(CPU)
    TINY.run(CPU)
    assert torch.get_num_threads() == before


def test_a_profile_s_shares_are_one_and_products_are_among_them():
    table = EngineOperations.preset("smoke").run(CPU)
    assert isinstance(table, pd.DataFrame)
    assert list(table.operation.unique()) == [*KINDS, CALLS, PYTHON]
    sums = table.groupby(["network", "depth", "seed"]).share.sum()
    assert sums.to_numpy() == pytest.approx(1)
    computing = table[table.operation.isin(KINDS)].groupby(["network", "operation"]).share.min()
    assert (computing > 0).all(), "each kind was seen: none of its operations has another name"
