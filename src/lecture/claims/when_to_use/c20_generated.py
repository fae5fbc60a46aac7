"""C20: an exception: you can generate the data, or play against yourself as AlphaGo does."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import exact, percent, points
from lecture.claims.selection import curves, groups
from lecture.claims.verdict import Verdict, halves
from lecture.claims.when_to_use.learning_curves import worth
from lecture.data.literature.when_it_pays import ALPHAGO_LOST, ALPHAGO_WON, GO_ADVERSARY_WINS
from lecture.experiments.when_to_use.rendered import Rendered
from lecture.models.board_games import game as game_of
from lecture.statistics import Interval, compare, difference_interval

FEW = Smallest(30.0, "so many, three a class, one writes by hand in a minute")
AS_GOOD = -2.0  # points that rendered images may lose against the most real ones and still stand in for them
SPLIT = (max(Rendered.sizes), Rendered.test)
SAFE = Smallest(1.0, "one line in a hundred is about one mistake a learner, where the opponent may try hundreds")
SEARCH = "network and search"
GAMES = {"tic_tac_toe": "tic-tac-toe", "four": "four in a row"}


def curve(runs: pd.DataFrame, trained_on: str, over: str = "real") -> pd.DataFrame:
    """Return accuracies in per cent, a row for each seed and a column for each number of real images, or of faces."""
    return 100 * curves(runs[runs["trained_on"] == trained_on], "trained_on", over, "accuracy")[trained_on]


def judge_rendered(rendered: pd.DataFrame) -> Finding:
    """Ask two things of rendered digits: whether they are worth more than a few real ones, and as much as many."""
    by_faces = curve(rendered, "rendered", "faces")
    alone, real = by_faces.iloc[:, -1], curve(rendered, "real")
    logs = np.log(worth(real, alone))
    few = compare(logs, np.log(FEW.value), split=SPLIT)
    level = compare(logs, split=SPLIT).interval
    value, low, high = np.exp([level.value, level.low, level.high]).tolist()
    many = compare(alone, real.iloc[:, -1], smallest=AS_GOOD, split=SPLIT)

    mixed, distorted = curve(rendered, "real and rendered"), curve(rendered, "real, distorted")
    fewest = mixed.columns[0]
    added = difference_interval(mixed[fewest], distorted[fewest])
    numbers = [
        percent("rendered", "accuracy on real digits, rendered alone", alone, colour="deep"),
        percent("one_face", "the same, from one typeface", by_faces.iloc[:, 0], colour="deep"),
        percent("real", f"the same, {real.columns[-1]:,} real images", real.iloc[:, -1]),
        points("added", f"accuracy that rendered digits add to {fewest} real ones", added, "+.0f", "deep"),
    ]
    return conclude(
        few, many, rule=halves, value=Interval(value, low, high, level.n), numbers=numbers, drawn=("rendered", "real")
    )


def judge_self_play(tic_tac_toe: pd.DataFrame, four_in_a_row: pd.DataFrame) -> Finding:
    """Ask of both games whether an opponent who tries everything against network and search hardly ever wins."""
    few, numbers = [], []
    for name, table in (("tic_tac_toe", tic_tac_toe), ("four", four_in_a_row)):
        by_games = {int(games): lost(runs) for games, runs in groups(table, "games")}
        first, last = min(by_games), max(by_games)
        end = by_games[last]
        few.append(compare(end[SEARCH], smallest=SAFE.value).negated())
        game = GAMES[name]
        if few[1:]:  # the first is the part's own number
            numbers.append(percent(f"{name}_lost", f"lines of play lost, {game}", end[SEARCH], ".1f", "deep"))
        numbers += [
            percent(f"{name}_before", f"the same before the first game, {game}", by_games[first][SEARCH], ".1f"),
            percent(f"{name}_alone", f"the same without the search, {game}", end["network"], ".1f", "deep"),
            exact(f"{name}_safe", f"learners that nothing beats, {game}", (end[SEARCH] == 0).sum()),
            exact(f"{name}_games", f"games that each played, {game}", last),
        ]
    ends = tic_tac_toe[tic_tac_toe["games"] == tic_tac_toe["games"].max()]
    misplayed = 100 * ends.drop_duplicates("seed")["misplayed"]
    numbers += [
        percent("misplayed", "positions of tic-tac-toe that the network alone misplays", misplayed, colour="deep"),
        exact("learners", "learners of tic-tac-toe", ends["seed"].nunique()),
        exact("tree", "games of tic-tac-toe that are possible", game_of("tic-tac-toe").games()),
        exact("tree_four", "games of four in a row that are possible", game_of("four in a row").games()),
    ]
    return conclude(*few, rule=halves, numbers=numbers, drawn=("four_lost", "tic_tac_toe_before", "four_before"))


def lost(runs: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    """Return for each player the share of the lines of play that it loses, per cent, seed by seed."""
    shares = runs.assign(share=100 * runs["lost"] / runs["lines"]).sort_values("seed")
    return {player: of["share"].reset_index(drop=True) for player, of in groups(shares, "player")}


CLAIM = Claim(
    id="C20",
    headline="Right: generated data helps, and self-play won at Go",
    expected=(Verdict.IN_PART, Verdict.UNDECIDED, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity("real images that do as well as rendered ones", "", ".0f", "deep"),
            smallest=FEW,
            refuted_by=f"A network trained on rendered digits alone does no better on real ones than with "
            f"{FEW.value:.0f} real images, and worse by more than {-AS_GOOD:g} points than with the most.",
            judge=judge_rendered,
            published=Reported(Verdict.HOLDS, "jaderberg2014synthetic", "abstract", "words in photographs"),
            says="A network trained on rendered words alone reads real ones.",
            note="They stand in for some real images, not for many.",
            citations=("tobin2017domain",),
        ),
        Part(
            quantity=Quantity("lines of play that self-taught networks lose, tic-tac-toe", "%", ".1f", "deep"),
            smallest=SAFE,
            refuted_by="Of all lines of play that an opponent can try against networks that learned from playing "
            "themselves, it wins more than one in a hundred, at tic-tac-toe and at four in a row.",
            judge=judge_self_play,
            published=Reported(Verdict.IN_PART, "wang2023adversarial", "abstract", "Go"),
            says="A network stronger than any human still lost to an opponent trained to find its blind spots, in "
            f"more than {GO_ADVERSARY_WINS:.0f} % of the games.",
            note="At tic-tac-toe they lose about one line in a hundred; at four in a row, after fewer games, more.",
            citations=("silver2018general", "tesauro2002programming"),
        ),
        Part(
            refuted_by="No program has learned to play Go from games against itself alone.",
            published=Reported(Verdict.HOLDS, "silver2017mastering", "abstract", "Go"),
            says=f"From the rules alone it beat, {ALPHAGO_WON} to {ALPHAGO_LOST}, the AlphaGo that had beaten a "
            "champion.",
            note="The AlphaGo of 2016 had begun with human games.",
            citations=("silver2016mastering",),
        ),
    ),
    why="In a game the simulator is the real thing. Print is not handwriting, however often it is distorted.",
    figure="when_to_use/plot_rendered",
)
