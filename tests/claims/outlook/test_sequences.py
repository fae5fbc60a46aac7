import pandas as pd
import pytest

from lecture.claims.outlook.sequences import networks, numbers

LOOKS = pd.DataFrame(
    [
        (seed, 200, answer, position, 0.9 if (answer > seed % 2) == (position == 1) else 0.1)
        for seed in range(5)
        for answer in range(4)
        for position in (1, 2)
    ],
    columns=["seed", "step", "answer", "position", "weight"],
)
PRICE = pd.DataFrame(
    [("RNN", 10, 100), ("RNN", 100, 1000), ("Transformer", 10, 500), ("Transformer", 100, 50_000)],
    columns=["network", "length", "multiplications"],
)


def runs(cell, long, start="remember", lengths=(10, 100), rates=(0.1,)):
    """Return a network that is right in ``long`` of 100 cases over long sequences, five seeds with a small spread."""
    rows = [
        (start, rate, seed, cell, n, 1 - long / 100, (100 if n < 100 else long) / 100 + 0.002 * seed)
        for n in lengths
        for rate in rates
        for seed in range(5)
    ]
    return pd.DataFrame(rows, columns=["start", "rate", "seed", "cell", "length", "loss", "accuracy"])


def tables(rnn, lstm, transformer):
    longer = [runs(cell, value, lengths=(300,)) for cell, value in (("RNN", rnn), ("LSTM", lstm))]
    default = runs("LSTM", 99, "default")  # never tried at the longest: does not count
    shorter = runs("RNN", rnn), pd.concat((runs("LSTM", lstm), default), ignore_index=True)
    return (*shorter, *longer, runs("Transformer", transformer, "default", (10, 100, 300)))


def test_the_numbers_prose_quotes():
    measured = numbers(*tables(40, 80, 95), looks=LOOKS, price=PRICE)
    found = {m.key.removeprefix("sequences_"): m.interval.value for m in measured}
    assert found["gain_rnn"] == pytest.approx(55)
    assert found["gain_lstm"] == pytest.approx(15)
    assert (found["growth_rnn"], found["growth_transformer"]) == (10, 100)
    assert (found["fewest_looked_at"], found["most_looked_at"]) == (2, 3)


def test_a_cell_counts_at_its_best_start():
    worse = runs("RNN", 30, "default", (10, 100, 300))
    found = networks(worse, *tables(40, 80, 95))
    assert list(found) == ["RNN", "LSTM", "Transformer"]
    assert set(found["RNN"]["start"]) == {"remember"}
    assert set(found["LSTM"]["start"]) == {"remember"}
