"""Counting what a network consists of and what it computes, by watching a forward pass."""

from dataclasses import dataclass
from functools import partial

from torch import Tensor, nn


@dataclass(frozen=True)
class Layer:
    """One layer, seen at work.

    Attributes:
        name: Its name in the network.
        shape: Of its output for one example.
        parameters: Numbers that are learned; 0 for pooling, activations and so on.
        multiply_adds: Multiplications by a weight, each with an addition, for one example.
    """

    name: str
    shape: tuple[int, ...]
    parameters: int
    multiply_adds: int


def count(model: nn.Module, x: Tensor) -> tuple[list[Layer], Tensor]:
    """Run the model once and return its layers, in the order in which they are reached, and its output.

    Tensors on the ``meta`` device have shapes and no numbers: with them, counting costs nothing.

    Args:
        model: Of layers from ``torch.nn``.
        x: Input ``[B, ...]``.
    """
    layers: list[Layer] = []

    def watch(name: str, module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        parameters = sum(parameter.numel() for parameter in module.parameters())
        multiply_adds = output[0].numel() * _inputs_of_a_unit(module)
        layers.append(Layer(name, tuple(output.shape[1:]), parameters, multiply_adds))

    hooks = [
        module.register_forward_hook(partial(watch, name))
        for name, module in model.named_modules()
        if not list(module.children())
    ]
    try:
        return layers, model(x)
    finally:
        for hook in hooks:
            hook.remove()


def _inputs_of_a_unit(module: nn.Module) -> int:
    """Return by how many weights one output is computed."""
    if isinstance(module, nn.Conv2d):
        return module.weight[0].numel()  # in_channels / groups x height x width
    return module.in_features if isinstance(module, nn.Linear) else 0
