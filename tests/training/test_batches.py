"""Minibatches: every example once an epoch, an order for each seed, labels beside their inputs."""

import pytest
import torch

from lecture.seeds import Seeds
from lecture.training import batches
from lecture.training.batches import minibatches

CPU = torch.device("cpu")


def numbered(n: int, *, sets: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs whose first number is the label, and with several sets whose second one is the set."""
    labels = torch.arange(n) if not sets else torch.arange(n).repeat(sets, 1)
    which = torch.zeros_like(labels) if not sets else torch.arange(sets)[:, None].expand(sets, n)
    return torch.stack([labels.float(), which.float(), labels.float()], -1), labels


@pytest.mark.parametrize("gathered", [1, 40, 2**17], ids=["batch by batch", "a few at once", "all at once"])
@pytest.mark.parametrize("sets", [0, 3])
def test_an_epoch_has_every_example_once_in_an_order_of_its_own(
    sets: int, gathered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "GATHERED", gathered)
    x, y = numbered(12, sets=sets)
    found = list(minibatches(x, y, 4, 7, Seeds((0, 1, 2), CPU).stream("order")))
    assert len(found) == 7
    for xs, ys in found:
        assert xs.shape == (3, 4, 3)
        assert torch.equal(xs[..., 0].long(), ys)
        if sets:
            assert torch.equal(xs[..., 1].long(), torch.arange(3)[:, None].expand(3, 4))
    first, second = (torch.cat([ys for _, ys in found[start : start + 3]], 1) for start in (0, 3))
    for order in (*first, *second):
        assert sorted(order.tolist()) == list(range(12))
    assert not torch.equal(first[0], first[1])
    assert not torch.equal(first, second)


def test_how_many_are_gathered_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = numbered(30)
    whole = list(minibatches(x, y, 4, 20, Seeds((3, 5), CPU).stream("order")))
    monkeypatch.setattr(batches, "GATHERED", 50)
    parts = list(minibatches(x, y, 4, 20, Seeds((3, 5), CPU).stream("order")))
    assert all(torch.equal(a, c) and torch.equal(b, d) for (a, b), (c, d) in zip(whole, parts, strict=True))


def test_an_order_belongs_to_its_seed_alone() -> None:
    x, y = numbered(30)
    among = list(minibatches(x, y, 7, 9, Seeds((3, 5, 8), CPU).stream("order")))
    alone = list(minibatches(x, y, 7, 9, Seeds((5,), CPU).stream("order")))
    assert all(torch.equal(a[1:2], b) for (_, a), (_, b) in zip(among, alone, strict=True))


def test_the_incomplete_last_batch_is_dropped_and_a_large_batch_is_the_whole_set() -> None:
    x, y = numbered(10)
    found = [ys for _, ys in minibatches(x, y, 4, 4, Seeds((0,), CPU).stream("order"))]
    assert [ys.shape for ys in found] == [(1, 4)] * 4
    assert len({*found[0][0].tolist(), *found[1][0].tolist()}) == 8
    ((_, ys),) = minibatches(x, y, 99, 1, Seeds((0,), CPU).stream("order"))
    assert sorted(ys[0].tolist()) == list(range(10))
