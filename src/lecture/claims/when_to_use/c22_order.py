"""C22: the data should be regular: a grid of pixels, a sequence of text or sound; graphs need more and suit less."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import exact, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict, halves, halves_of
from lecture.data.literature.when_it_pays import CORA_AVERAGED, CORA_RERUN, MNIST1D
from lecture.experiments.when_to_use.pixels import Pixels
from lecture.statistics import Comparison, compare, compare_several, equivalent

LOSS = Smallest(10.0, "of some thirty points that order could be worth, a third")
LITTLE = 3.0
"""Points of accuracy: on digits, where hardly more than ten can be lost, and the most that a blind model may lose."""
SPLIT = (Pixels.train, Pixels.test)
CAN = 10.0  # points that a graph network has to win over the same network without the graph
SUIT = Smallest(0.0, "whoever has the averages gets the linear model for nothing")
GUESSING = 50.0
"""Per cent that guessing gets right; a network without the graph that does no better has nothing to go by."""
ABOVE = 2.0  # strength of blocks that are clearly above the threshold
THRESHOLD = 1.0  # where blocks become detectable in large graphs without labels (Decelle et al. 2011)


def judge_order(order: pd.DataFrame, order_recurrent: pd.DataFrame, pixels: pd.DataFrame) -> Finding:
    """Ask on signals and on digits whether models built for order lose by shuffling, and models blind to it do not."""
    signals = {**_by_order(order), **_by_order(order_recurrent)}
    digits = _by_order(pixels)
    sides = {name: (signals[name]["ordered"], signals[name]["shuffled"]) for name in ("CNN", "GRU")}
    lost = [*compare_several(sides, smallest=LOSS.value).values(), _unmoved(signals["MLP"])]
    cnn = digits["CNN"]
    misread = [
        compare(cnn["ordered"], cnn["shuffled"], smallest=LITTLE, split=SPLIT),
        *(_unmoved(digits[name], SPLIT) for name in ("MLP", "SVM")),
    ]

    numbers = [
        points(f"loss_{name.lower()}", f"accuracy lost by shuffling, signals, {name}", one.interval, "z.1f", "deep")
        for name, one in zip(("GRU", "MLP"), lost[1:], strict=True)
    ]
    numbers += [
        percent(f"pixels_{place}", f"digits misread, CNN, pixels {place}", 100 - cnn[place], ".1f")
        for place in ("ordered", "shuffled")
    ]
    svm = 100 - digits["SVM"]["ordered"]
    numbers.append(percent("pixels_svm", "digits misread, SVM, either way", svm, ".1f", "classical"))
    return conclude(
        *lost, *misread, rule=halves_of(len(lost), len(misread)), numbers=numbers, drawn=("loss_gru", "loss_mlp")
    )


def judge_graphs(graph_blocks: pd.DataFrame, graph_club: pd.DataFrame) -> Finding:
    """Ask two things of graph networks: whether the graph helps them, and whether a simple model does as well with it.

    Both are asked of nodes with features of their own, where the blocks can be seen. Where a network without the graph
    can only guess, they tell nothing that a network could use, and nothing is decided. The club, whose members have no
    features, is an example.
    """
    above = side(graph_blocks[graph_blocks["strength"] >= ABOVE])
    club = members(graph_club)
    network, blind = (above[f"{name}, features"] for name in ("graph network", "blind"))
    told = bool(compare(blind, GUESSING, smallest=CAN).answer)
    can = compare(network, blind, smallest=CAN)
    beaten = compare(above["averaged features"], network, smallest=SUIT.value)
    numbers = [
        percent("club_graph", "members of the club put right, graph network", club["graph network"]),
        percent("club_blind", "members of the club put right, without the graph", club["blind"]),
        points("club", "won over label propagation, the club", club["graph network"] - club["propagation"]),
        percent("graph", "nodes put right, graph network, above the threshold", network, colour="deep"),
        percent("blind", "nodes put right, network without the graph", blind),
        points("blocks_above", "won by the graph, blocks above the threshold", can.interval, "+z.0f", "deep"),
        exact("links", "links of a random graph, to be told one by one", graph_blocks["links"].mean()),
    ]
    asked = [one.open_unless(told) for one in (beaten, can)]
    return conclude(*asked, rule=halves, numbers=numbers, drawn=("club",))


def members(club: pd.DataFrame) -> pd.DataFrame:
    """Return the members assigned rightly in per cent, among the unknown ones: one row a seed, one column a model."""
    unknown = club[~club["known"]]
    return 100 * unknown.groupby(["seed", "model"])["right"].mean().unstack()


def side(blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the nodes assigned rightly in per cent, mean over strengths: one row a seed, one column a model."""
    return 100 * blocks.groupby(["seed", "model"])["accuracy"].mean().unstack()


def _by_order(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each model's test accuracy in per cent, one row a seed and one column an order."""
    return {str(model): 100 * found for model, found in curves(runs, "model", "order", "test_accuracy").items()}


def _unmoved(accuracy: pd.DataFrame, split: tuple[int, int] | None = None) -> Comparison:
    return equivalent(accuracy["ordered"], accuracy["shuffled"], margin=LITTLE, split=split)


CLAIM = Claim(
    id="C22",
    headline="Right on signals; on digits and graphs it is open",
    expected=(Verdict.IN_PART, Verdict.UNDECIDED),
    parts=(
        Part(
            quantity=Quantity(
                "accuracy that a convolutional network loses by shuffling, signals", "points", ".0f", "deep"
            ),
            smallest=LOSS,
            refuted_by=f"Shuffling costs the convolutional or the recurrent network less than {LOSS.value:g} points on "
            f"signals, and the convolutional one less than {LITTLE:g} on digits; or it costs models that are blind to "
            f"order {LITTLE:g} points.",
            judge=judge_order,
            published=Reported(
                Verdict.HOLDS,
                "greydanus2024scaling",
                "README",
                "MNIST-1D, one run",
                float(MNIST1D["CNN"][0] - MNIST1D["CNN"][1]),
            ),
            note="On signals it is clear; our splits of the digits share too many images to say.",
        ),
        Part(
            quantity=Quantity(
                "accuracy won by a linear model, told averages over neighbours, over a graph network",
                "points",
                "+z.1f",
                "deep",
            ),
            smallest=SUIT,
            refuted_by="Where nodes of random blocks have features of their own, the graph wins a network less than "
            f"{CAN:g} points; and the network does better than logistic regression on features that were averaged over "
            "the graph beforehand.",
            judge=judge_graphs,
            published=Reported(
                Verdict.IN_PART, "wu2019simplifying", "Table 2", "Cora, 2,708 papers", CORA_AVERAGED - CORA_RERUN
            ),
            says="Level on two sets of papers, ahead on the third.",
            note="A graph helps a network; whether averages and a linear model make more of it turned with the seeds.",
            citations=(
                "kipf2017semi",
                "huang2021combining",
                "deshpande2018contextual",
                "zachary1977information",
                "decelle2011inference",
                "zhou2004learning",
                "zhang2014phase",
            ),
        ),
    ),
    why="Networks built for order lose what they had gained when the same numbers come in a random but fixed order; "
    "models that treat every point alike do not notice.",
    figure="when_to_use/plot_order",
)
