"""R two-way recurrent layers at once are R times ``torch.nn.GRU``."""

import torch
from torch import nn

from lecture import devices
from lecture.models.gru import BidirectionalGRU, gru
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TORCH_NAMES = {  # ours, theirs, and how ours becomes theirs
    "weight_input": "weight_ih_l0",
    "weight_hidden": "weight_hh_l0",
    "bias_input": "bias_ih_l0",
    "bias_hidden": "bias_hh_l0",
}


def _oracle(layer: BidirectionalGRU, replica: int) -> nn.GRU:
    theirs = nn.GRU(1, layer.hidden, batch_first=True, bidirectional=True)
    with torch.no_grad():
        for ours, name in TORCH_NAMES.items():
            for direction, suffix in enumerate(("", "_reverse")):
                target = getattr(theirs, name + suffix)
                target.copy_(getattr(layer, ours)[replica, direction].T.reshape(target.shape))
    return theirs


def test_values_and_gradients_are_those_of_torch() -> None:
    layer = BidirectionalGRU(4, Seeds((0, 1, 2), CPU).stream("weights"))
    x = torch.randn(3, 5, 9, generator=torch.Generator().manual_seed(0))
    states = layer(x)
    assert states.shape == (3, 5, 9, 8)
    slope = torch.randn(states.shape, generator=torch.Generator().manual_seed(1))
    states.backward(slope)
    for replica in range(3):
        theirs = _oracle(layer, replica)
        wanted, _ = theirs(x[replica, :, :, None])
        torch.testing.assert_close(states[replica], wanted)
        wanted.backward(slope[replica])
        for ours, name in TORCH_NAMES.items():
            for direction, suffix in enumerate(("", "_reverse")):
                found, known = getattr(layer, ours).grad[replica, direction], getattr(theirs, name + suffix).grad
                torch.testing.assert_close(found.T.reshape(known.shape), known, rtol=1e-4, atol=1e-5)


def test_the_paper_s_network_has_the_paper_s_size() -> None:
    model = gru(Seeds((0, 1), CPU).stream("weights"))
    assert sum(parameter[0].numel() for parameter in model.parameters()) == 5134
    assert model(torch.zeros(2, 7, 40)).shape == (2, 7, 10)


def test_a_seed_alone_gets_bitwise_what_it_gets_among_three() -> None:
    devices.prepare()
    gradients = {}
    for seeds in ((1,), (0, 1, 2)):
        model = gru(Seeds(seeds, CPU).stream("weights"))
        model(Seeds(seeds, CPU).stream("inputs").normal(20, 40)).square().sum().backward()
        gradients[seeds] = [parameter.grad[seeds.index(1)] for parameter in model.parameters()]
    assert all(torch.equal(a, b) for a, b in zip(*gradients.values(), strict=True))
