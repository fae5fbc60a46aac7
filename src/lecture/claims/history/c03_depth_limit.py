"""C03: nobody could train more than three or four layers; they overfitted, or (as the talk says later) stalled."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, percent
from lecture.claims.verdict import Verdict, halves
from lecture.experiments.history.depth_limit import DepthLimit, DepthPatience, DepthSize, DepthTools
from lecture.statistics import compare, mean_interval, mostly

CHANCE = 0.1
GAP = 10.0
"""A trained network overfits when its training accuracy is more than this many points above its test accuracy."""
STUCK = 0.95 * log(10)  # a network that still pays this training loss has learnt nothing: guessing costs ln 10
SETTLED = 0.05  # nats: networks whose mean training loss falls by more, given longer, had not been trained to the end
LAYERS = Smallest(4.5, "the talk says four; five would be one more")
FINE, OVERFITS, LITTLE, NOTHING = "generalises", "overfits", "learns little", "learns nothing"
STATES = (FINE, OVERFITS, LITTLE, NOTHING)
VARIED = ("plain", "patience", "narrow", "wide", "scarce", "plenty", "momentum", "Adam")
"""Sigmoid networks from the old start, whatever their width, data, optimiser and time."""
DEPTHS = (DepthLimit, DepthPatience, DepthSize, DepthTools)  # all experiments whose networks the figures show
SHOWN = {
    ("plain", 8): ("train",),
    ("few", 2): ("train", "test"),
    ("patience", 6): ("train",),
    ("momentum", 8): ("train",),
    ("Adam", 8): ("train",),
    ("tanh", 8): ("train", "test"),
}
"""The accuracies that prose quotes, by kind and number of layers."""


def bar(runs: pd.DataFrame) -> float:
    """Return the training accuracy of a network that counts as trained: halfway from chance to the best depth's."""
    return float(CHANCE + runs.groupby("layers")["train_accuracy"].mean().max()) / 2


def with_states(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return all runs with ``trained`` and ``state``, one of :data:`STATES`.

    A network is trained by the :data:`bar` of its own kind; kinds without a shallow network (more patience, the tools
    of today) have the bar of the plain ones. A trained one overfits if its two accuracies are more than :data:`GAP`
    apart, which is a generous reading: most shallow networks do. Of the others some learn little, some nothing.
    """
    runs = pd.concat(tables, ignore_index=True).sort_values(["kind", "layers", "seed"], ignore_index=True)
    bars = {kind: bar(rows) for kind, rows in runs.groupby("kind")}
    bars |= dict.fromkeys(("patience", "now"), bars["plain"])
    trained = runs["train_accuracy"] >= runs["kind"].map(bars)
    apart = 100 * (runs["train_accuracy"] - runs["test_accuracy"]) > GAP
    state = apart.map({True: OVERFITS, False: FINE}).where(trained, LITTLE)
    return runs.assign(trained=trained, state=state.mask(~trained & (runs["train_loss"] > STUCK), NOTHING))


def deepest(runs: pd.DataFrame) -> pd.Series:
    """Return, seed by seed, the most layers with which the network was trained; 0 if it never was."""
    return runs.assign(deepest=runs["layers"].where(runs["trained"], 0)).groupby("seed")["deepest"].max()


def at(runs: pd.DataFrame, layers: int) -> pd.DataFrame:
    """Return the runs with that many layers."""
    return runs[runs["layers"] == layers]


def settled(kinds: dict[str, pd.DataFrame], layers: int) -> bool:
    """Tell whether networks with the tools of the time no longer improve when they are given longer."""
    before, after = (at(kinds[kind], layers)["train_loss"].mean() for kind in ("plain", "patience"))
    return bool(before - after < SETTLED)


def judge_limit(depth_limit: pd.DataFrame, depth_patience: pd.DataFrame, depth_tools: pd.DataFrame) -> Finding:
    """Ask for a limit at four layers twice: with the custom of the time, and with the best recipe printed in it.

    The custom's limit is open while networks beyond it still improve when they are given longer.
    """
    runs = with_states(depth_limit, depth_patience, depth_tools)
    kinds = {str(kind): rows for kind, rows in runs.groupby("kind")}
    most, reached = int(runs["layers"].max()), deepest(kinds["plain"])
    beyond = int(kinds["patience"]["layers"].min())
    custom = compare(reached, smallest=LAYERS.value).negated().open_unless(settled(kinds, beyond))
    best = mostly(~at(kinds["tanh"], most)["trained"])
    passes = {kind: rows["steps"].max() * rows["batch"].max() / rows["examples"].max() for kind, rows in kinds.items()}
    numbers = [
        *_accuracies(runs),
        exact("passes", "passes over the examples", passes["plain"]),
        exact("passes_patience", "passes over the examples, more patience", passes["patience"]),
    ]
    return conclude(custom, best, rule=halves, value=mean_interval(reached), numbers=numbers, drawn=("tanh_8_train",))


def judge_failure(depth_patience: pd.DataFrame, depth_limit: pd.DataFrame, depth_tools: pd.DataFrame) -> Finding:
    """Ask for both reasons, each by its recipe: do the deepest sigmoid networks stall, do those with tanh overfit."""
    runs = with_states(depth_limit, depth_patience, depth_tools)
    most = int(runs["layers"].max())
    kinds = {str(kind): rows for kind, rows in at(runs, most).groupby("kind")}
    stalls = mostly(kinds["patience"]["state"] == NOTHING)
    overfits = mostly(kinds["tanh"]["state"] == OVERFITS)
    share = percent("tanh_overfits", "deepest tanh networks that overfit", overfits.interval.percent(), colour="tanh")
    return conclude(
        stalls.open_unless(settled(kinds, most)),
        overfits,
        rule=halves,
        value=stalls.interval.percent(),
        numbers=[share],
        drawn=("tanh_overfits",),
    )


def _accuracies(runs: pd.DataFrame) -> list[Measurement]:
    return [
        percent(
            f"{kind}_{layers}_{score}",
            f"{score} accuracy, {layers} layers, {kind}",
            mean_interval(at(runs[runs["kind"] == kind], layers)[f"{score}_accuracy"]).percent(),
            colour="tanh" if kind == "tanh" else "sigmoid",
        )
        for (kind, layers), scores in SHOWN.items()
        for score in scores
    ]


CLAIM = Claim(
    id="C03",
    headline="Both reasons are true; where the limit lies is open",
    expected=(Verdict.UNDECIDED, Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                "layers of the deepest network trained, sigmoid and small weights", "layers", ".1f", "sigmoid"
            ),
            smallest=LAYERS,
            refuted_by="Trained until they no longer improve, networks of five or more layers learn with sigmoid, "
            "small weights and plain gradient descent; or the deepest do with tanh and weights that fit the layer.",
            judge=judge_limit,
            published=Reported(Verdict.IN_PART, "glorot2010understanding", "abstract", "plain networks before 2006"),
            says="Plain deep networks were not trained with success; convolutional ones were.",
            note="The limit moves with patience, and tanh with fitting weights passes it.",
            citations=("bengio2007greedy", "lecun1998gradient", "lecun1998efficient", "hinton2006fast"),
        ),
        Part(
            quantity=Quantity("deepest sigmoid networks that learnt nothing, given longer", "%", ".0f", "sigmoid"),
            refuted_by="Most of the deepest sigmoid networks learn something, and most of the deepest tanh networks "
            "(with weights that fit the layer) do not overfit.",
            judge=judge_failure,
            published=Reported(Verdict.HOLDS, "erhan2010why", "abstract", "digits"),
            says="Some name overfitting (Erhan, Cireşan), others that nothing was learnt (Bengio, Glorot).",
            note="Each by its recipe: the sigmoid stalls, tanh overfits.",
            citations=("ciresan2010deep", "bengio2007greedy", "glorot2010understanding", "bengio1994learning"),
        ),
        Part(
            refuted_by="Neural networks were as popular after the middle of the 1990s as before.",
            published=Reported(Verdict.HOLDS, "goodfellow2016deep", "section 1.2.1", "the field"),
            says="The second wave ended in the middle of the 1990s.",
            citations=("lecun2015deep",),
        ),
    ),
    why="A deep network has to learn before it can learn too much. With the sigmoid and small weights it does not get "
    "that far; with a better function and start it does, and then overfits.",
    figure="history/plot_depth_limit",
)
