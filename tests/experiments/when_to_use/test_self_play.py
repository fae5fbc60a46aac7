import torch

from lecture.experiments.when_to_use.self_play import SelfPlay
from lecture.models.tic_tac_toe import game

CPU = torch.device("cpu")


def test_the_table_holds_every_belief():
    table = SelfPlay.preset("smoke").run(CPU)
    assert len(table) == 2 * 2 * 2 * len(game().boards)
    for _, beliefs in table.groupby(["opponent", "seed", "games"]):
        assert beliefs["board"].tolist() == game().boards
    itself = table[table["opponent"] == "itself"]
    assert (itself["as_x"] == itself["as_o"]).all()
