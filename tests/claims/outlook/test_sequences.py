import pandas as pd
import pytest

from lecture.claims.outlook.sequences import STARTS, networks, numbers

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


def runs(cell, long, lengths=(10, 100)):
    """Return a network of which ``long`` of 20 seeds solve long sequences."""
    rows = [(cell, STARTS[cell], n, seed, 100 if n < 100 or seed < long else -1) for n in lengths for seed in range(20)]
    return pd.DataFrame(rows, columns=["cell", "start", "length", "seed", "updates"])


def tables(rnn, lstm, transformer):
    longer = [runs(cell, value, (300,)) for cell, value in (("RNN", rnn), ("LSTM", lstm))]
    return (runs("RNN", rnn), runs("LSTM", lstm), *longer, runs("Transformer", transformer, (10, 100, 300)))


def test_the_numbers_prose_quotes():
    measured = numbers(*tables(8, 16, 19), looks=LOOKS, price=PRICE)
    found = {m.key.removeprefix("sequences_"): m.interval.value for m in measured}
    assert found["gain_rnn"] == pytest.approx(55)
    assert found["gain_lstm"] == pytest.approx(15)
    assert (found["growth_rnn"], found["growth_transformer"]) == (10, 100)
    assert (found["fewest_looked_at"], found["most_looked_at"]) == (2, 3)


def test_other_starts_do_not_count():
    worse = runs("RNN", 0, (10, 100, 300)).assign(start="default")
    found = networks(worse, *tables(8, 16, 19))
    assert list(found) == ["RNN", "LSTM", "Transformer"]
    assert found["RNN"][300].mean() == 40
