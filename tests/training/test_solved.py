import torch

from lecture.data.recall import CUES, SYMBOLS, fresh_batches
from lecture.models.recurrent import RNN
from lecture.seeds import Seeds
from lecture.training.solved import train_until_solved

SEEDS = Seeds((0, 1, 2), torch.device("cpu"))


def solve(seeds, bar=0.1, steps=300):
    """Train an RNN a seed to name the first of three symbols; return it, its updates, and the batches it saw."""
    model = RNN(seeds.stream("weights"), symbols=SYMBOLS, hidden=16, classes=CUES)
    rates = torch.full((len(seeds),), 0.02)
    seen = []
    batches = (seen.append(batch) or batch for batch in fresh_batches(seeds.stream("training"), 16, 3, steps))
    updates = train_until_solved(model, rates, batches, bar=bar, window=5, clip=1.0)
    return model, updates.tolist(), len(seen)


def test_a_replica_leaves_when_it_has_solved_it_whatever_the_others_do():
    together, updates, seen = solve(SEEDS)
    assert 0 < min(updates) < max(updates) < 300
    assert seen == max(updates) + 1
    for replica, seed in enumerate(SEEDS.values):
        alone, own, _ = solve(Seeds((seed,), SEEDS.device))
        assert own == [updates[replica]]
        for mine, all_of_them in zip(alone.parameters(), together.parameters(), strict=True):
            assert torch.equal(mine[0], all_of_them[replica])


def test_who_solves_it_at_the_last_batch_and_who_does_not_both_keep_what_they_learned():
    _, updates, _ = solve(SEEDS)
    last = min(updates) + 1
    together, found, _ = solve(SEEDS, steps=last)
    assert sorted(found)[:2] == [-1, -1]
    for replica, seed in enumerate(SEEDS.values):
        alone, _, _ = solve(Seeds((seed,), SEEDS.device), steps=last)
        assert torch.equal(alone.weight[0], together.weight[replica])


class Scripted(torch.nn.Module):
    """Answers whose loss is what the script says, batch by batch, ``[batches, R]``."""

    def __init__(self, script):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(script.shape[1], 1))
        self.script = script

    def forward(self, x):
        right = torch.log(torch.expm1(self.script[x[:, 0].long(), x[:, 1].long()]).reciprocal())  # loss log(1 + e^-r)
        return torch.stack((right, torch.zeros_like(right)), -1)[:, None] + 0 * self.weight[..., None]


def test_solved_is_a_mean_over_the_window_below_the_bar():
    script = torch.tensor([(0.5, 9.0), (0.5, 0.5), (0.5, 0.5), (9.0, 0.5), (9.0, 9.0)])
    model = Scripted(script)
    batches = [
        (torch.tensor([[step, 0], [step, 1]]), torch.zeros(2, 1, dtype=torch.long)) for step in range(len(script))
    ]
    assert train_until_solved(model, torch.ones(2), batches, bar=1.0, window=3).tolist() == [2, 3]


def test_who_never_solves_it_gets_all_steps():
    _, updates, seen = solve(SEEDS, bar=0.0, steps=7)
    assert (updates, seen) == ([-1, -1, -1], 7)
