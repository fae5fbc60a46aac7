import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.svm import SVC

from lecture.models.kernel_svm import svm_predictions

X, Y = load_digits(return_X_y=True)
X = X.astype(np.float32)
SEEN, NEW = slice(0, 300), slice(300, 500)


@pytest.mark.parametrize("gamma", [None, 0.5])
def test_it_says_what_scikit_learn_says_on_features_of_unit_spread(gamma):
    found = svm_predictions(X[SEEN], Y[SEEN], X[NEW], cost=3.0, gamma=gamma)
    centre = X[SEEN].mean(0)
    scale = np.sqrt(((X[SEEN] - centre) ** 2).sum(1).mean())
    oracle = SVC(C=3.0, kernel="linear" if gamma is None else "rbf", gamma=gamma or "scale")
    oracle.fit((X[SEEN] - centre) / scale, Y[SEEN])
    assert (found == oracle.predict((X[NEW] - centre) / scale)).mean() > 0.99
    assert (found == Y[NEW]).mean() > 0.8


def test_shift_and_scale_of_the_features_do_not_matter():
    plain = svm_predictions(X[SEEN], Y[SEEN], X[NEW], cost=3.0, gamma=0.5)
    moved = svm_predictions(X[SEEN] * 8 + 3, Y[SEEN], X[NEW] * 8 + 3, cost=3.0, gamma=0.5)
    assert (plain == moved).mean() > 0.99
