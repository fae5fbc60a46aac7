import pandas as pd
import torch

from lecture.experiments.when_to_use.self_play import FourInARow, TicTacToe

CPU = torch.device("cpu")


def test_every_look_player_and_seed_has_its_row():
    for experiment in (TicTacToe, FourInARow):
        table = experiment.preset("smoke", first_seed=3).run(CPU)
        assert (table.groupby(["games", "player"])["seed"].apply(list).map(tuple) == (3, 4)).all()
        assert set(table["games"]) == {0, 4}
        assert (table["lost"] < table["lines"]).all()
        assert table["misplayed"].between(0.01, 0.9).all()


def test_the_search_helps_even_before_anything_is_learned():
    table = TicTacToe.preset("smoke", simulations=50, looks=(0,), seeds=4).run(CPU)
    shares = table.assign(share=table["lost"] / table["lines"]).groupby("player")["share"].mean()
    assert shares["network and search"] < 0.7 * shares["network"]


def test_the_same_again_gives_the_same():
    settings = TicTacToe.preset("smoke")
    pd.testing.assert_frame_equal(settings.run(CPU), settings.run(CPU))
