import numpy as np
import torch

from lecture.experiments.when_to_use.few_labels import averaged, choose, propagation, right, signs, unknown
from lecture.experiments.when_to_use.graph_club import GraphClub
from lecture.seeds import Seeds

CPU = torch.device("cpu")
SEEDS = Seeds((0, 1, 2), CPU)
LABELS = (torch.arange(16) // 8).expand(3, -1)
APART = (LABELS[:, :, None] == LABELS[:, None]).float() - torch.eye(16)  # two cliques


def test_as_many_of_each_label_are_known_and_each_seed_knows_others():
    known = choose(SEEDS, LABELS, 2)
    assert torch.equal(torch.gather(LABELS, 1, known), torch.tensor([[0, 0, 1, 1]] * 3))
    assert len({tuple(row) for row in known.tolist()}) == 3
    assert signs(LABELS, known).sum(1).tolist() == [0, 0, 0]
    assert np.abs(signs(LABELS, known)).sum() == 12


def test_two_cliques_are_told_apart_with_the_graph_and_not_without():
    known = choose(SEEDS, LABELS, 1)
    network = GraphClub(rate=0.03, steps=50).network
    assert unknown(network(SEEDS, APART, LABELS, known), known) == [1, 1, 1]
    assert unknown(propagation(APART, LABELS, known, 0.9), known) == [1, 1, 1]
    blind = network(SEEDS, None, LABELS, known)
    assert np.mean(unknown(blind, known)) < 0.8
    assert torch.gather(blind, 1, known).min() == 1  # what it was told it knows


def test_averages_over_the_graph_tell_a_linear_model_what_single_nodes_hide():
    """Each node's own number is mostly noise; the mean over its clique is its clique's."""
    known = choose(SEEDS, LABELS, 1)
    noise = SEEDS.stream("noise").normal(16, 1, std=1.5)
    x = (2.0 * LABELS - 1)[..., None] + noise
    alone = averaged(torch.zeros_like(APART), LABELS, known, x)
    assert unknown(averaged(APART, LABELS, known, x), known) == [1, 1, 1]
    assert np.mean(unknown(alone, known)) < 0.95


def test_only_unknown_nodes_count_and_no_score_counts_half():
    labels = torch.tensor([[0, 0, 1, 1]])
    found = right(np.array([[-1.0, 2.0, 0.0, 3.0]]), labels)
    assert found.tolist() == [[1, 0, 0.5, 1]]
    assert unknown(found, torch.tensor([[0, 3]])) == [0.25]
