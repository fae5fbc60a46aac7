"""Streams: a number depends on its seed and its purpose, and on nothing else."""

import pytest
import torch
from scipy import stats

from lecture.seeds import Seeds, Stream

CPU = torch.device("cpu")
DRAWS = {
    "uniform": lambda s: s.uniform(4, 3),
    "normal": lambda s: s.normal(4, 3),
    "integers": lambda s: s.integers(7, below=1000),
    "permutation": lambda s: s.permutation(50),
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_row_depends_on_its_seed_alone(draw) -> None:  # type: ignore[no-untyped-def]
    many = draw(Stream((5, 3, 9, 3), "weights"))
    one = draw(Stream((3,), "weights"))
    assert torch.equal(many[1:2], one)
    assert torch.equal(many[1], many[3])
    assert not torch.equal(many[0], many[1])


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_purposes_are_independent_and_repeatable(draw) -> None:  # type: ignore[no-untyped-def]
    seeds = Seeds((0, 1), CPU)
    weights, again, order = (draw(seeds.stream(purpose)) for purpose in ("weights", "weights", "order"))
    assert torch.equal(weights, again)
    assert not torch.equal(weights, order)


def test_a_stream_goes_on() -> None:
    stream = Stream((0,), "noise")
    assert not torch.equal(stream.normal(5), stream.normal(5))


def test_global_state_is_neither_read_nor_changed() -> None:
    torch.manual_seed(1)
    state = torch.get_rng_state()
    first = Stream((4,), "weights").normal(3)
    assert torch.equal(torch.get_rng_state(), state)
    torch.manual_seed(2)
    assert torch.equal(Stream((4,), "weights").normal(3), first)


def test_distributions() -> None:
    stream = Stream((0, 1), "numbers")
    uniform, normal = stream.uniform(20000, low=-2.0, high=3.0), stream.normal(20000, std=0.5)
    for row in range(2):
        assert stats.kstest(uniform[row].numpy(), stats.uniform(-2, 5).cdf).pvalue > 1e-3
        assert stats.kstest(normal[row].numpy(), stats.norm(0, 0.5).cdf).pvalue > 1e-3
    assert stream.integers(5000, below=3).unique().tolist() == [0, 1, 2]
    assert all(sorted(row.tolist()) == list(range(30)) for row in stream.permutation(30))


def test_neighbouring_seeds_are_uncorrelated() -> None:
    rows = Stream(range(40), "weights").normal(1000)
    correlation = torch.corrcoef(rows) - torch.eye(40)
    assert float(correlation.abs().max()) < 5 / 1000**0.5


def test_seeds_know_their_number_and_device() -> None:
    seeds = Seeds((3, 1, 4), torch.device("meta"))
    assert len(seeds) == 3
    assert seeds.stream("weights").normal(2).device == torch.device("meta")
