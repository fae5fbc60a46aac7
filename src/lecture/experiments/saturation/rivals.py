"""C25: the classical methods with their settings."""

from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from lecture.models.random_features import RandomFeatures


def logistic(steps: int = 300) -> LogisticRegression:
    """Return logistic regression, stopped after so many steps of its solver."""
    return LogisticRegression(max_iter=steps)


def neighbours() -> KNeighborsClassifier:
    """Return 9 nearest neighbours, weighted by distance (9 was the best of 1 to 15)."""
    return KNeighborsClassifier(9, weights="distance", algorithm="brute")


def svm() -> SVC:
    """Return a support vector machine with C = 10 (of 1 to 100) and gamma = 0.05 (of 0.025 to 0.2)."""
    return SVC(C=10, gamma=0.05)


def kernel_machine(features: int, seed: int) -> RandomFeatures:
    """Return the stand-in for many examples, least squares on random features, with gamma = 0.00625 and penalty 0.01.

    Of gamma 0.003 to 0.1 and penalties 0.0001 to 1, these did best over 3,000 and 30,000 examples, with
    3,000 features.
    """
    return RandomFeatures(features, gamma=0.00625, penalty=0.01, seed=seed)


def forest(trees: int, seed: int) -> ExtraTreesClassifier:
    """Return a forest whose trees look at half of the points at each split (of the root, 0.3, 0.5).

    It is of extremely randomised trees (Geurts 2006): here better than Breiman's, and cheaper to grow.
    """
    return ExtraTreesClassifier(trees, max_features=0.5, random_state=seed)


def boosting(rounds: int, seed: int) -> HistGradientBoostingClassifier:
    """Return boosting at a rate of 0.2 (of 0.1 to 0.4), with ten trees a round, one a class."""
    return HistGradientBoostingClassifier(
        max_iter=rounds, learning_rate=0.2, max_bins=63, early_stopping=False, random_state=seed
    )
