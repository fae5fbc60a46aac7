"""C15: for sequences, the LSTM of 1997 solved it in a similar way; recurrent gradients also explode."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.gradient_vanishing.c12_relu import TRAINED
from lecture.claims.measurement import Measurement, key_of, percent, points
from lecture.claims.selection import at_best_rate, groups
from lecture.claims.verdict import Verdict, halves
from lecture.data.literature.shortcuts import LAG
from lecture.statistics import compare, compare_several, difference_interval, geometric_interval, proportion

LONG = 100  # symbols: sequences from here on are long
STARTS = ("remember", "default", "1997")
GAIN = Smallest(25.0, "as many as guessing among four names")
GROWN = Smallest(1.0, "a gradient ten times as long is a step ten times too long")
SOLVED = 0.99  # share of right answers
SMALLEST = 1e-45  # the smallest positive float32, for gradients that are rounded to 0


def judge_memory(recall_lstm: pd.DataFrame, recall_rnn: pd.DataFrame) -> Finding:
    """Ask of each start of the LSTM whether it remembers more of long sequences than the simple network.

    Undecided until all of them have mastered the shortest sequences: before, none has had its chance.
    """
    recall = at_best_rate(pd.concat([recall_lstm, recall_rnn]), ["cell", "start", "length"], score="loss")
    recall = recall.assign(percent=100 * recall["accuracy"])
    short = recall["length"] == recall["length"].min()
    far = recall[recall["length"] >= min(LONG, recall["length"].max())]
    networks = [*(("LSTM", start) for start in STARTS), ("RNN", "default")]
    at = {network: runs.groupby("seed")["percent"].mean() for network, runs in groups(far, "cell", "start")}
    mastered = recall[short].groupby(["cell", "start"])["percent"].mean()
    settled = all(mastered[network] > TRAINED for network in networks)
    gains = compare_several({start: (at["LSTM", start], at["RNN", "default"]) for start in STARTS}, smallest=GAIN.value)
    numbers = [
        percent(
            key_of(f"{cell} {start}"),
            f"sequences remembered, {far['length'].min()} symbols and more, {cell}, {start} start",
            at[cell, start],
            colour={"LSTM": "residual", "RNN": "tanh"}[cell],
        )
        for cell, start in networks
    ]
    answers = (gain.open_unless(settled) for gain in gains.values())
    return conclude(*answers, rule=halves, numbers=numbers, drawn=tuple(number.key for number in numbers))


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
    headline="Right that they explode; memory and cure stay open",
    expected=(Verdict.UNDECIDED, Verdict.IN_PART, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                "long sequences that an LSTM with open gates remembers beyond the RNN", "points", "+.0f", "residual"
            ),
            smallest=GAIN,
            refuted_by="When all have mastered the shortest sequences, the LSTM, from none of its starts, remembers a "
            "quarter more of the sequences of 100 symbols and more than the simple network.",
            judge=judge_memory,
            published=Reported(Verdict.HOLDS, "hochreiter1997long", "abstract", "artificial tasks"),
            says=f"It bridges lags of more than {LAG:,} steps.",
            note="With the gates open it does; from their usual start our networks have not had enough updates.",
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
            note="They explode. How much clipping saves, ten seeds cannot tell.",
            citations=("bengio1994learning",),
        ),
        Part(
            refuted_by="The LSTM's cell does not add to what it keeps, or nothing of it leads to the residual block.",
            published=Reported(Verdict.HOLDS, "srivastava2015training", "abstract"),
            says="Highway networks, shortcuts with gates through hundreds of layers, are inspired by the LSTM.",
            citations=("hochreiter1997long", "he2016deep"),
        ),
    ),
    why="Started with open gates, the LSTM hands the gradient back through time nearly whole. From the start that "
    "PyTorch gives it, the gradient vanishes at first, and only training can open the gates.",
    figure="gradient_vanishing/plot_recall",
)
