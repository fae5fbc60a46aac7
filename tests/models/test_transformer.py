import pytest
import torch
from torch import nn

from lecture.models.transformer import Transformer, places
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1, 2), torch.device("cpu"))
WIDTH, SYMBOLS = 16, 8


def build(seeds=SEEDS):
    return Transformer(seeds.stream("weights"), symbols=SYMBOLS, width=WIDTH, inner=32, classes=4)


def symbols(length=6, seeds=SEEDS):
    return seeds.stream("symbols").integers(5, length, below=SYMBOLS)


def put(linear, layer, r):
    linear.weight.data, linear.bias.data = layer.weight[r].detach().T, layer.bias[r, 0].detach()


def oracle(model, r):
    """Return torch's own encoder layer with one replica's weights."""
    block = nn.TransformerEncoderLayer(WIDTH, 1, 32, dropout=0.0, batch_first=True)
    asked = (model.attention.question, model.attention.key, model.attention.value)
    block.self_attn.in_proj_weight.data = torch.cat([layer.weight[r].detach().T for layer in asked])
    block.self_attn.in_proj_bias.data = torch.cat([layer.bias[r, 0].detach() for layer in asked])
    put(block.self_attn.out_proj, model.attention.out, r)
    put(block.linear1, model.think.branch[0], r)
    put(block.linear2, model.think.branch[2], r)
    return block


def test_each_replica_is_torchs_own_encoder_layer():
    model, x = build(), symbols()
    answers, weights = model.answers(x, x.shape[2])
    for r in range(3):
        block, embedded = oracle(model, r), model.embed(x)[r]
        expected = block(embedded) @ model.last.weight[r] + model.last.bias[r]
        torch.testing.assert_close(answers[r], expected)
        torch.testing.assert_close(weights[r], block.self_attn(embedded, embedded, embedded)[1])


def test_the_last_position_alone_gets_the_answer_it_gets_when_all_ask():
    model, x = build(), symbols()
    torch.testing.assert_close(model(x), model.answers(x, x.shape[2])[0][:, :, -1])


def test_attention_is_shared_out_in_full():
    weights = build().answers(symbols(), 2)[1]
    assert weights.shape == (3, 5, 2, 6)
    torch.testing.assert_close(weights.sum(-1), torch.ones(3, 5, 2))


def test_every_position_has_its_own_numbers_of_equal_length():
    found = places(300, WIDTH)
    torch.testing.assert_close(found.square().sum(1), torch.full((300,), WIDTH / 2))
    assert torch.pdist(found).min() > 0.1
    assert found[1, 0] == pytest.approx(0.8414710, abs=1e-6)  # sin 1, the shortest wave
    assert found[10, 3] == pytest.approx(float(torch.cos(torch.tensor(10 / 10_000 ** (2 / WIDTH)))), abs=1e-5)


def test_one_seed_alone_gives_the_same_bits():
    alone = Seeds((1,), SEEDS.device)
    assert torch.equal(build()(symbols())[1], build(alone)(symbols(seeds=alone))[0])
