from dataclasses import replace

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from lecture.experiments.gpu.roofline import Roofline

CPU = torch.device("cpu")
TINY = replace(Roofline.preset("smoke"), numbers=1000, side=16, batches=(1, 3), narrow=16, duration=0.0005)


def test_operations_are_those_torch_counts():
    for job in TINY.jobs(CPU):
        with FlopCounterMode(display=False) as counter:
            job.work()
        counted = 2 * TINY.numbers if job.kind == "triad" else counter.get_total_flops()  # torch counts no sums
        assert job.operations == counted, job


def test_bytes_of_a_layer_are_its_weights_inputs_and_outputs():
    jobs = {(job.layer, job.batch): job for job in TINY.jobs(CPU)}
    assert jobs["small", 3].bytes == 4 * (200 * 200 + 3 * 200 + 3 * 200)
    assert jobs["full7", 1].bytes == 4 * (256 * 256 + 256 + 256)


def test_what_is_too_large_is_left_out():
    few = replace(TINY, most=1e6)
    assert {job.batch for job in few.jobs(CPU) if job.layer == "small"} == {1, 3}
    assert all(job.operations <= few.most for job in few.jobs(CPU) if job.layer)
    assert not [job for job in few.jobs(CPU) if job.layer == "conv1"]


def test_every_job_is_timed_in_every_round_on_the_processor_alone():
    before = torch.get_num_threads()
    table = TINY.run(CPU)
    assert set(table.kind) == {"cpu"}
    assert (table.seconds > 0).all()
    assert all(seeds == [0, 1] for seeds in table.groupby(["job", "layer", "batch"]).seed.apply(list))
    assert torch.get_num_threads() == before


@pytest.mark.parametrize("layer", ["conv1", "conv5", "full6", "full8"])
def test_the_layers_are_alexnet_s(layer):
    assert layer in {job.layer for job in TINY.jobs(CPU)}
