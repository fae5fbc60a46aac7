from dataclasses import replace

import pandas as pd
import pytest
import torch

from lecture.experiments.experiment import PILOT
from lecture.experiments.summary.ablation import Ablation
from lecture.experiments.summary.depth import Depth
from lecture.experiments.summary.trials import FORWARD_AND_BACKWARD, TOOLS, Plan, chosen
from lecture.models.counting import multiply_adds
from lecture.models.deep_cnn import deep_cnn
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TINY = Ablation(
    seeds=2, train=200, validation=40, test=60, channels=3, multiply_adds=3e5, batch=10, small_batch=5, share=0.1,
    layers=(2, 3), pilots=2,
)  # fmt: skip
CELL = ["depth", "data", "compute"]


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_every_cell_has_its_seeds_and_its_pilots(table):
    runs = table[~table.pilot].groupby(CELL).seed.apply(list)
    assert len(runs) == 8
    assert all(seeds == [0, 1] for seeds in runs)
    pilots = table[table.pilot]
    assert set(pilots.seed) == {PILOT, PILOT + 1}
    assert (pilots.groupby(CELL).size() == 2 * 2 * 2).all()  # layers, rates, seeds


def test_what_is_taken_away_is_gone(table):
    assert table.groupby("data").examples.unique().map(list).to_dict() == {True: [200], False: [20]}
    assert table.groupby("compute").multiply_adds.unique().map(list).to_dict() == {True: [3e5], False: [3e4]}
    assert table.groupby("depth").tools.unique().map(list).to_dict() == {True: ["now"], False: ["then"]}


def test_no_training_costs_more_than_its_plan(table):
    for row in table.drop_duplicates(["layers", "tools", "steps", "batch"]).itertuples():
        tools = TOOLS[row.tools]
        stream = Seeds((0,), CPU).stream("weights")
        model = deep_cnn(stream, layers=row.layers, channels=3, activation=tools.activation, init=tools.init)
        step = FORWARD_AND_BACKWARD * multiply_adds(model, 40) * row.batch
        assert row.steps * step <= row.multiply_adds < (row.steps + 1) * step


def test_each_cell_takes_what_its_own_pilots_chose(table):
    for _, cell in table.groupby(CELL):
        means = cell[cell.pilot].groupby(["layers", "learning_rate"]).test_accuracy.mean()
        report = cell[~cell.pilot]
        assert means[report.layers.iloc[0], report.learning_rate.iloc[0]] == means.max()


def test_equal_choices_go_to_the_first_plan_and_the_lowest_rate():
    plans = [Plan("now", layers, 20, 1.0, 5) for layers in (2, 4)]
    pilots = [pd.DataFrame({"learning_rate": [0.1, 0.2], "test_accuracy": [0.5, 0.5]})] * 2
    assert chosen(plans, pilots) == (plans[0], 0.1)
    better = pilots[0].assign(test_accuracy=[0.5, 0.6])
    assert chosen(plans, [pilots[0], better]) == (plans[1], 0.2)


def test_each_seed_draws_its_own_few_examples():
    train, validation, test = TINY.data(CPU)
    drawn = TINY.report(Plan("now", 2, 20, 6e5, 5), 0.03, train, test)
    assert drawn.train_loss[0] != drawn.train_loss[1]
    assert [len(part) for data in (train, validation, test) for part in data] == [200, 200, 40, 40, 60, 60]


def test_depth_compares_every_network_with_the_same_everything():
    table = Depth.preset("smoke").run(CPU)
    runs = table[~table.pilot]
    assert (runs.groupby(["tools", "layers"]).size() == 2).all()
    assert len(runs.groupby(["tools", "layers"])) == 4
    assert runs.examples.nunique() == runs.multiply_adds.nunique() == 1


def test_depth_trains_the_network_of_the_ablation(table):
    same = replace(Depth.preset("smoke"), **{n: getattr(TINY, n) for n in ("train", "validation", "test", "channels",
                   "multiply_adds", "batch", "pilots")}, layers=(2, 3))  # fmt: skip
    runs = same.run(CPU)
    full = table[~table.pilot & table.depth & table.data & table.compute]
    layers, rate = full.layers.iloc[0], full.learning_rate.iloc[0]
    twin = runs[~runs.pilot & (runs.tools == "now") & (runs.layers == layers)]
    assert twin.learning_rate.iloc[0] == rate
    assert twin.test_accuracy.tolist() == full.test_accuracy.tolist()
