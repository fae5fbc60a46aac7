import torch

from lecture.data.recall import CUES, SYMBOLS, fresh_batches
from lecture.models.recurrent import RNN
from lecture.seeds import Seeds
from lecture.training.fit import train
from lecture.training.optimisers import Adam
from lecture.training.solved import Solved

SEEDS = Seeds((0, 1), torch.device("cpu"))


def solve(seeds, bar=0.1, steps=300):
    """Train an RNN a seed to name the first of three symbols; return it, what watched it, and the batches it saw."""
    model = RNN(seeds.stream("weights"), symbols=SYMBOLS, hidden=16, classes=CUES)
    optimiser = Adam(model, torch.full((len(seeds),), 0.02))
    solved, seen = Solved(optimiser, bar, window=5), []
    batches = solved.rest(fresh_batches(seeds.stream("training"), 16, 3, steps))
    train(model, optimiser, (seen.append(batch) or batch for batch in batches), on_step=solved)
    return model, solved, len(seen)


def test_a_replica_stops_when_it_has_solved_it_whatever_the_others_do():
    together, solved, seen = solve(SEEDS)
    updates = solved.updates.tolist()
    assert 0 < min(updates) < max(updates) < 300
    assert seen == max(updates) + 1
    for replica, seed in enumerate(SEEDS.values):
        alone, watch, _ = solve(Seeds((seed,), SEEDS.device))
        assert watch.updates.tolist() == [updates[replica]]
        assert torch.equal(alone.weight[0], together.weight[replica])


def test_solved_is_a_mean_over_the_window_below_the_bar():
    model = RNN(SEEDS.stream("weights"), symbols=SYMBOLS, hidden=16, classes=CUES)
    solved = Solved(Adam(model, torch.ones(2)), bar=1.0, window=3)
    for step, losses in enumerate([(0.5, 9.0), (0.5, 0.5), (0.5, 0.5), (9.0, 0.5), (9.0, 9.0)]):
        solved(step, torch.tensor(losses))
    assert solved.updates.tolist() == [2, 3]


def test_who_never_solves_it_gets_all_steps():
    _, solved, seen = solve(SEEDS, bar=0.0, steps=7)
    assert (solved.updates.tolist(), seen) == ([-1, -1], 7)
