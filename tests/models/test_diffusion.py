import pytest
import torch

from lecture.models.diffusion import Denoiser, squared_error
from lecture.seeds import Seeds

CPU = torch.device("cpu")


def model(*seeds, levels=20):
    return Denoiser(Seeds(seeds, CPU).stream("weights"), levels=levels, depth=2, width=8, pixels=3, classes=4)


class Knows(Denoiser):
    """Knows the best guess for pictures that are independent Gaussians with mean m and deviation s."""

    mean, deviation = 0.2, 0.3

    def forward(self, told):
        noisy, when = told[..., : self.pixels], told[..., self.pixels + self.classes :]
        kept = self.kept[(when[0, 0] - self.when).square().sum(-1).argmin()]  # all pictures are equally noisy
        weight = kept.sqrt() * self.deviation**2 / (kept * self.deviation**2 + 1 - kept)
        return self.mean + weight * (noisy - kept.sqrt() * self.mean)


def test_with_the_exact_guess_the_samples_have_the_distribution_of_the_pictures():
    seeds = Seeds((0,), CPU)
    exact = Knows(seeds.stream("weights"), levels=100, depth=1, width=1, pixels=3, classes=4)
    *_, found = exact.sample(torch.zeros(1, 2000, dtype=torch.int64), seeds.stream("samples"))
    assert found.mean().item() == pytest.approx(0.2, abs=0.02)
    assert found.std().item() == pytest.approx(0.3, rel=0.05)


def test_noise_is_added_by_the_share_that_is_told():
    seeds = Seeds((0,), CPU)
    net = model(0)
    x, y = torch.ones(1, 5000, 3), torch.zeros(1, 5000, dtype=torch.int64)
    ((told, wanted),) = net.noised(iter([(x, y)]), seeds.stream("noise"))
    assert torch.equal(wanted, x)
    level = (told[0, :, None, 7:] - net.when).square().sum(-1).argmin(-1)
    for step in (0, 10, 19):
        noisy = told[0, level == step, :3]
        assert noisy.mean().item() == pytest.approx(float(net.kept[step]) ** 0.5, abs=0.15)
        assert noisy.std().item() == pytest.approx((1 - float(net.kept[step])) ** 0.5, rel=0.15)


def test_the_levels_run_from_nearly_clean_to_nearly_noise_and_are_told_apart():
    net = model(0)
    assert net.kept[0] > 0.99
    assert net.kept[-1] < 0.01
    assert (net.kept.diff() < 0).all()
    apart = torch.cdist(net.when, net.when) + torch.eye(20)
    assert apart.min() > 0.05


def test_the_first_picture_is_noise_and_there_is_one_for_each_step():
    labels = torch.zeros(2, 500, dtype=torch.int64)
    seeds = Seeds((0, 1), CPU)
    found = list(model(0, 1).sample(labels, seeds.stream("samples")))
    assert len(found) == 21
    assert found[0].std().item() == pytest.approx(1, abs=0.1)
    alone = list(model(1).sample(labels[:1], Seeds((1,), CPU).stream("samples")))
    assert torch.equal(alone[-1][0], found[-1][1])


def test_the_loss_is_the_mean_square():
    a, b = torch.zeros(2, 3, 4), torch.ones(2, 3, 4)
    assert squared_error(a, 2 * b).tolist() == [4, 4]
