"""Attacks against oracles: a linear model's worst case in closed form, and the box that no attack may leave."""

from itertools import product

import pytest
import torch
from torch import nn

from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.attacks import fgsm, linear_accuracy, pgd, random_signs
from lecture.training.scores import evaluate

SEEDS = Seeds((3, 4), torch.device("cpu"))


def images(pixels=6, n=40):
    stream = SEEDS.stream("images")
    return stream.uniform(n, pixels), stream.integers(n, below=2)


def linear(pixels=6, classes=2):
    return nn.Sequential(Linear(pixels, classes, SEEDS.stream("weights")))


def curved(pixels=6):
    return mlp(SEEDS.stream("weights"), depth=2, width=16, activation=nn.Tanh, inputs=pixels, classes=2)


@pytest.mark.parametrize("epsilon", [0.05, 0.3, 0.9])
def test_every_change_stays_in_the_box_and_an_image_stays_an_image(epsilon):
    x, y = images()
    model = curved()
    for changed in (
        fgsm(model, x, y, epsilon),
        pgd(model, x, y, epsilon, SEEDS.stream("start"), steps=7, stride=1.0),
        random_signs(x, epsilon, SEEDS.stream("noise")),
    ):
        assert changed.min() >= 0
        assert changed.max() <= 1
        assert (changed - x).abs().max() <= epsilon + 1e-6
        assert not torch.equal(changed, x)
        assert not changed.requires_grad


def test_the_fast_method_is_the_sign_of_the_gradient_that_autograd_finds():
    x, y = images()
    model = curved()
    inside = x * 0.5 + 0.25
    leaf = inside.clone().requires_grad_()
    nn.functional.cross_entropy(model(leaf).flatten(0, 1), y.flatten()).backward()

    assert torch.allclose(fgsm(model, inside, y, 0.1), inside + 0.1 * leaf.grad.sign())


def test_against_two_linear_classes_the_fast_method_is_the_worst_there_is():
    x, y = images()
    model = linear()
    for epsilon in (0.02, 0.1, 0.4):
        worst = linear_accuracy(model[0].weight, model[0].bias, x, y, epsilon)
        assert torch.equal(evaluate(model, fgsm(model, x, y, epsilon), y)[1], worst)


def test_the_closed_form_finds_the_worst_corner_of_the_box():
    x, _ = images(pixels=4)
    y = SEEDS.stream("labels").integers(40, below=3)
    model = linear(4, 3)
    epsilon = 0.3
    corners = [
        torch.where(torch.tensor(side), (x + epsilon).clamp(max=1), (x - epsilon).clamp(min=0))
        for side in product((False, True), repeat=4)
    ]
    right = torch.stack([model(corner).argmax(-1) == y for corner in corners]).all(0)

    assert torch.equal(linear_accuracy(model[0].weight, model[0].bias, x, y, epsilon), right.float().mean(1))
    assert 0 < right.float().mean() < 1


def test_many_steps_find_what_one_step_misses():
    x, y = images(n=400)
    model = curved()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(6)  # so curved that the gradient at the start misleads
    y = model(x).argmax(-1)
    one = evaluate(model, fgsm(model, x, y, 0.2), y)[1]
    many = evaluate(model, pgd(model, x, y, 0.2, SEEDS.stream("start"), steps=20, stride=0.15), y)[1]

    assert (many <= one).all()
    assert many.mean() < one.mean() - 0.02


def test_an_attack_leaves_the_model_trainable():
    x, y = images()
    model = curved()
    fgsm(model, x, y, 0.1)

    assert all(parameter.requires_grad and parameter.grad is None for parameter in model.parameters())
