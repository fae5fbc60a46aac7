import numpy as np
import pandas as pd

from lecture.claims.selection import at_best_rate


def test_each_group_gets_its_own_rate_and_a_diverged_run_counts_as_the_worst():
    runs = pd.DataFrame(
        [
            ("a", 0.1, 1, 2.0), ("a", 0.1, 0, 4.0), ("a", 1.0, 0, 1.0), ("a", 1.0, 1, np.nan),
            ("b", 0.1, 0, 2.0), ("b", 0.1, 1, 2.0), ("b", 1.0, 0, 1.5), ("b", 1.0, 1, 2.4),
        ],
        columns=["name", "rate", "seed", "train_loss"],
    )  # fmt: skip
    chosen = at_best_rate(runs, ["name"])
    assert chosen[["name", "rate", "seed"]].values.tolist() == [
        ["a", 0.1, 0],
        ["a", 0.1, 1],
        ["b", 1.0, 0],
        ["b", 1.0, 1],
    ]
    assert list(chosen.columns) == list(runs.columns)
    assert chosen["train_loss"].tolist() == [4.0, 2.0, 1.5, 2.4]
