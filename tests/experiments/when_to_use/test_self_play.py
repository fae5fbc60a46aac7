import pandas as pd
import torch

from lecture.experiments.when_to_use.self_play import SelfPlay
from lecture.models.tic_tac_toe import game

CPU = torch.device("cpu")


def test_the_table_holds_every_belief_and_a_seed_alone_gets_what_it_gets_in_company():
    two = SelfPlay.preset("smoke").run(CPU)
    assert len(two) == 2 * 2 * 2 * len(game().boards)
    for _, beliefs in two.groupby(["opponent", "seed", "games"]):
        assert beliefs["board"].tolist() == game().boards
    itself = two[two["opponent"] == "itself"]
    assert (itself["as_x"] == itself["as_o"]).all()
    one = SelfPlay.preset("smoke", seeds=1, first_seed=1).run(CPU)
    pd.testing.assert_frame_equal(one, two[two["seed"] == 1].reset_index(drop=True), check_exact=True)
