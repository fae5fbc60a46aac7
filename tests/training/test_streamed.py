"""Training on photographs from files: against a loop written out, and what the colours are."""

import pytest
import torch
from tests import pictures as made_up
from torch import nn
from torch.nn import functional

from lecture.data import imagenet
from lecture.data import pictures as reading
from lecture.data.pictures import Way, cut, middle, read, ten_views
from lecture.training import streamed
from lecture.training.single import Recipe, cosine, generator
from lecture.training.streamed import Colours, colours, errors, fit, steps_a_pass

CPU = torch.device("cpu")


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    monkeypatch.setattr(reading, "workers", lambda: 0)
    made_up.write(tmp_path)
    imagenet._listed.cache_clear()
    yield imagenet.load()
    imagenet._listed.cache_clear()


def network():
    model = nn.Sequential(nn.AvgPool2d(56), nn.Flatten(), nn.Linear(48, 3))
    with torch.no_grad():
        model[2].weight.copy_(0.001 * torch.randn(3, 48, generator=torch.Generator().manual_seed(0)))
        model[2].bias.zero_()
    return model


def test_colours_are_those_of_all_pixels(data):
    pixels = torch.stack([read(data.train.path(i)) for i in range(12)]).transpose(0, 1).flatten(1).double()
    light = colours(data.train, CPU)
    torch.testing.assert_close(light.mean.double(), pixels.mean(1))
    torch.testing.assert_close((light.spread.T @ light.spread).double(), pixels.cov(correction=0), rtol=1e-4, atol=1e-2)
    lengths = light.spread.norm(dim=1)
    torch.testing.assert_close(light.spread @ light.spread.T, torch.diag(lengths**2), rtol=1e-4, atol=1e-2)


def test_of_many_photographs_a_sample_is_enough(data, monkeypatch):
    monkeypatch.setattr(streamed, "SAMPLE", 3)
    seen = []
    monkeypatch.setattr(reading, "read", lambda path, real=read: seen.append(path.parent.name) or real(path))
    colours(data.train, CPU)
    assert seen == list(made_up.CLASSES)


def test_training_is_the_loop_one_would_write(data):
    light = Colours(torch.tensor([120.0, 110.0, 100.0]), torch.eye(3))
    recipe = Recipe(rate=1e-4, steps=6, batch=4, momentum=0.9, weight_decay=0.01, schedule=cosine)
    model, plain = network(), network()
    found = fit("a", model, data.train, light, recipe, 5, lambda model: (42.0,))
    momenta = [torch.zeros_like(w) for w in plain.parameters()]
    losses = []
    for done in range(6):
        if done % 3 == 0:
            order = torch.randperm(12, generator=generator(5, f"pass {done // 3}"))
        chosen = order[4 * (done % 3) :][:4].tolist()
        cuts = [cut(read(data.train.path(i)), Way(5, done // 3), i) for i in chosen]
        x = torch.stack([part - light.mean[:, None, None] + shade[:, None, None] for part, shade in cuts])
        loss = functional.cross_entropy(plain(x), torch.tensor([i // 4 for i in chosen]))
        losses.append(loss.item())
        with torch.no_grad():
            for w, g, m in zip(
                plain.parameters(), torch.autograd.grad(loss, list(plain.parameters())), momenta, strict=True
            ):
                m.mul_(0.9).add_(g + 0.01 * w)
                w -= 1e-4 * cosine(done, 6) * m
    for w, v in zip(model.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(w, v)
    assert found == [[pytest.approx(sum(losses[:3]) / 3), 42.0], [pytest.approx(sum(losses[3:]) / 3), 42.0]]


def test_steps_of_a_pass():
    assert [steps_a_pass(n, 128) for n in (1_281_167, 129, 128, 5)] == [10_009, 1, 1, 1]


@pytest.mark.parametrize("views", [middle, ten_views])
def test_errors_are_counted_over_the_mean_of_all_views(data, views):
    light, model = Colours(torch.full((3,), 100.0), torch.eye(3)), network()
    squares = torch.stack([read(data.val.path(i)) for i in range(6)]).float() - 100
    mean = sum(model(view).softmax(1) for view in views(squares))
    wrong = (mean.argmax(1) != torch.tensor([0, 0, 1, 1, 2, 2])).double().mean().item()
    found = errors(model, data.val, light, 4, views)
    assert found.top_1 == pytest.approx(wrong)
    assert found.top_5 == 0, "of three classes all are guessed"
    assert not model.training


def test_with_many_classes_the_five_likeliest_count(data):
    class Fixed(nn.Module):
        def forward(self, x):
            return torch.arange(7.0).expand(len(x), 7)  # 6, then 5, 4, 3, 2; never 0 and 1

    light = Colours(torch.zeros(3), torch.eye(3))
    assert errors(Fixed(), data.val, light, 4, middle) == pytest.approx((1.0, 2 / 3))
