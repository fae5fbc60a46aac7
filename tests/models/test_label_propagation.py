from itertools import product

import numpy as np
import pytest

from lecture.models.label_propagation import believe, spread


def graph(n, *links):
    found = np.zeros((n, n))
    for i, j in links:
        found[i, j] = found[j, i] = 1
    return found


TREE = graph(8, (0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (1, 6), (4, 7))
"""The same from both ends, so that with opposite ends strangers, who push both ways alike, change nothing."""
ENDS = np.array([1.0, 0, 0, 0, 0, -1, 0, 0])


def test_a_score_is_what_is_known_plus_a_share_of_the_neighbours():
    score = spread(TREE, ENDS, 0.9)
    root = TREE.sum(1) ** -0.5
    np.testing.assert_allclose(score, ENDS + 0.9 * root * (TREE @ (root * score)))
    repeated = ENDS.copy()
    for _ in range(300):  # Zhou et al. 2004: F <- a S F + (1 - a) Y, here without the factor
        repeated = 0.9 * root * (TREE @ (root * repeated)) + ENDS
    np.testing.assert_allclose(score, repeated, atol=1e-9)


def test_a_node_without_links_learns_nothing():
    lonely = graph(3, (0, 1))
    known = np.array([1.0, 0, 0])
    assert spread(lonely, known, 0.9)[2] == 0
    belief = believe(lonely, known, 4, 1, rounds=200)
    assert belief[2] == pytest.approx(-1.5 / 3 * np.tanh(belief).sum())  # but that it is not linked tells against


@pytest.mark.parametrize(("inside", "across"), [(4.0, 1.0), (1.0, 4.0), (6.0, 5.0)])
def test_on_a_tree_belief_is_exact(inside, across):
    pull, weights, sums = (inside - across) / (inside + across), 0.0, np.zeros(8)
    for sides in product((1, -1), repeat=8):
        s = np.array(sides)
        if (s == ENDS)[ENDS != 0].all():
            chance = np.prod([1 + pull * s[i] * s[j] for i, j in np.argwhere(np.triu(TREE))])
            weights, sums = weights + chance, sums + chance * s
    np.testing.assert_allclose(np.tanh(believe(TREE, ENDS, inside, across)), sums / weights, atol=1e-9)
