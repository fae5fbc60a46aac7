"""Counting what a network consists of and what it computes, by watching a forward pass."""

from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn

from lecture.models.convolution2d import Conv2d
from lecture.models.layers import Linear


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

    It is made of layers from ``torch.nn`` and takes ``[B, ...]``, or of this package's and takes ``[R, 1, ...]``.
    Tensors on the ``meta`` device have shapes and no numbers: with them, counting costs nothing.
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


def multiply_adds(model: nn.Module, *shape: int) -> int:
    """Return the multiply-adds of one forward pass of one of R networks, for one example.

    Args:
        model: Maps ``[R, B, *shape]`` to ``[R, B, ...]``.
        shape: Of an example.
    """
    return sum(layer.multiply_adds for layer in _layers(model, *shape))


def training_multiply_adds(model: nn.Module, *shape: int) -> int:
    """Return the multiply-adds that one example costs one of R networks in training: exact, matrix products only.

    Each product is computed forward, once more for the gradient of its weights and once for the gradient handed down,
    which the first layer need not do.

    Args:
        model: Maps ``[R, B, *shape]`` to ``[R, B, ...]``.
        shape: Of an example.
    """
    products = [layer.multiply_adds for layer in _layers(model, *shape) if layer.multiply_adds]
    return 3 * sum(products) - products[0]


@torch.no_grad()
def _layers(model: nn.Module, *shape: int) -> list[Layer]:
    first, training = next(model.parameters()), model.training
    layers, _ = count(model.eval(), first.new_zeros(len(first), 1, *shape))
    model.train(training)
    return layers


def _inputs_of_a_unit(module: nn.Module) -> int:
    """Return by how many weights one output is computed."""
    if isinstance(module, Linear | Conv2d):  # of R networks: [R, inputs, outputs]
        return module.weight.shape[1]
    if isinstance(module, nn.Conv2d):
        return module.weight[0].numel()  # in_channels / groups x height x width
    return module.in_features if isinstance(module, nn.Linear) else 0
