"""Loss, accuracy, gradient norms and evaluation, replica by replica, against torch and by hand."""

from functools import partial

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from lecture import devices
from lecture.models.layers import BatchNorm, Linear
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.fit import checkpoints, cosine, fit, train
from lecture.training.gradients import clip_gradients, gradient_norm
from lecture.training.loss import accuracy, cross_entropy
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import evaluate

SEEDS = Seeds((0, 1, 2), torch.device("cpu"))


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    devices.prepare()


def draw(*shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(4))


@pytest.fixture
def labels() -> Tensor:
    return torch.randint(5, (3, 8), generator=torch.Generator().manual_seed(2))


def test_cross_entropy_is_torchs_for_each_replica(labels: Tensor) -> None:
    logits = draw(3, 8, 5).requires_grad_()
    losses = cross_entropy(logits, labels)
    expected = torch.stack([functional.cross_entropy(logits[r], labels[r]) for r in range(3)])
    torch.testing.assert_close(losses, expected)
    (mine,) = torch.autograd.grad(losses.sum(), logits)
    (theirs,) = torch.autograd.grad(expected.sum(), logits)
    torch.testing.assert_close(mine, theirs)


def test_accuracy_counts(labels: Tensor) -> None:
    logits = functional.one_hot(labels, 5).float()
    logits[1, :2] = -logits[1, :2]
    assert accuracy(logits, labels).tolist() == [1.0, 0.75, 1.0]


def test_evaluate_goes_over_the_whole_set_whatever_the_batch() -> None:
    model = nn.Sequential(Linear(6, 5, SEEDS.stream("weights")))
    x, y = draw(50, 6), torch.arange(50) % 5
    loss, hits = evaluate(model, x, y, batch=7)
    logits = model(x.expand(3, 50, 6)).detach()
    torch.testing.assert_close(loss, cross_entropy(logits, y.expand(3, 50)))
    torch.testing.assert_close(hits, accuracy(logits, y.expand(3, 50)))
    torch.testing.assert_close(evaluate(model, x.expand(3, 50, 6), y.expand(3, 50))[0], loss)


def test_evaluate_does_not_disturb_training() -> None:
    stream = SEEDS.stream("weights")
    model = nn.Sequential(Linear(6, 5, stream), BatchNorm(5, stream))
    before = model[1].running_mean.clone()
    evaluate(model, draw(50, 6), torch.arange(50) % 5)
    assert torch.equal(model[1].running_mean, before)
    seen: list[bool] = []
    x, y = draw(50, 6), torch.arange(50) % 5
    batches = minibatches(x, y, 10, 2, SEEDS.stream("order"))
    train(model, SGD(model, 0.1), batches, on_step=lambda step, losses: seen.append(model.training))
    assert seen == [True, True]
    assert not torch.equal(model[1].running_mean, before)


def test_gradient_norm_and_clipping_are_torchs_for_each_replica() -> None:
    model = nn.Sequential(Linear(6, 20, SEEDS.stream("a")), nn.Tanh(), Linear(20, 5, SEEDS.stream("b")))
    (model(draw(3, 8, 6)) * torch.tensor([0.001, 1.0, 30.0]).view(3, 1, 1)).sum().backward()
    gradients = [p.grad.clone() for p in model.parameters() if p.grad is not None]
    norms = gradient_norm(model)
    before = clip_gradients(model, 0.7)
    assert torch.equal(norms, before)
    for r in range(3):
        plain = [nn.Parameter(torch.zeros_like(g[r])) for g in gradients]
        for parameter, gradient in zip(plain, gradients, strict=True):
            parameter.grad = gradient[r].clone()
        expected = nn.utils.clip_grad_norm_(plain, 0.7)
        torch.testing.assert_close(before[r], expected)
        for parameter, mine in zip(plain, model.parameters(), strict=True):
            assert mine.grad is not None
            torch.testing.assert_close(mine.grad[r], parameter.grad, rtol=1e-4, atol=1e-7)
    assert float(before[0]) < 0.7 < float(before[2])


def test_on_step_sees_losses_and_gradients_before_the_update() -> None:
    model = nn.Sequential(Linear(6, 5, SEEDS.stream("weights")))
    start = model[0].weight.detach().clone()
    seen: list[tuple[int, Tensor, Tensor]] = []

    def look(step: int, losses: Tensor) -> None:
        assert model[0].weight.grad is not None
        assert not losses.requires_grad
        seen.append((step, losses, model[0].weight.grad.clone()))

    x, y = draw(50, 6), torch.arange(50) % 5
    train(model, SGD(model, 0.1), minibatches(x, y, 10, 1, SEEDS.stream("order")), on_step=look)
    ((step, losses, gradient),) = seen
    assert (step, losses.shape) == (0, (3,))
    torch.testing.assert_close(model[0].weight.detach(), start - 0.1 * gradient)


def network() -> nn.Sequential:
    return nn.Sequential(Linear(6, 5, SEEDS.stream("weights")))


def test_fit_is_the_loop_written_out_with_a_falling_rate() -> None:
    x, y = draw(50, 6), torch.arange(50) % 5
    mine, theirs = network(), network()
    assert fit(mine, x, y, SEEDS, batch=10, steps=12, rate=0.02) is mine
    optimiser = Adam(theirs, 0.02)
    train(theirs, optimiser, minibatches(x, y, 10, 12, SEEDS.stream("order")), on_step=cosine(optimiser, 12))
    assert torch.equal(mine[0].weight, theirs[0].weight)


def test_fit_takes_another_optimiser_a_steady_rate_clipping_and_changed_batches() -> None:
    x, y = draw(50, 6), torch.arange(50) % 5
    rates = torch.tensor([0.01, 0.1, 1.0])
    mine, theirs = network(), network()
    steps: list[int] = []
    fit(
        mine, x, y, SEEDS, batch=10, steps=7, rate=rates, optimiser=partial(SGD, momentum=0.5), anneal=False, clip=0.3,
        augment=lambda batches: ((2 * x, y) for x, y in batches), order="another",
        on_step=lambda step, losses: steps.append(step),
    )  # fmt: skip
    batches = ((2 * x, y) for x, y in minibatches(x, y, 10, 7, SEEDS.stream("another")))
    train(theirs, SGD(theirs, rates, 0.5), batches, clip=0.3)
    assert torch.equal(mine[0].weight, theirs[0].weight)
    assert steps == list(range(7))


def test_pausing_at_checkpoints_changes_nothing() -> None:
    x, y = draw(50, 6), torch.arange(50) % 5
    straight = fit(network(), x, y, SEEDS, batch=10, steps=12, rate=0.02)
    paused, early = network(), []
    for step in checkpoints(paused, x, y, SEEDS, at=(3, 8, 12), batch=10, steps=12, rate=0.02):
        early.append((step, float(evaluate(paused, x, y).loss.mean())))
    assert torch.equal(straight[0].weight, paused[0].weight)
    assert [step for step, _ in early] == [3, 8, 12]
    assert early[0][1] > early[1][1] > early[2][1]
