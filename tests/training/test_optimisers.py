"""The flat optimisers against torch's own, and one seed alone against that seed among others."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from lecture import devices
from lecture.models.layers import Linear
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.fit import train
from lecture.training.optimisers import SGD, Adam

CPU = torch.device("cpu")
STEPS = 60
WIDTHS = (7, 33, 20, 5)  # deliberately no multiples of a vector register
Optimiser = SGD | Adam

OWN: dict[str, Callable[[nn.Module, float | Tensor], Optimiser]] = {
    "sgd": lambda model, lr: SGD(model, lr),
    "momentum": lambda model, lr: SGD(model, lr, momentum=0.9),
    "sgd with weight decay": lambda model, lr: SGD(model, lr, momentum=0.5, weight_decay=0.01),
    "adam": lambda model, lr: Adam(model, lr),
    "adamw": lambda model, lr: Adam(model, lr, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
}
TORCH: dict[str, Callable[[list[Tensor], float], torch.optim.Optimizer]] = {
    "sgd": lambda p, lr: torch.optim.SGD(p, lr),
    "momentum": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9),
    "sgd with weight decay": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.5, weight_decay=0.01),
    "adam": lambda p, lr: torch.optim.Adam(p, lr),
    "adamw": lambda p, lr: torch.optim.AdamW(p, lr, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
}


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    devices.prepare()


@pytest.fixture(scope="module")
def data() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(90, WIDTHS[0], generator=generator)
    return x, (x @ torch.randn(WIDTHS[0], WIDTHS[-1], generator=generator)).argmax(1)


def network(seeds: Seeds) -> nn.Sequential:
    stream = seeds.stream("weights")
    a, b, c, d = WIDTHS
    return nn.Sequential(Linear(a, b, stream), nn.Tanh(), Linear(b, c, stream), nn.ReLU(), Linear(c, d, stream))


def trained(
    seeds: tuple[int, ...], optimiser: str, lr: float | Tensor, data: tuple[Tensor, Tensor], clip: float | None
):
    replicas = Seeds(seeds, CPU)
    model = network(replicas)
    batches = minibatches(*data, 25, STEPS, replicas.stream("order"))
    losses: list[Tensor] = []
    train(model, OWN[optimiser](model, lr), batches, clip=clip, on_step=lambda step, loss: losses.append(loss))
    return [p.detach().clone() for p in model.parameters()], torch.stack(losses)


@pytest.mark.parametrize("clip", [None, 0.5], ids=["free", "clipped"])
@pytest.mark.parametrize("optimiser", OWN)
def test_training_equals_a_plain_loop(optimiser: str, clip: float | None, data: tuple[Tensor, Tensor]) -> None:
    """The oracle: nn.Linear, torch's optimiser and torch's clipping, one seed after another."""
    seeds, lr = (3, 1, 4), 0.02
    found, losses = trained(seeds, optimiser, lr, data, clip)
    start = network(Seeds(seeds, CPU))
    orders = Seeds(seeds, CPU).stream("order")
    batches = [(xs, ys) for xs, ys in minibatches(*data, 25, STEPS, orders)]
    for r in range(len(seeds)):
        plain = nn.Sequential(
            *(nn.Linear(*layer.weight.shape[1:]) if isinstance(layer, Linear) else layer for layer in start)
        )
        with torch.no_grad():
            for mine, theirs in zip(start, plain, strict=True):
                if isinstance(mine, Linear):
                    theirs.weight.copy_(mine.weight[r].T)
                    theirs.bias.copy_(mine.bias[r, 0])
        steps = TORCH[optimiser](list(plain.parameters()), lr)
        for step, (xs, ys) in enumerate(batches):
            steps.zero_grad()
            loss = functional.cross_entropy(plain(xs[r]), ys[r])
            torch.testing.assert_close(losses[step, r], loss.detach(), rtol=1e-4, atol=1e-6)
            loss.backward()
            if clip is not None:
                nn.utils.clip_grad_norm_(plain.parameters(), clip)
            steps.step()
        for mine, theirs in zip(found, plain.parameters(), strict=True):
            expected = theirs.T if theirs.dim() == 2 else theirs[None]
            torch.testing.assert_close(mine[r], expected, rtol=1e-3, atol=2e-5)


@pytest.mark.parametrize("replicas", [1, 2, 3, 8])
@pytest.mark.parametrize("clip", [None, 0.5], ids=["free", "clipped"])
@pytest.mark.parametrize("rates", ["one rate", "a rate each"])
@pytest.mark.parametrize("optimiser", OWN)
def test_a_seed_gets_the_same_bits_in_any_company(
    optimiser: str, rates: str, clip: float | None, replicas: int, data: tuple[Tensor, Tensor]
) -> None:
    def lr(seeds: tuple[int, ...]) -> float | Tensor:
        return 0.02 if rates == "one rate" else torch.tensor([0.01 * (1 + seed) for seed in seeds])

    everybody = tuple(range(10))
    whole, all_losses = trained(everybody, optimiser, lr(everybody), data, clip)
    some = tuple(range(9, 9 - replicas, -1))
    part, losses = trained(some, optimiser, lr(some), data, clip)
    assert torch.equal(losses, all_losses[:, some])
    for among_ten, alone in zip(whole, part, strict=True):
        assert torch.equal(alone, among_ten[list(some)])


@pytest.mark.parametrize("optimiser", OWN)
def test_each_replica_learns_at_its_own_rate(optimiser: str, data: tuple[Tensor, Tensor]) -> None:
    rates = torch.tensor([0.001, 0.05])
    both, _ = trained((7, 7), optimiser, rates, data, None)
    for r, rate in enumerate(rates.tolist()):
        single, _ = trained((7,), optimiser, rate, data, None)
        for mine, theirs in zip(both, single, strict=True):
            torch.testing.assert_close(mine[r], theirs[0], rtol=1e-4, atol=1e-5)


def test_a_parameter_without_gradient_stays_and_its_momentum_fades() -> None:
    model = nn.Module()
    model.used, model.idle = nn.Parameter(torch.ones(2, 3)), nn.Parameter(torch.ones(2, 3))
    optimiser = SGD(model, 0.1, momentum=0.5)
    for expected in (0.9, 0.75):
        model.used.sum().backward()
        optimiser.step()
        torch.testing.assert_close(model.used.detach(), torch.full((2, 3), expected))
    optimiser.step()
    torch.testing.assert_close(model.used.detach(), torch.full((2, 3), 0.675))
    assert torch.equal(model.idle.detach(), torch.ones(2, 3))


def test_a_step_leaves_no_gradient_behind(data: tuple[Tensor, Tensor]) -> None:
    model = network(Seeds((0, 1), CPU))
    optimiser = Adam(model)
    model(data[0].expand(2, *data[0].shape)).sum().backward()
    optimiser.step()
    assert all(not parameter.grad.any() for parameter in model.parameters())


@pytest.mark.parametrize("between", [lambda model: None, nn.Module.zero_grad], ids=["as it is", "zero_grad"])
def test_gradients_reach_the_optimiser_from_wherever_they_lie(between: Callable[[nn.Module], None]) -> None:
    model = nn.Module()
    model.used = nn.Parameter(torch.ones(2, 3))
    optimiser = SGD(model, 0.1)
    for expected in (0.9, 0.8):
        between(model)
        model.used.sum().backward()
        optimiser.step()
        torch.testing.assert_close(model.used.detach(), torch.full((2, 3), expected))
