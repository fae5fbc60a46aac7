"""Run by ``test_device_correctness``: trains every kind of network on a device that exists in name only.

Its tensors carry shape, type and device but no numbers; whatever mixes them with a CPU tensor, or asks for a number,
fails as on a real GPU. The set-up is torch's private API and cannot be undone, hence a process of its own.
"""

import json
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

from lecture.data import recall
from lecture.data.pictures import Batch
from lecture.models.activations import Sigmoid
from lecture.models.alexnet import alexnet
from lecture.models.cnn import cnn
from lecture.models.convnet import Dropout as OwnDropout
from lecture.models.gru import gru
from lecture.models.layers import BatchNorm, Dropout, LayerNorm, Linear
from lecture.models.mlp import mlp
from lecture.models.recurrent import GRU, LSTM, RNN
from lecture.models.residual import Tower
from lecture.seeds import Seeds, Stream
from lecture.training.batches import minibatches
from lecture.training.fit import train
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import evaluate
from lecture.training.single import step
from lecture.training.streamed import Colours

R = 3


def every_layer(stream: Stream) -> nn.Module:
    return nn.Sequential(
        Linear(40, 20, stream),
        BatchNorm(20, stream),
        Sigmoid(),
        Dropout(0.1, stream),
        Linear(20, 20, stream),
        LayerNorm(20, stream),
        Linear(20, 10, stream),
    )


def tower(stream: Stream) -> nn.Module:
    switch = torch.ones(R, device=stream.device)
    return Tower(stream, depth=6, width=16, shortcut=switch, branch=switch)


NETWORKS: dict[str, Callable[[Stream], nn.Module]] = {
    "every layer": every_layer,
    "mlp": lambda stream: mlp(stream, depth=2, width=20, activation=nn.ReLU),
    "cnn": cnn,
    "gru over signals": gru,
    "tower": tower,
}
OPTIMISERS: dict[str, Callable[[nn.Module, Tensor], SGD | Adam]] = {
    "sgd": lambda model, rates: SGD(model, 0.1, momentum=0.9),
    "sgd, a rate each": lambda model, rates: SGD(model, rates, weight_decay=0.1),
    "adam": lambda model, rates: Adam(model),
    "adam, a rate each": lambda model, rates: Adam(model, rates),
}
RECURRENT = {"RNN": RNN, "LSTM": LSTM, "GRU": GRU}


class CPUMask(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x * torch.ones(10)


class Item(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x * x.mean().item()


MISTAKES: dict[str, Callable[[Stream], nn.Module]] = {
    "a mask on the CPU": lambda stream: nn.Sequential(Linear(40, 10, stream), CPUMask()),
    "a number asked for": lambda stream: nn.Sequential(Linear(40, 10, stream), Item()),
    "weights on the CPU": lambda stream: Linear(40, 10, Seeds((0, 1, 2), torch.device("cpu")).stream("weights")),
}


def fit(network: Callable[[Stream], nn.Module], optimiser: Callable[[nn.Module, Tensor], SGD | Adam]) -> None:
    device = torch.device("fakegpu")
    seeds = Seeds(tuple(range(R)), device)
    model = network(seeds.stream("weights"))
    x, y = torch.randn(50, 40, device=device), torch.zeros(50, dtype=torch.int64, device=device)
    batches = minibatches(x, y, 10, 3, seeds.stream("order"))
    train(model, optimiser(model, torch.rand(R, device=device)), batches, clip=1.0)
    assert all(score.device.type == "fakegpu" for score in evaluate(model, x, y))
    assert all(parameter.device.type == "fakegpu" for parameter in model.parameters())


def fit_recurrent(kind: type[RNN | LSTM | GRU]) -> None:
    seeds = Seeds(tuple(range(R)), torch.device("fakegpu"))
    model = kind(seeds.stream("weights"), symbols=recall.SYMBOLS, hidden=16, classes=recall.CUES)
    train(model, Adam(model), recall.fresh_batches(seeds.stream("data"), 8, 5, 2))


def fit_from_files() -> None:
    """Photographs come from files to the processor, and go to the device as they are."""
    device = torch.device("fakegpu")
    with device:
        model = alexnet(classes=3, narrow=16)
    model.drop6 = model.drop7 = OwnDropout(0.5, torch.Generator())
    light = Colours(torch.zeros(3, device=device), torch.eye(3, device=device))
    some = Batch(torch.zeros(4, 3, 224, 224, dtype=torch.uint8), torch.zeros(4, 3), torch.zeros(4, dtype=torch.int64))
    x, y = light.seen(some)
    loss = step(model, torch.optim.SGD(model.parameters(), 0.1, momentum=0.9), x, y)
    assert {one.device.type for one in (x, y, loss, *model.parameters())} == {"fakegpu"}


def error(action: Callable[[], None]) -> str | None:
    try:
        with FakeTensorMode():
            action()
    except Exception as failure:  # any at all: the report says which
        return f"{type(failure).__name__}: {failure}"
    return None


def main() -> None:
    _setup_privateuseone_for_python_backend("fakegpu")
    found: dict[str, dict[str, str | None]] = {"right": {}, "wrong": {}}
    for name, network in NETWORKS.items():
        found["right"][name] = error(lambda network=network: fit(network, OPTIMISERS["adam"]))
    for name, optimiser in OPTIMISERS.items():
        found["right"][name] = error(lambda optimiser=optimiser: fit(every_layer, optimiser))
    for name, kind in RECURRENT.items():
        found["right"][name] = error(lambda kind=kind: fit_recurrent(kind))
    found["right"]["AlexNet, from files"] = error(fit_from_files)
    for name, network in MISTAKES.items():
        found["wrong"][name] = error(lambda network=network: fit(network, OPTIMISERS["sgd"]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
