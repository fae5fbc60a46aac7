"""Each layer against torch.nn with the same weights, forwards and backwards, replica by replica."""

import copy
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from lecture import devices
from lecture.models.initialisers import he, torch_default, xavier, zeros
from lecture.models.layers import BatchNorm, Dropout, LayerNorm, Linear
from lecture.seeds import Seeds, Stream

R, B = 3, 11
CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    devices.prepare()


def stream(purpose: str = "weights", seeds: tuple[int, ...] = (5, 0, 2)) -> Stream:
    return Seeds(seeds, CPU).stream(purpose)


def random(*shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(1))


def compare(own: nn.Module, plain: list[nn.Module], x: Tensor, **tolerance: float) -> None:
    """Outputs, gradients at the inputs and gradients of all parameters must agree."""
    mine = x.clone().requires_grad_()
    theirs = x.clone().requires_grad_()
    out = own(mine)
    reference = torch.stack([net(theirs[r]) for r, net in enumerate(plain)])
    torch.testing.assert_close(out, reference, **tolerance)
    weights = random(*out.shape)
    (out * weights).sum().backward()
    (reference * weights).sum().backward()
    torch.testing.assert_close(mine.grad, theirs.grad, **tolerance)
    for r, net in enumerate(plain):
        for name, parameter in net.named_parameters():
            gradient = own.get_parameter(name).grad
            assert gradient is not None
            assert parameter.grad is not None
            expected = parameter.grad.T if parameter.dim() == 2 else parameter.grad[None]
            torch.testing.assert_close(gradient[r], expected, **tolerance)


def same_weights(own: nn.Module, make: Callable[[], nn.Module]) -> list[nn.Module]:
    nets = [make() for _ in range(R)]
    with torch.no_grad():
        for r, net in enumerate(nets):
            for name, parameter in net.named_parameters():
                mine = own.get_parameter(name)[r]
                parameter.copy_(mine.T if parameter.dim() == 2 else mine[0])
    return nets


def shake(module: nn.Module) -> nn.Module:
    """Give parameters that start at 0 or 1 values that can tell a mistake."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(0.3 * random(*parameter.shape))
    return module


@pytest.mark.parametrize("outputs", [1, 10, 15, 16, 17, 40])
def test_linear(outputs: int) -> None:
    own = Linear(13, outputs, stream())
    compare(own, same_weights(own, lambda: nn.Linear(13, outputs)), random(R, B, 13), rtol=1e-5, atol=1e-5)


def test_layer_norm() -> None:
    own = shake(LayerNorm(13, stream()))
    compare(own, same_weights(own, lambda: nn.LayerNorm(13)), random(R, B, 13) * 3 + 1, rtol=1e-4, atol=1e-5)


def test_batch_norm_in_training_and_in_evaluation() -> None:
    own = shake(BatchNorm(13, stream()))
    plain = same_weights(own, lambda: nn.BatchNorm1d(13))
    x = random(R, B, 13) * 3 + 1
    for _ in range(3):
        own.zero_grad()
        for net in plain:
            net.zero_grad()
        compare(own, plain, x, rtol=1e-4, atol=1e-5)
        x = x * 1.5
    for r, net in enumerate(plain):
        torch.testing.assert_close(own.get_buffer("running_mean")[r, 0], net.get_buffer("running_mean"))
        torch.testing.assert_close(own.get_buffer("running_var")[r, 0], net.get_buffer("running_var"))
        net.eval()
    own.eval()
    own.zero_grad()
    for net in plain:
        net.zero_grad()
    compare(own, plain, x, rtol=1e-4, atol=1e-5)


def test_batch_norm_pools_examples_and_places_of_a_signal() -> None:
    own = shake(BatchNorm(4, stream()))
    x = random(R, B, 7, 4)
    torch.testing.assert_close(own(x), copy.deepcopy(own)(x.flatten(1, 2)).view(x.shape))


def test_dropout_zeroes_the_right_share_and_keeps_the_mean() -> None:
    own = Dropout(torch.tensor([0.1, 0.5, 0.8]), stream("dropout"))
    x = torch.ones(R, 200, 100)
    out = own(x)
    share = (out == 0).float().mean((1, 2))
    torch.testing.assert_close(share, torch.tensor([0.1, 0.5, 0.8]), rtol=0, atol=0.01)
    torch.testing.assert_close(out.mean((1, 2)), torch.ones(R), rtol=0, atol=0.05)
    assert not torch.equal(own(x), out)
    own.eval()
    assert torch.equal(own(x), x)


@pytest.mark.parametrize(
    "make",
    [
        lambda s: Linear(13, 17, s),
        lambda s: Linear(13, 5, s),
        lambda s: Linear(13, 2, s),
        lambda s: shake_by_seed(BatchNorm(13, s), s),
        lambda s: shake_by_seed(LayerNorm(13, s), s),
        lambda s: Dropout(0.4, s),
    ],
    ids=["wide linear", "narrow linear", "very narrow linear", "batch norm", "layer norm", "dropout"],
)
def test_a_seed_gets_the_same_bits_alone(make: Callable[[Stream], nn.Module]) -> None:
    results = {}
    for seeds in ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (6,)):
        layer = make(stream(seeds=seeds))
        x = stream("inputs", seeds).normal(B, 13).requires_grad_()
        out = layer(x)
        out.backward(stream("outputs", seeds).normal(*out.shape[1:]))
        gradients = [p.grad for p in layer.parameters()]
        results[seeds] = [tensor for tensor in (out.detach(), x.grad, *gradients) if tensor is not None]
    many, one = results.values()
    assert all(torch.equal(a[6:7], b) for a, b in zip(many, one, strict=True))


def shake_by_seed(module: nn.Module, stream: Stream) -> nn.Module:
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(stream.normal(*parameter.shape[1:], std=0.3))
    return module


def test_initialisers_have_the_variances_of_their_papers() -> None:
    n, m = 120, 200
    expected = {torch_default: 1 / (3 * n), xavier: 2 / (n + m), he: 2 / n, zeros: 0.0}
    for init, variance in expected.items():
        drawn = init(stream(), n, m, (n, m))
        assert drawn.shape == (R, n, m)
        assert float(drawn.var()) == pytest.approx(variance, rel=0.03)
        assert float(drawn.mean()) == pytest.approx(0, abs=1e-3)


def test_default_start_is_that_of_torch() -> None:
    bound = nn.Linear(50, 30).weight.abs().max().item(), Linear(50, 30, stream()).weight.abs().max().item()
    assert max(bound) <= 50**-0.5
    assert min(bound) > 0.99 * 50**-0.5
    assert Linear(50, 300, stream()).bias.abs().max().item() > 0.9 * 50**-0.5
    assert not Linear(50, 30, stream(), init=he).bias.any()
