"""C15: for sequences, the LSTM of 1997 solved it in a similar way; recurrent gradients also explode."""

from typing import Any

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, key_of, mean, percent, points
from lecture.claims.selection import at_best_rate, groups
from lecture.claims.verdict import Verdict, halves
from lecture.data.literature.shortcuts import LAG
from lecture.statistics import compare, compare_several, difference_interval, geometric_interval, proportion

LONG = 100  # symbols: sequences from here on are long
STARTS = ("1997, shut", "remember", "default", "forget 1", "1997")
WORDS = {
    "default": ", as PyTorch starts it",
    "forget 1": ", as Keras starts it",
    "remember": ", started to remember",
    "1997": " of 1997",
    "1997, shut": " of 1997, input gates shut",
}
OFTEN = Smallest(25.0, "one run in four is worth another cell")
GAIN = Smallest(25.0, "as many as guessing among four names")
GROWN = Smallest(1.0, "a gradient ten times as long is a step ten times too long")
SOLVED = 0.99  # share of right answers
SMALLEST = 1e-45  # the smallest positive float32, for gradients that are rounded to 0


def solved(recall: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """Return for each cell and start whether it was solved, in per cent: a row for each seed, a column for each length.

    A length that was not tried, because no run had solved a shorter one, counts as not solved.
    """
    recall = recall.assign(percent=100.0 * (recall["updates"] >= 0))
    lengths = sorted(recall["length"].unique())
    return {
        network: runs.pivot(index="seed", columns="length", values="percent").reindex(columns=lengths, fill_value=0.0)
        for network, runs in groups(recall, "cell", "start")
    }


def judge_memory(recall_lstm: pd.DataFrame, recall_rnn: pd.DataFrame, recall_gru: pd.DataFrame) -> Finding:
    """Ask of each start of the LSTM whether it solves long sequences in more runs than the simple network.

    That one is as its library draws it.
    """
    recall = pd.concat([recall_lstm, recall_rnn, recall_gru])
    by_network = solved(recall)
    lengths = sorted(recall["length"].unique())
    long = [length for length in lengths if length >= min(LONG, lengths[-1])]
    far = {network: table[long].mean(axis=1) for network, table in by_network.items()}
    gains = compare_several({s: (far["LSTM", s], far["RNN", "default"]) for s in STARTS}, smallest=OFTEN.value)
    numbers = [
        percent(
            key_of(f"{cell} {start}"),
            f"runs that solve {long[0]} symbols and more, {cell}{WORDS[start]}",
            share,
            colour={"LSTM": "residual", "RNN": "tanh", "GRU": "deep"}[cell],
        )
        for (cell, start), share in far.items()
    ]
    drawn = tuple(number.key for number in numbers)
    numbers += [_short(cell, start, by_network[cell, start][lengths[0]]) for cell, start in SHORT]
    numbers.append(_updates("1997, shut", recall[recall["length"] == long[0]]))
    return conclude(*gains.values(), rule=halves, numbers=numbers, drawn=drawn)


SHORT = (("RNN", "default"), ("LSTM", "default"), ("LSTM", "forget 1"))
"""The networks whose runs at the shortest length prose quotes."""


def _short(cell: str, start: str, solved: pd.Series) -> Measurement:
    words = f"runs that solve {solved.name} symbols, {cell}{WORDS[start]}"
    return percent(key_of(f"short {cell} {start}"), words, proportion(solved > 0).percent())


def _updates(start: str, runs: pd.DataFrame) -> Measurement:
    """Return how many updates a run needs; one that never solves it needs all there were."""
    lstm = runs[(runs["cell"] == "LSTM") & (runs["start"] == start)]
    words = f"updates until {runs['length'].min()} symbols are solved, LSTM{WORDS[start]}"
    return mean(
        key_of(f"updates {start}"), words, lstm["updates"].where(lstm["updates"] >= 0, lstm["steps"]), spec=",.0f"
    )


def judge_explosion(through_time: pd.DataFrame, explosion: pd.DataFrame) -> Finding:
    """Ask two things: whether the gradient grows through doubled weights, and whether clipping then helps."""
    length = int(through_time["step"].max())
    gradients = {
        network: runs.pivot(index="seed", columns="step", values="gradient").clip(lower=SMALLEST)
        for network, runs in groups(through_time, "network")
    }
    doubled = gradients["RNN, orthogonal x 2"]
    grows = compare(np.log10(doubled[1] / doubled[length]), smallest=GROWN.value)

    best = at_best_rate(explosion, ["clipped"], score="loss")
    clipped, free = (best[best["clipped"] == kind] for kind in (True, False))
    same = explosion[~explosion["clipped"] & (explosion["rate"] == clipped["rate"].iloc[0])].sort_values("seed")
    helps = compare(100 * clipped["accuracy"], 100 * same["accuracy"], smallest=GAIN.value)
    own = difference_interval(100 * clipped["accuracy"], 100 * free["accuracy"])
    numbers = [
        *(
            percent(f"solved_{key}", f"seeds that solve it, {words}", proportion(runs["accuracy"] > SOLVED).percent())
            for key, words, runs in (("clipped", "with clipping", clipped), ("free", "same rate, without", same))
        ),
        points("clipping_best", "sequences won by clipping, each at its best learning rate", own, "+.0f"),
        *(_factor(network, gradients[network], length) for network in ("LSTM", "LSTM of 1997")),
    ]
    return conclude(grows, helps, rule=halves, numbers=numbers)


def _factor(network: str, gradients: pd.DataFrame, length: int) -> Measurement:
    """Return by what one step back through time multiplies the gradient."""
    near, far = length - length // 20, length - length // 4  # where even a vanishing one is not yet rounded to 0
    factor = geometric_interval((gradients[far] / gradients[near]) ** (1 / (near - far)))
    words = f"factor on the gradient of one step back through time, {network}"
    return Measurement(key_of(f"factor {network}"), words, factor, colour="residual")


CLAIM = Claim(
    id="C15",
    headline="Right, if the LSTM starts as its authors started it",
    expected=(Verdict.IN_PART, Verdict.IN_PART, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                "runs that solve long sequences, LSTM of 1997 with gates shut, beyond the RNN's",
                "points",
                "+.0f",
                "residual",
            ),
            smallest=OFTEN,
            refuted_by="From none of its five starts the LSTM solves sequences of 100 symbols and more in a quarter "
            "more of its runs than the simple network.",
            judge=judge_memory,
            published=Reported(Verdict.HOLDS, "hochreiter1997long", "abstract", "artificial tasks"),
            says=f"It bridges lags of more than {LAG:,} steps.",
            note="From its authors' start, and with open gates, it does; as PyTorch and Keras start it, it does not. "
            "Where no run solves a length, longer ones are not tried and count as unsolved.",
            citations=("gers2000learning", "tallec2018can", "le2015simple"),
        ),
        Part(
            quantity=Quantity(
                "growth of the gradient on its way back through time, recurrent weights doubled",
                "orders of magnitude",
                ".1f",
                "tanh",
            ),
            smallest=GROWN,
            refuted_by="The gradient does not grow tenfold on its way back through doubled recurrent weights; or, at "
            "the same learning rate, clipping wins less than a quarter of the sequences.",
            judge=judge_explosion,
            published=Reported(Verdict.HOLDS, "pascanu2013difficulty", "abstract"),
            says="Gradients explode as well as vanish; clipping their norm deals with the first.",
            note="They explode. How much clipping saves, so few runs cannot tell.",
            citations=("bengio1994learning",),
        ),
        Part(
            refuted_by="The LSTM's cell does not add to what it keeps, or nothing of it leads to the residual block.",
            published=Reported(Verdict.HOLDS, "srivastava2015training", "abstract"),
            says="Highway networks, shortcuts with gates through hundreds of layers, are inspired by the LSTM.",
            citations=("hochreiter1997long", "he2016deep"),
        ),
    ),
    why="A memory that only adds hands the gradient back whole, but fills with all that passes by, unless its input "
    "gates start nearly shut: the remedy of its authors. With gates half open, as libraries start them, it forgets.",
    figure="gradient_vanishing/plot_recall",
)
