"""One network at a time: against a loop written out, and what a pass, a shift and a schedule are."""

from copy import deepcopy

import pytest
import torch
from torch import nn
from torch.nn import functional

from lecture.training.single import (
    BORDER,
    Recipe,
    Set,
    constant,
    cosine,
    fit,
    generator,
    mirrored_and_shifted,
    mixed,
    moved,
    one_pass,
    score,
    step,
)  # fmt: skip

CPU = torch.device("cpu")


def data(n=12):
    random = torch.Generator().manual_seed(0)
    return Set(torch.randn(n, 3, 32, 32, generator=random), torch.arange(n) % 3)


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.AvgPool2d(8), nn.Flatten(), nn.Linear(48, 3))


def test_training_is_the_loop_one_would_write():
    recipe = Recipe(rate=0.1, steps=7, batch=4, momentum=0.9, weight_decay=0.01, schedule=cosine)
    model, plain = network(), network()
    fit("a", model, data(), recipe, seed=5)
    order, momenta = generator(5, "batches"), [torch.zeros_like(w) for w in plain.parameters()]
    done = 0
    while done < 7:
        for chosen in torch.randperm(12, generator=order).split(4)[: 7 - done]:
            loss = functional.cross_entropy(plain(data().x[chosen]), data().y[chosen])
            gradients = torch.autograd.grad(loss, list(plain.parameters()))
            with torch.no_grad():
                for w, g, m in zip(plain.parameters(), gradients, momenta, strict=True):
                    m.mul_(0.9).add_(g + 0.01 * w)
                    w -= 0.1 * cosine(done, 7) * m
            done += 1
    for w, v in zip(model.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(w, v)


def test_looks_change_nothing_and_come_when_they_should():
    recipe = Recipe(rate=0.1, steps=7, batch=4, schedule=constant)
    watched, alone = network(), network()
    found = fit("a", watched, data(), recipe, seed=5, every=2, look=lambda model: score(model, data()))
    fit("a", alone, data(), recipe, seed=5)
    assert [row[0] for row in found] == [2, 4, 6]
    assert torch.equal(watched[2].weight, alone[2].weight)
    assert score(alone, data()).error <= found[0][2]


def test_scores_are_those_of_the_whole_set():
    model, whole = network(), data(1100)  # more than fit into one pass
    outputs = model(whole.x)
    loss, error = score(model, whole)
    assert loss == pytest.approx(functional.cross_entropy(outputs, whole.y).item())
    assert error == (outputs.argmax(1) != whole.y).double().mean().item()
    assert not model.training


def test_a_pass_shows_every_photograph_once_and_the_next_in_another_order():
    recipe, order = Recipe(rate=0.1, steps=9, batch=4, schedule=constant), generator(0, "batches")
    numbered = Set(torch.zeros(12, 3, 32, 32), torch.arange(12))
    first, second = (torch.cat([y for _, y in one_pass(numbered, recipe, 9, order)]) for _ in range(2))
    assert first.sort().values.tolist() == second.sort().values.tolist() == list(range(12))
    assert first.tolist() != second.tolist()
    assert len(list(one_pass(numbered, recipe, 2, order))) == 2


def test_fewer_images_than_a_batch_are_one_batch():
    recipe = Recipe(rate=0.1, steps=2, batch=100, schedule=constant)
    ((x, y),) = one_pass(data(), recipe, 5, generator(0, "batches"))
    assert len(x) == len(y) == 12


def test_only_what_is_augmented_is_moved():
    plain = Recipe(rate=0.1, steps=2, batch=12, schedule=constant)
    moving = Recipe(rate=0.1, steps=2, batch=12, augment=mirrored_and_shifted, schedule=constant)
    ((x, y),), ((x_moved, y_moved),) = (
        one_pass(data(), recipe, 1, generator(0, "batches")) for recipe in (plain, moving)
    )
    assert torch.equal(y, y_moved)
    assert torch.equal(x, data().x[torch.randperm(12, generator=generator(0, "batches"))])
    assert not torch.equal(x, x_moved)


def test_images_are_mirrored_and_shifted_and_the_border_is_black():
    x = torch.rand(3, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    still, corner, mirror = moved(
        x, torch.tensor([[BORDER, 0, BORDER], [BORDER, 2 * BORDER, BORDER]]), torch.tensor([False, False, True])
    )
    assert torch.equal(still, x[0])
    assert torch.equal(corner[:, BORDER:, :-BORDER], x[1, :, :-BORDER, BORDER:])
    assert not corner[:, :BORDER].any()
    assert torch.equal(mirror, x[2].flip(2))


def test_a_step_in_bfloat16_keeps_weights_and_loss_in_float32(monkeypatch):
    monkeypatch.setattr("lecture.training.single.mixed", lambda device: torch.autocast("cpu", torch.bfloat16))
    seen = []
    model = network()
    model[2].register_forward_hook(lambda module, inputs, outputs: seen.append(outputs.dtype))
    monkeypatch.setattr(
        functional, "cross_entropy", lambda x, y, real=functional.cross_entropy: seen.append(x.dtype) or real(x, y)
    )
    before = deepcopy(model[2].weight)
    step(model, torch.optim.SGD(model.parameters(), 0.1), *data())
    assert seen == [torch.bfloat16, torch.float32]
    assert model[2].weight.dtype == torch.float32
    assert not torch.equal(before, model[2].weight)


def test_the_processor_computes_in_float32():
    with mixed(CPU):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32


def test_the_schedules():
    assert [constant(step, 10) for step in (0, 9)] == [1, 1]
    assert [cosine(step, 10) for step in (0, 5, 10)] == pytest.approx([1, 0.5, 0])
