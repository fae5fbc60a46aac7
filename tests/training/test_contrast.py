import math

import torch
from torch.nn import functional

from lecture.seeds import Seeds
from lecture.training.contrast import contrastive, twice
from lecture.training.distortions import affine

CPU = torch.device("cpu")


def test_the_loss_is_the_papers_equation_written_out():
    features = torch.randn(2, 6, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    found = contrastive(0.5)(features, torch.zeros(2, 6))
    for z, loss in zip(features, found, strict=True):
        terms = []
        for i in range(6):
            alike = [math.exp(float(functional.cosine_similarity(z[i], z[k], dim=0)) / 0.5) for k in range(6)]
            others = sum(alike) - alike[i]
            terms.append(-math.log(alike[(i + 3) % 6] / others))
        assert math.isclose(float(loss), sum(terms) / 6, rel_tol=1e-9)


def test_the_loss_has_the_gradient_of_autograd():
    features = torch.randn(1, 4, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda z: contrastive(0.3)(z, z), (features,))


def test_twice_puts_the_second_views_behind_the_first():
    x, y = torch.arange(6.0).view(1, 3, 2), torch.arange(3)[None]
    ((views, labels),) = twice([(x, y)])
    assert torch.equal(views[:, :3], views[:, 3:])
    assert labels.tolist() == [[0, 1, 2, 0, 1, 2]]


def images(seeds):
    return torch.rand(1, 3, 9, 9, generator=torch.Generator().manual_seed(2)).expand(len(seeds), -1, -1, -1)


def distort(*seeds, **how):
    stream = Seeds(seeds, CPU).stream("views")
    ((found, _),) = affine([(images(seeds), torch.zeros(len(seeds), 3))], stream, **how)
    return found


def test_no_distortion_leaves_the_image_alone():
    found = distort(0, turn=0.0, stretch=0.0, reach=0.0)
    torch.testing.assert_close(found, images((0,)), atol=1e-5, rtol=0)


def test_each_image_of_each_seed_is_distorted_in_its_own_way_and_a_seed_alone_as_in_company():
    how = {"turn": 0.3, "stretch": 0.2, "reach": 1.5}
    found = distort(0, 1, **how)
    assert not torch.allclose(found[0], found[1])
    assert torch.equal(distort(1, **how)[0], found[1])


def test_a_shift_moves_the_picture_by_no_more_than_its_reach():
    point = torch.zeros(1, 200, 9, 9)
    point[:, :, 4, 4] = 1
    ((found, _),) = affine([(point, point)], Seeds((0,), CPU).stream("views"), turn=0.0, stretch=0.0, reach=2.0)
    row = (found.sum(3) * torch.arange(9.0)).sum(2) / found.sum((2, 3))
    away = (row - 4).abs()
    assert away.max() <= 2 + 1e-4
    assert away.max() > 1.5
    torch.testing.assert_close(found.sum((2, 3)), torch.ones(1, 200), atol=1e-4, rtol=0)
