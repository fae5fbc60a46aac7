"""C28: RNN, LSTM and Transformer on one memory test."""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict
from lecture.claims.part import Part
from lecture.claims.selection import at_best_rate, groups
from lecture.experiments.gradient_vanishing.recall_lstm import RecallLSTM
from lecture.experiments.gradient_vanishing.recall_rnn import RecallRNN
from lecture.experiments.outlook.attention_map import AttentionMap
from lecture.experiments.outlook.recall_lstm_longer import RecallLSTMLonger
from lecture.experiments.outlook.recall_rnn_longer import RecallRNNLonger
from lecture.experiments.outlook.recall_transformer import RecallTransformer
from lecture.experiments.outlook.sequence_price import SequencePrice
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

LONG = 100  # symbols: sequences from here on are long
HALF = 50.0  # per cent
LOOKED_AT = 0.5  # of the weight
COLOURS = {"RNN": "tanh", "LSTM": "residual", "Transformer": "deep"}


def networks(*recall: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each network's runs, with the share of right answers in per cent as ``percent``.

    Each is at its better rate at every length, and at the start that remembers best over the long sequences, among the
    starts that were tried at every length.
    """
    best = at_best_rate(pd.concat(recall, ignore_index=True), ["cell", "start", "length"], score="loss")
    best["percent"] = 100 * best["accuracy"]
    lengths = best["length"].nunique()
    found: dict[str, pd.DataFrame] = {}
    for (cell, _), runs in groups(best, "cell", "start"):
        complete = runs["length"].nunique() == lengths
        if complete and (cell not in found or far(runs).mean() > far(found[cell]).mean()):
            found[cell] = runs
    return {cell: found[cell] for cell in COLOURS}


def far(runs: pd.DataFrame) -> pd.Series:
    """Return each seed's mean over the long sequences."""
    long = runs[runs["length"] >= min(LONG, runs["length"].max())]
    means: pd.Series = long.pivot(index="seed", columns="length", values="percent").mean(axis=1)
    return means


def judge(
    rnn: pd.DataFrame,
    lstm: pd.DataFrame,
    rnn_longer: pd.DataFrame,
    lstm_longer: pd.DataFrame,
    transformer: pd.DataFrame,
    looks: pd.DataFrame,
    price: pd.DataFrame,
) -> Finding:
    """Compare how far back the three remember; report where the Transformer looks and what it pays."""
    recall = networks(rnn, lstm, rnn_longer, lstm_longer, transformer)
    long = {name: far(runs).to_numpy() for name, runs in recall.items()}
    over_rnn = difference_interval(long["Transformer"], long["RNN"])
    over_lstm = difference_interval(long["Transformer"], long["LSTM"])
    lstm_over_rnn = difference_interval(long["LSTM"], long["RNN"])
    remembers = mean_interval(long["Transformer"]).above(HALF)
    ranked = remembers and over_rnn.above(0.0) and lstm_over_rnn.above(0.0)
    verdict = (Verdict.HOLDS if over_lstm.above(0.0) else Verdict.CAVEAT) if ranked else Verdict.FAILS

    what = f"sequences of {min(LONG, rnn_longer['length'].max())} symbols and more"
    gains = [
        _points("gain_rnn", f"won by a Transformer over an RNN, {what}", over_rnn, "Transformer"),
        _points("gain_lstm", f"won by a Transformer over an LSTM, {what}", over_lstm, "Transformer"),
        _points("lstm_over_rnn", f"won by an LSTM over an RNN, {what}", lstm_over_rnn, "LSTM"),
    ]
    found = (*gains, *_levels(recall), *_looks(looks), *_price(price))
    return Finding(verdict, found, share_opposite(long["Transformer"], long["RNN"]))


def _points(key: str, words: str, interval: Interval, name: str) -> Measurement:
    return Measurement(key, words, interval, "points", "+z.0f", colour=COLOURS[name])


def _levels(recall: dict[str, pd.DataFrame]) -> list[Measurement]:
    found = []
    for name, networks in recall.items():
        for length, runs in groups(networks, "length"):
            right = mean_interval(runs["percent"])
            right = Interval(right.value, max(right.low, 0.0), min(right.high, 100.0), right.n)
            words = f"sequences remembered, {length} symbols, {name}"
            found.append(Measurement(f"{name.lower()}_{length}", words, right, "%", ".0f", colour=COLOURS[name]))
    return found


def _looks(looks: pd.DataFrame) -> list[Measurement]:
    """Return how much weight lies on the first symbol, and for how many of the answers it gets most of it."""
    first = looks[(looks["position"] == 1) & (looks["step"] == looks["step"].max())]
    weight = 100 * first.groupby("seed")["weight"].mean()
    answers = (first["weight"] > LOOKED_AT).groupby(first["seed"]).sum()
    words = "answers for which the last position gives the first symbol more than half of its attention"
    return [
        Measurement("on_first", "attention on the first symbol", mean_interval(weight), "%", ".0f", colour="deep"),
        Measurement("looked_at", words, mean_interval(answers), "of 4", ".1f", colour="deep"),
        Measurement("fewest_looked_at", f"{words}, smallest of the seeds", Interval.exact(answers.min()), spec=".0f"),
        Measurement("most_looked_at", f"{words}, largest of the seeds", Interval.exact(answers.max()), spec=".0f"),
    ]


def _price(price: pd.DataFrame) -> list[Measurement]:
    """Return multiplications for an answer at each position, and how they grow with the length."""
    found = []
    for name, runs in groups(price, "network"):
        counted = runs.set_index("length")["multiplications"].sort_index()
        key, words = str(name).lower(), f"multiplications for an answer at each position, {name}"
        for length, n in counted.items():
            interval = Interval.exact(n)
            found.append(Measurement(f"price_{key}_{length}", f"{words}, {length} symbols", interval, spec=",.0f"))
        longer = counted.index[-1] / counted.index[0]
        growth = Interval.exact(counted.iloc[-1] / counted.iloc[0])
        quantity = f"factor on the {words}, a sequence {longer:.0f} times as long"
        found.append(Measurement(f"growth_{key}", quantity, growth, spec=",.0f", colour=COLOURS[str(name)]))
    return found


PART = Part(
    key="sequences",
    says="RNN, LSTM, Transformer",
    refuted_by=(
        "Over sequences of 100 symbols and more, with equal training, a Transformer of one block names the first "
        "symbol in less than half of the sequences or does not beat the RNN, or the LSTM does not beat the RNN, each "
        "in the best of its starts. A caveat is due if the Transformer does not beat the LSTM as well."
    ),
    expected=Verdict.CAVEAT,
    experiments=(
        RecallRNN,
        RecallLSTM,
        RecallRNNLonger,
        RecallLSTMLonger,
        RecallTransformer,
        AttentionMap,
        SequencePrice,
    ),
    judge=judge,
    citations=("hochreiter1997long", "vaswani2017attention", "tallec2018can"),
)
