import pytest
import torch

from lecture.experiments.summary.ablation import CELLS, FEW, Ablation
from lecture.experiments.summary.one_tool import RATES, OneTool
from lecture.experiments.summary.trials import CUSTOM, FORWARD_AND_BACKWARD, NOW, TOOLS, Cell
from lecture.models.counting import multiply_adds
from lecture.models.deep_cnn import deep_cnn
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TINY = Ablation.preset("smoke")


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_every_cell_has_its_seeds(table):
    assert list(table.cell.unique()) == list(CELLS)
    assert (table.groupby("cell").seed.apply(list).map(tuple) == (0, 1)).all()


def test_what_is_taken_away_is_gone_and_nothing_else():
    """Against all three causes, a cell differs in what its name says, and in the choices that this leaves open."""
    full = CELLS["full"]
    taken = {name: (c.tools != full.tools, c.data, c.computing) for name, c in CELLS.items()}
    assert taken["full"] == (False, 1, 1)
    assert (taken["no_data"], taken["no_compute"]) == ((False, FEW, 1), (False, 1, FEW))
    assert (taken["no_depth"], taken["patient"]) == ((True, 1, 1), (True, 1, 20))
    assert (taken["only_depth"], taken["only_data"]) == ((False, FEW, FEW), (True, 1, FEW))
    assert (taken["only_compute"], taken["nothing"]) == ((True, FEW, 1), (True, FEW, FEW))


def test_little_computing_still_sees_every_example():
    """At the settings of the book, which are what the claim is judged on: nothing is trained here."""
    book, cell = Ablation.preset("book"), CELLS["no_compute"]
    model = deep_cnn(
        Seeds((0,), CPU).stream("weights"), layers=cell.layers, channels=book.channels, activation=torch.nn.ReLU
    )
    seen = cell.computing * book.multiply_adds / (FORWARD_AND_BACKWARD * multiply_adds(model, 40))
    assert seen > book.train


def test_no_training_costs_more_than_its_cell_may(table):
    for row in table.drop_duplicates("cell").itertuples():
        tools = TOOLS[row.tools]
        stream = Seeds((0,), CPU).stream("weights")
        model = deep_cnn(stream, layers=row.layers, channels=TINY.channels, activation=tools.activation)
        step = FORWARD_AND_BACKWARD * multiply_adds(model, 40) * row.batch
        may = row.computing * TINY.multiply_adds
        assert row.steps == 1 or row.steps * step <= may < (row.steps + 1) * step


def test_each_seed_draws_its_own_few_examples():
    train, test = TINY.data(CPU)
    drawn = TINY.carry_out(Cell("now", 2, 0.03, data=0.1), train, test)
    assert drawn.examples.tolist() == [20, 20]
    assert drawn.train_loss[0] != drawn.train_loss[1]
    assert [len(part) for part in (*train, *test)] == [200, 200, 100, 100]


def test_every_set_of_tools_but_one_differs_from_its_neighbour_by_one_tool():
    assert set(RATES) == set(TOOLS)
    for name, tools in TOOLS.items():
        base = CUSTOM if name.startswith("custom") else NOW
        changed = sum(one is not other for one, other in zip(tools, base, strict=True))
        assert changed == (3 if name == "1998" else 0 if name in ("custom", "now") else 1), name


def test_all_tools_are_given_the_same():
    runs = OneTool.preset("smoke").run(CPU)
    assert (runs.groupby(["tools", "layers"]).size() == 2).all()
    assert len(runs.groupby(["tools", "layers"])) == 2 * len(TOOLS)
    assert runs.examples.nunique() == 1
    assert (runs.groupby("layers").steps.nunique() == 1).all()


def test_the_same_cell_is_the_same_network_in_both_experiments(table):
    full = table[table.cell == "full"]
    twin = OneTool.preset("smoke").run(CPU).query("tools == 'now' and layers == 4")
    assert twin.test_accuracy.tolist() == full.test_accuracy.tolist()
