"""C28: small changes that fool a network."""

import pandas as pd

from lecture.claims.measurement import Measurement, Published, exact, percent, points
from lecture.claims.selection import groups
from lecture.data.literature.robustness import MADRY
from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD, Adversarial
from lecture.statistics import Interval, compare, resampled_interval

SPLIT = Adversarial.examples, Adversarial.test  # all seeds split one pool of images
SMALL = 0.1  # the change that is called small: a tenth of the way from white to black
STRONG = 0.3  # the change of Madry et al.

Key = tuple[str, str, float]


def accuracies(table: pd.DataFrame) -> dict[Key, "pd.Series[float]"]:
    """Return accuracy in per cent, one number for each seed, by model, attack and epsilon."""
    rows = table.sort_values("seed")
    return {
        key: 100 * runs["accuracy"].reset_index(drop=True) for key, runs in groups(rows, "model", "attack", "epsilon")
    }


def numbers(adversarial: pd.DataFrame) -> list[Measurement]:
    """Return what an attack costs beyond what noise of the same size costs, and what training under attack buys."""
    scores = accuracies(adversarial)
    gradients = adversarial.groupby("model")["gradients"].first()

    def lost(before: Key, after: Key) -> Interval:
        return compare(scores[before], scores[after], split=SPLIT).interval

    def right(key: str, words: str, case: Key, colour: str, published: Published | None = None) -> Measurement:
        interval = resampled_interval(scores[case], *SPLIT)
        return percent(f"adversarial_{key}", f"accuracy {words}", interval, ".0f", colour, published)

    clean, noise, attacked = (STANDARD, "none", 0.0), (STANDARD, "noise", SMALL), (STANDARD, "PGD", SMALL)
    price = lost(clean, (ROBUST, "none", 0.0))
    madry = Published(MADRY.accuracy, MADRY.citation, MADRY.where)
    return [
        points("adversarial_noise_lost", "accuracy lost to noise", lost(clean, noise), ".1f"),
        points("adversarial_beyond", "accuracy lost to an attack, beyond noise", lost(noise, attacked), ".0f", "deep"),
        right("pgd_network", "under an attack, network", attacked, "deep"),
        right("transfer", "under an attack aimed at another network", (STANDARD, "transfer", SMALL), "deep"),
        right("exact_linear", "under the worst change, linear", (LINEAR, "exact", SMALL), "classical"),
        right("pgd_robust", "under an attack, trained under attack", (ROBUST, "PGD", SMALL), "ink"),
        right("strong_robust", "under a stronger attack, trained under attack", (ROBUST, "PGD", STRONG), "ink", madry),
        points("adversarial_price", "accuracy lost on clean images by training under attack", price),
        exact("adversarial_times", "gradients of training under attack, in those of training",
              gradients[ROBUST] / gradients[STANDARD], "×"),
    ]  # fmt: skip
