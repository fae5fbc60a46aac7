import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from lecture.data.literature import alexnet as published
from lecture.experiments.gpu.training_days import TrainingDays, operations
from lecture.models.alexnet import ONE_TOWER, alexnet
from lecture.models.counting import count

TINY = TrainingDays.preset("smoke")


def test_operations_are_those_torch_counts():
    """For one tower: the gradient of a convolution in groups torch counts as if it had none."""
    with torch.device("meta"):
        model, images = alexnet(ONE_TOWER, narrow=16), torch.empty(3, 3, 224, 224)
        layers, _ = count(model, images)
        with FlopCounterMode(display=False) as counter:
            model(images).sum().backward()
    assert counter.get_total_flops() == 3 * operations(layers)


def test_the_whole_network_has_the_published_size():
    layers = TrainingDays().layers()
    assert sum(layer.parameters for layer in layers) == pytest.approx(1e6 * published.MILLIONS_OF_PARAMETERS, rel=0.02)
    convolutions = sum(layer.multiply_adds for layer in layers if layer.name.startswith("conv"))
    assert convolutions == pytest.approx(1e6 * published.MILLIONS_OF_MULTIPLY_ADDS, rel=0.01)


def test_a_step_is_timed_on_the_processor_alone():
    table = TINY.run(torch.device("cpu"))
    assert set(table.kind) == {"cpu"}
    assert list(table.seed) == [0, 1]
    assert (table.seconds > 0).all()
    assert (table.activations > 3 * 224 * 224).all()
