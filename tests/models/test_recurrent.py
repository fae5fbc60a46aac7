import pytest
import torch
from torch import nn
from torch.nn import functional

from lecture.models.recurrent import ALWAYS, GRU, LSTM, RNN, chrono
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1, 2), torch.device("cpu"))
HIDDEN, SYMBOLS = 16, 8
ORDER = {RNN: [0], LSTM: [1, 0, 3, 2], GRU: [1, 0, 2]}
"""Where our blocks of gates stand in torch's order (i, f, g, o and r, z, n)."""


def build(cell, seeds=SEEDS):
    return cell(seeds.stream("weights"), symbols=SYMBOLS, hidden=HIDDEN, classes=4)


def symbols(length=6, seeds=SEEDS):
    return seeds.stream("symbols").integers(3, length, below=SYMBOLS)


def rows(tensor, order):
    """Turn ``[inputs, gates * hidden]`` into torch's ``[gates * hidden, inputs]``, blocks in torch's order."""
    return torch.cat([tensor.T.chunk(len(order))[block] for block in order]).detach()


@pytest.mark.parametrize("cell", [RNN, LSTM, GRU])
def test_each_replica_is_torchs_own_cell(cell):
    model, x = build(cell), symbols()
    for r in range(3):
        oracle = {RNN: nn.RNN, LSTM: nn.LSTM, GRU: nn.GRU}[cell](SYMBOLS, HIDDEN, batch_first=True)
        oracle.weight_ih_l0.data = rows(model.inputs[r], ORDER[cell])
        oracle.weight_hh_l0.data = rows(model.weight[r], ORDER[cell])
        oracle.bias_ih_l0.data = rows(model.bias[r], ORDER[cell]).flatten()
        oracle.bias_hh_l0.data = torch.zeros_like(oracle.bias_hh_l0)
        states, _ = oracle(functional.one_hot(x[r], SYMBOLS).float())
        torch.testing.assert_close(torch.stack([s[0][r] for s in model.states(x)], 1), states)
        torch.testing.assert_close(model(x)[r], states[:, -1] @ model.last.weight[r] + model.last.bias[r])


@pytest.mark.parametrize("cell", [RNN, LSTM, GRU])
def test_one_seed_alone_gives_the_same_bits(cell):
    alone = Seeds((1,), SEEDS.device)
    assert torch.equal(build(cell)(symbols())[1], build(cell, alone)(symbols(seeds=alone))[0])


def test_only_the_replicas_named_are_started_otherwise():
    drawn, started = build(LSTM), build(LSTM)
    started.start(["default", "remember", "1997"], SEEDS.stream("gates"), 100)
    assert torch.equal(started.bias[0], drawn.bias[0])
    forget, write, rest = started.bias[1, 0].split([HIDDEN, HIDDEN, 2 * HIDDEN])
    bias = chrono(SEEDS.stream("gates"), HIDDEN, 100)[1]
    assert torch.equal(forget, bias)
    assert torch.equal(write, -bias)
    assert torch.equal(rest, drawn.bias[1, 0, 2 * HIDDEN :])
    assert torch.equal(started.bias[2, 0, HIDDEN:], drawn.bias[2, 0, HIDDEN:])


def test_the_lstm_of_1997_has_no_forget_gate():
    model = build(LSTM)
    model.start(["1997"] * 3, SEEDS.stream("gates"), 100)
    assert (torch.sigmoid(model.bias[:, :, :HIDDEN]) == 1).all()
    model(symbols()).sum().backward()
    assert (model.bias.grad[:, :, :HIDDEN] == 0).all()
    assert (model.bias.grad[:, :, HIDDEN:] != 0).any()


def test_keras_opens_the_forget_gates_and_the_remedy_of_1997_shuts_the_write_gates():
    model, drawn = build(LSTM), build(LSTM)
    model.start(["forget 1", "1997, shut", "default"], SEEDS.stream("gates"), 100)
    forget, write, _ = model.bias[:, 0].split([HIDDEN, HIDDEN, 2 * HIDDEN], 1)
    assert (forget[0] == 1).all()
    assert torch.equal(write[0], drawn.bias[0, 0, HIDDEN : 2 * HIDDEN])
    assert (torch.sigmoid(forget[1]) == 1).all()
    assert (write[1, 0], write[1, -1]) == (-3, -6)
    assert torch.equal(model.bias[2], drawn.bias[2])


@pytest.mark.parametrize(("cell", "name"), [(RNN, "1997"), (GRU, "forget 1"), (LSTM, "shut"), (LSTM, "1998, shut")])
def test_a_start_that_a_cell_does_not_have_is_refused(cell, name):
    with pytest.raises(ValueError, match="no start"):
        build(cell).start([name] * 3, SEEDS.stream("gates"), 100)


def test_gates_keep_a_state_for_as_many_steps_as_asked():
    steps = 1 + chrono(SEEDS.stream("gates"), 1000, 200).exp()
    assert steps.min() >= 2
    assert steps.max() <= 200
    torch.testing.assert_close(steps.mean(), torch.tensor(101.0), rtol=0.05, atol=0)
    assert torch.sigmoid(torch.tensor(ALWAYS)) == 1


def test_a_simple_network_remembers_by_weights_that_change_no_length():
    model = build(RNN)
    model.start(["default", "remember", "remember"], SEEDS.stream("gates"), 100)
    lengths = model.weight @ model.weight.mT
    torch.testing.assert_close(lengths[1:], torch.eye(HIDDEN).expand(2, -1, -1))
    assert torch.equal(model.weight[0], build(RNN).weight[0])
