from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from lecture.models.board_games import O, X, game
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.self_play import SelfPlay, answers, drawn, evaluator, loss

CPU = torch.device("cpu")
PLAYED = game("tic-tac-toe")


def networks(*seeds):
    """Return networks of these seeds and what plays with them."""
    seeds = Seeds(seeds, CPU)
    model = mlp(seeds.stream("weights"), depth=1, width=16, activation=nn.ReLU, inputs=18, classes=10)
    settings = {"games": 6, "simulations": 8, "drawn": 3, "updates": 4, "batch": 16, "rate": 0.01}
    return model, SelfPlay(game=PLAYED, seeds=seeds, **settings)


def test_a_round_ends_every_game_and_says_who_won():
    model, learners = networks(0, 1)
    random = [np.random.default_rng(seed) for seed in (0, 1)]
    found = learners.play(evaluator(PLAYED, model, 2), random)
    assert (found.at[0] == 0).all()
    assert found.played[:5].all()  # nobody can win before the fifth mark
    assert (found.shares * found.played[..., None]).sum(3)[found.played] == pytest.approx(1)
    last = found.played.sum(0) - 1
    for learner, played in np.ndindex(2, 6):
        end = found.at[last[learner, played], learner, played]
        move_made = found.results[last[learner, played], learner, played]
        finals = PLAYED.moves[end][PLAYED.moves[end] >= 0]
        assert move_made in set(PLAYED.outcome[finals] * (1 if PLAYED.x_moves[end] else -1))
        signs = found.results[: last[learner, played] + 1, learner, played]
        assert np.array_equal(signs[1:], -signs[:-1])  # good for one side is bad for the other


def test_one_seed_alone_gets_what_it_gets_among_others():
    model, learners = networks(3, 4, 5)
    assert list(learners.learn(model, 3)) == [6, 12, 18]
    alone, learner = networks(4)
    list(learner.learn(alone, 3))
    for mine, among in zip(alone.parameters(), model.parameters(), strict=True):
        assert torch.equal(mine[0], among[1])


def test_the_loss_is_cross_entropy_over_legal_moves_plus_the_squared_error_of_the_result():
    outputs = torch.tensor([[[1.0, 2.0, 3.0, 0.5]]])
    targets = torch.tensor([[[1.0, 1.0, 0.0, 0.25, 0.75, 0.0, -1.0]]])
    logs = torch.log_softmax(torch.tensor([1.0, 2.0]), 0)
    expected = -(0.25 * logs[0] + 0.75 * logs[1]) + (torch.tanh(torch.tensor(0.5)) + 1) ** 2
    torch.testing.assert_close(loss(outputs, targets), expected[None])


def test_moves_are_drawn_in_proportion_and_never_one_of_share_zero():
    shares = np.array([0.0, 0.2, 0.0, 0.8, 0.0])
    tickets = np.linspace(0, 1, 1000, endpoint=False)
    counts = np.bincount(drawn(np.tile(shares, (1000, 1)), tickets), minlength=5)
    assert counts.tolist() == [0, 200, 0, 800, 0]


@pytest.mark.parametrize("player", [X, O])
def test_answers_are_one_move_wherever_the_player_can_come_to(player):
    def perfect(positions):
        side = np.where(PLAYED.x_moves[positions], 1, -1)[:, None]
        worth = side * PLAYED.minimax[PLAYED.moves[positions]]
        return np.where(PLAYED.moves[positions] >= 0, 1.0 + worth, 0.0), np.zeros(len(positions))

    chosen = answers(PLAYED, perfect, 2, 0, player)
    assert set(chosen.sum(2).ravel()) == {0, 1}
    assert not (chosen.any(2) & (PLAYED.x_moves != (player == X))).any()
    assert PLAYED.lost(chosen, player)[0].tolist() == [0, 0]


def test_practice_helps():
    model, learners = networks(0, 1)
    learners = replace(learners, games=16, updates=20, batch=32)
    lost = []
    for _ in (0, 1):
        chosen = answers(PLAYED, evaluator(PLAYED, model, 2), 2, 0, O)
        lost.append(np.divide(*PLAYED.lost(chosen, O)).mean())
        list(learners.learn(model, 20))
    assert lost[1] < 0.7 * lost[0]
