import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from lecture.experiments.gpu.throughput import Throughput

TINY = Throughput(seeds=2, depth=3, width=20, batches=(1, 7), replicas=(1, 3), side=64, duration=0.0005)


@pytest.fixture(scope="module")
def table():
    return TINY.run(torch.device("cpu"))


@pytest.mark.parametrize(("replicas", "batch"), [(1, 1), (3, 7)])
def test_operations_are_those_torch_counts(replicas, batch):
    work = TINY._steps(torch.device("cpu"), replicas, batch)
    with FlopCounterMode(display=False) as counter:
        work()
    assert TINY.operations(replicas, batch) == counter.get_total_flops()


def test_every_setting_is_timed_in_every_round(table):
    rounds = table.groupby(["threads", "job", "replicas", "batch"]).seed.apply(list)
    assert all(seeds == [0, 1] for seeds in rounds)
    settings = {(0, 0), *((r, b) for r in TINY.replicas for b in TINY.batches)}
    for threads in table.threads.unique():
        assert {key[2:] for key in rounds.index if key[0] == threads} == settings


def test_without_a_gpu_no_row_claims_one(table):
    assert set(table.kind) == {"cpu"}
    assert 1 in set(table.threads)


def test_rates_follow_from_the_times(table):
    steps = table[table.job == "step"]
    assert (steps.seconds > 0).all()
    assert steps.examples_per_second.to_numpy() == pytest.approx(
        (steps.replicas * steps.batch / steps.seconds).to_numpy()
    )
    operations = [TINY.operations(r, b) for r, b in zip(steps.replicas, steps.batch, strict=True)]
    assert steps.gflops.to_numpy() == pytest.approx(operations / steps.seconds.to_numpy() / 1e9)


def test_the_peak_is_the_fastest_product(table):
    products = table[table.job == "product"].groupby("threads").share_of_peak.median()
    assert products.max() == pytest.approx(1)


def test_the_number_of_threads_is_left_as_it_was():
    before = torch.get_num_threads()
    TINY.run(torch.device("cpu"))
    assert torch.get_num_threads() == before
