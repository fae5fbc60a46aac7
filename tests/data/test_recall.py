import pytest
import torch

from lecture.data.recall import CUES, SYMBOLS, fresh_batches, sequences
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def test_the_answer_is_the_first_symbol_and_no_other_is_a_cue():
    symbols, answers = sequences(SEEDS.stream("data"), 1000, 12)
    assert torch.equal(symbols[:, :, 0], answers)
    assert torch.equal(answers.unique(), torch.arange(CUES))
    assert torch.equal(symbols[:, :, 1:].unique(), torch.arange(CUES, SYMBOLS))
    counts = torch.bincount(answers.flatten()) / answers.numel()
    assert ((counts - 1 / CUES).abs() < 0.05).all()


def test_batches_are_new_each_time_and_belong_to_their_seed():
    first, second = (x for x, _ in fresh_batches(SEEDS.stream("data"), 5, 9, 2))
    assert not torch.equal(first, second)
    alone, _ = next(fresh_batches(Seeds((1,), SEEDS.device).stream("data"), 5, 9, 1))
    assert torch.equal(alone[0], first[1])


def test_a_sequence_needs_something_to_forget():
    with pytest.raises(ValueError, match="at least two"):
        sequences(SEEDS.stream("data"), 1, 1)
