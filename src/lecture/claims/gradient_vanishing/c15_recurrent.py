"""C15: for sequences, the LSTM of 1997 solved it in a similar way; recurrent gradients also explode."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict, key_of
from lecture.claims.selection import at_best_rate, groups
from lecture.experiments.gradient_vanishing.explosion import Explosion
from lecture.experiments.gradient_vanishing.recall_gru import RecallGRU
from lecture.experiments.gradient_vanishing.recall_lstm import RecallLSTM
from lecture.experiments.gradient_vanishing.recall_rnn import RecallRNN
from lecture.experiments.gradient_vanishing.through_time import ThroughTime
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval, share_opposite

LONG = 100  # symbols: sequences from here on are long
GUESSING = 25.0  # per cent: four cues
COLOURS = {"RNN": "tanh", "LSTM": "residual", "GRU": "neutral"}
LAGS = Published(1000, "hochreiter1997long", "abstract: time lags in excess of 1000 steps")
SOLVED = 0.99  # share of right answers
SMALLEST = 1e-45  # the smallest positive float32, for gradients that are rounded to 0


def judge(
    rnn: pd.DataFrame, lstm: pd.DataFrame, gru: pd.DataFrame, time: pd.DataFrame, explosion: pd.DataFrame
) -> Finding:
    """Compare how far back each cell remembers, what of the gradient arrives, and what clipping saves."""
    recall = at_best_rate(pd.concat([rnn, lstm, gru]), ["cell", "start", "length"], score="loss")
    far = recall[recall["length"] >= min(LONG, recall["length"].max())]
    at = {network: 100 * runs.groupby("seed")["accuracy"].mean() for network, runs in groups(far, "cell", "start")}
    remembering, simple = at["LSTM", "remember"].to_numpy(), at["RNN", "default"].to_numpy()
    gain = difference_interval(remembering, simple)
    through_time = _through_time(time)

    solved = gain.above(0.0) and mean_interval(remembering).above(2 * GUESSING)
    explodes = through_time["arrived_rnn_orthogonal_x_2"].interval.above(1.0)
    plainly = all(mean_interval(at["LSTM", start]).above(2 * GUESSING) for start in ("default", "1997"))
    verdict = Verdict.FAILS if not (solved and explodes) else Verdict.HOLDS if plainly else Verdict.CAVEAT

    length = far["length"].min()
    words = f"sequences that an LSTM started to remember wins over an RNN, {length} symbols and more"
    headline = Measurement("gain", words, gain, "points", "+.0f", colour="residual")
    scale = tuple(f"{name}_{length}" for name in ("rnn_default", "lstm_default", "lstm_1997", "lstm_remember"))
    found = (headline, *_recall(recall), *through_time.values(), *_explosion(explosion))
    return Finding(verdict, found, share_opposite(remembering, simple), scale)


def _recall(recall: pd.DataFrame) -> list[Measurement]:
    """Return how often each network names the first symbol, at each length, and the longest at which it mostly does."""
    found = []
    for (cell, start), networks in groups(recall, "cell", "start"):
        name, words, reach = f"{cell}_{start}".lower(), f"{cell}, {start} start", 0
        for length, runs in groups(networks, "length"):
            right = _percent(runs["accuracy"])
            reach = length if right.above(2 * GUESSING) else reach
            quantity = f"sequences remembered, {length} symbols, {words}"
            found.append(Measurement(f"{name}_{length}", quantity, right, "%", ".0f", colour=COLOURS[cell]))
        quantity = f"longest sequence remembered more than half the time, {words}"
        lags = LAGS if name == "lstm_1997" else None
        found.append(
            Measurement(f"reach_{name}", quantity, Interval.exact(reach), "symbols", ".0f", lags, COLOURS[cell])
        )
    return found


def _percent(shares: pd.Series) -> Interval:
    """Return the mean of shares in per cent, its interval cut off where no share can be."""
    found = mean_interval(100 * shares)
    return Interval(found.value, max(found.low, 0.0), min(found.high, 100.0), found.n)


def _through_time(time: pd.DataFrame) -> dict[str, Measurement]:
    """Return what each network leaves of the gradient in one step back through time, and in all of them."""
    last = int(time["step"].max())
    near, far = last - last // 20, last - last // 4  # where even the fastest vanishing one is not yet rounded to 0
    found = {}
    for network, runs in groups(time, "network"):
        steps = runs.pivot(index="seed", columns="step", values="gradient").clip(lower=SMALLEST)
        name = key_of(network)
        colour = COLOURS[network.split(",")[0].split(" ")[0]]
        arrived = geometric_interval(steps[1] / steps[last])
        factor = geometric_interval((steps[far] / steps[near]) ** (1 / (near - far)))
        words = f"gradient left after {last - 1} steps back through time, {network}"
        found[f"arrived_{name}"] = Measurement(f"arrived_{name}", words, arrived, spec=".1g", colour=colour)
        words = f"factor on the gradient of one step back through time, {network}"
        found[f"factor_{name}"] = Measurement(f"factor_{name}", words, factor, spec=".2f", colour=colour)
    return found


def _explosion(explosion: pd.DataFrame) -> list[Measurement]:
    """Return what clipping saves at one and the same learning rate, and what it saves when both may choose theirs."""
    best = at_best_rate(explosion, ["clipped"], score="loss")
    free, clipped = (best[best["clipped"] == kind] for kind in (False, True))
    same = explosion[~explosion["clipped"] & (explosion["rate"] == clipped["rate"].iloc[0])].sort_values("seed")
    runs = {
        "clipped": (clipped, "with clipping"),
        "free": (same, "without clipping, same learning rate"),
        "free_best": (free, "without clipping, its own best learning rate"),
    }
    found = []
    for name, (group, words) in runs.items():
        what = f"recurrent weights x 2, {words}"
        solved = Interval.exact(int((group["accuracy"] > SOLVED).sum()))
        largest, median = (geometric_interval(group[f"{size}_gradient"]) for size in ("largest", "median"))
        rate = Interval.exact(group["rate"].iloc[0])
        found += [
            Measurement(f"remembered_{name}", f"sequences remembered, {what}", _percent(group["accuracy"]), "%", ".0f"),
            Measurement(f"solved_{name}", f"seeds that solve it, {what}", solved, spec=".0f"),
            Measurement(f"largest_{name}", f"largest gradient norm in training, {what}", largest, spec=".2g"),
            Measurement(f"median_{name}", f"median gradient norm in training, {what}", median, spec=".2g"),
            Measurement(f"rate_{name}", f"learning rate, {what}", rate, spec="g"),
        ]
    for key, other in (("clipping", same), ("clipping_best", free)):
        saved = difference_interval(100 * clipped["accuracy"], 100 * other["accuracy"])
        words = "same learning rate" if other is same else "each at its best learning rate"
        found.append(Measurement(key, f"sequences won by clipping, {words}", saved, "points", "+.0f"))
    seeds = Interval.exact(len(clipped))
    return [*found, Measurement("seeds", "seeds of the clipping experiment", seeds, spec=".0f")]


CLAIM = Claim(
    id="C15",
    refuted_by="Over sequences of 100 symbols and more, an LSTM whose gates start by remembering does not beat the "
    "simple network, or names the first symbol less than half the time; or the gradient does not grow on its "
    "way back through doubled recurrent weights. A caveat is due if an LSTM as torch makes it, or the one of "
    "1997 without a forget gate, mostly fails there.",
    expected=Verdict.CAVEAT,
    why="With gates that start by remembering, the LSTM hands the gradient back through time nearly whole, and "
    "names a symbol it saw far back. But with the default start of today's libraries its gradient vanishes "
    "like the simple network's, and it learns nothing.",
    experiments=(RecallRNN, RecallLSTM, RecallGRU, ThroughTime, Explosion),
    judge=judge,
    figure="gradient_vanishing/plot_recall",
    citations=("hochreiter1997long", "gers2000learning", "cho2014learning", "tallec2018can", "pascanu2013difficulty"),
)
