import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.svm import SVC

from lecture.models.perceptron import CORNERS, GATES, Perceptron, most_mistakes, widest_margin


@pytest.mark.parametrize(("gate", "squared"), [("AND", 17), ("OR", 9)])
def test_the_margin_by_hand(gate, squared):
    # AND: w = (-3, 2, 2), OR: w = (-1, 2, 2), the shortest with y (w x) >= 1
    assert widest_margin(CORNERS, GATES[gate]) == pytest.approx(squared**-0.5)
    assert most_mistakes(CORNERS, GATES[gate]) == pytest.approx(3 * squared)


@pytest.mark.parametrize("gate", ["AND", "OR"])
def test_a_support_vector_machine_finds_the_same_margin(gate):
    y = GATES[gate]
    x = np.concatenate([CORNERS, -CORNERS])  # mirrored, so that the best plane goes through the origin
    machine = SVC(kernel="linear", C=1e6, tol=1e-9).fit(x, np.concatenate([y, -y]))
    assert machine.intercept_ == pytest.approx(0, abs=1e-6)
    assert 1 / np.linalg.norm(machine.coef_) == pytest.approx(widest_margin(CORNERS, y), rel=1e-5)


def test_no_line_draws_xor():
    assert (GATES["XOR"] @ CORNERS == 0).all()  # whatever the weights, the four margins add up to 0
    assert widest_margin(CORNERS, GATES["XOR"]) is None
    assert most_mistakes(CORNERS, GATES["XOR"]) == float("inf")


def test_a_mistake_moves_the_weights_and_a_right_answer_does_not():
    perceptron = Perceptron(2)
    x = np.array([1.0, 2.0])
    assert perceptron.learn(x, -1.0)
    assert perceptron.weights.tolist() == [-1, -2]
    assert not perceptron.learn(x, -1.0)
    assert perceptron.weights.tolist() == [-1, -2]


@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 2), min_size=2, max_size=5, unique=True), st.randoms())
def test_the_bound_holds_in_any_order(points, random):
    x = np.array([(1, *point) for point in points], dtype=float)
    y = np.where(x @ (0.5, 1.0, -2.0) > 0, 1.0, -1.0)
    bound = most_mistakes(x, y)
    perceptron, mistakes = Perceptron(3), 0
    for _ in range(150):
        mistakes += perceptron.learn(x[i := random.randrange(len(x))], y[i])
    assert mistakes <= bound + 1e-6 < float("inf")
