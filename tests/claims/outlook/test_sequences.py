import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.outlook.sequences import PART, networks

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
    return (*shorter, *longer, runs("Transformer", transformer, "default", (10, 100, 300)), LOOKS, PRICE)


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        ((40, 80, 95), Verdict.HOLDS),
        ((40, 95, 95), Verdict.CAVEAT),
        ((40, 95, 80), Verdict.CAVEAT),
        ((80, 40, 95), Verdict.FAILS),
        ((60, 80, 55), Verdict.FAILS),
        ((10, 20, 40), Verdict.FAILS),
        ((95, 80, 40), Verdict.FAILS),
    ],
)
def test_each_must_remember_farther_than_the_one_before(levels, verdict):
    assert PART.judge(*tables(*levels)).verdict == verdict


def test_the_numbers_prose_quotes():
    finding = PART.judge(*tables(40, 80, 95))
    found = {m.key: m.interval for m in finding.measurements}
    assert finding.measurements[0].key == "gain_rnn"
    assert found["gain_rnn"].value == pytest.approx(55)
    assert found["gain_lstm"].value == pytest.approx(15)
    assert found["transformer_300"].value == pytest.approx(95.4)
    assert found["growth_rnn"].value == 10
    assert found["growth_transformer"].value == 100
    assert found["looked_at"].value == pytest.approx(2.6)  # three answers in seeds 0, 2, 4; two in 1 and 3
    assert (found["fewest_looked_at"].value, found["most_looked_at"].value) == (2, 3)


def test_a_cell_counts_at_its_best_start():
    worse = runs("RNN", 30, "default", (10, 100, 300))
    found = networks(worse, *tables(40, 80, 95)[:5])
    assert list(found) == ["RNN", "LSTM", "Transformer"]
    assert set(found["RNN"]["start"]) == {"remember"}
    assert set(found["LSTM"]["start"]) == {"remember"}
