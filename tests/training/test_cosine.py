"""The falling rate is torch's, step by step."""

import pytest
import torch

from lecture.models.layers import Linear
from lecture.seeds import Seeds
from lecture.training.fit import cosine
from lecture.training.optimisers import Adam


def test_the_rate_is_that_of_torch_s_schedule() -> None:
    ours = Adam(Linear(2, 2, Seeds((0,), torch.device("cpu")).stream("weights")), 0.02)
    theirs = torch.optim.Adam([torch.zeros(1, requires_grad=True)], 0.02)
    schedule, on_step = torch.optim.lr_scheduler.CosineAnnealingLR(theirs, 7), cosine(ours, 7)
    for step in range(7):
        on_step(step, torch.zeros(1))
        assert ours.lr * ours.schedule == pytest.approx(schedule.get_last_lr()[0])
        theirs.step()
        schedule.step()


def test_each_replica_keeps_its_own_start() -> None:
    rates = torch.tensor([0.1, 0.4])
    optimiser = Adam(Linear(2, 2, Seeds((0, 1), torch.device("cpu")).stream("weights")), rates)
    cosine(optimiser, 4)(2, torch.zeros(2))
    torch.testing.assert_close(optimiser.lr * optimiser.schedule, optimiser.flat.spread(rates / 2))


def test_no_steps_are_refused() -> None:
    optimiser = Adam(Linear(2, 2, Seeds((0,), torch.device("cpu")).stream("weights")))
    with pytest.raises(ValueError, match="at least one step"):
        cosine(optimiser, 0)
