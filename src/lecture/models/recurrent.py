"""Recurrent cells for R networks at once, written out so that backpropagation through time can be looked at.

All read a sequence of symbols ``[R, B, T]`` and carry a state from step to step. They differ in how they renew it: the
simple network computes it anew each time; a gated one keeps what is there and changes a share of it.
"""

from collections.abc import Sequence
from math import sqrt

import torch
from torch import Tensor, nn

from lecture.models.layers import Linear
from lecture.seeds import Stream

State = tuple[Tensor, ...]
"""What is carried from step to step, the hidden state ``[R, B, hidden]`` first."""

ALWAYS = 1e4
"""Bias of a gate that is always open: its sigmoid is exactly 1 and its gradient exactly 0."""


class Recurrent(nn.Module):
    """R networks that read symbols and name one at the end; a subclass says how the state is renewed.

    Take a multiple of 16 hidden units: only then no vector register holds numbers of two replicas, and a seed gets the
    same bits whatever the other replicas are.

    Attributes:
        inputs: From a symbol to the units, ``[R, symbols, gates * hidden]``; row s belongs to symbol s.
        weight: From the hidden state to the units, ``[R, hidden, gates * hidden]``.
        bias: ``[R, 1, gates * hidden]``.
        last: From the hidden state to the classes.
    """

    gates = 1
    """Sums that a unit computes at each step."""
    parts = 1
    """Tensors in the state."""

    def __init__(self, stream: Stream, *, symbols: int, hidden: int, classes: int) -> None:
        super().__init__()
        bound = 1 / sqrt(hidden)  # torch's own default for nn.RNN, nn.LSTM and nn.GRU
        self.hidden = hidden
        self.inputs, self.weight, self.bias = (
            nn.Parameter(stream.uniform(rows, self.gates * hidden, low=-bound, high=bound))
            for rows in (symbols, hidden, 1)
        )
        self.last = Linear(hidden, classes, stream)

    def renew(self, state: State, drive: Tensor) -> State:
        """Return the next state, from the last one and what the symbol adds to each sum, ``[R, B, gates * hidden]``."""
        raise NotImplementedError

    def start(self, names: Sequence[str], stream: Stream, steps: int) -> None:
        """Start each replica in one of three ways, given by name, with ``steps`` the longest that there is to remember.

        ``"default"`` leaves it as drawn, as torch does; ``"remember"`` starts it so that it keeps its state, each unit
        for a time that the stream draws; ``"1997"`` takes the forget gate of an LSTM away.
        """
        bias = chrono(stream, self.hidden, steps)
        chosen = [name == "remember" for name in names], [name == "1997" for name in names]
        remember, always = (torch.tensor(rows, device=bias.device)[:, None] for rows in chosen)
        with torch.no_grad():
            self.keep(torch.where(always, ALWAYS, bias), remember | always)

    def keep(self, bias: Tensor, where: Tensor) -> None:
        """Start the gates that keep the state at ``bias`` ``[R, hidden]``, in the replicas ``where`` ``[R, 1]``."""
        raise NotImplementedError

    def states(self, symbols: Tensor) -> list[State]:
        """Return the states after each of the symbols ``[R, B, T]``."""
        replicas, batch, length = symbols.shape
        drives = self.inputs + self.bias
        index = symbols.transpose(1, 2).reshape(replicas, -1, 1).expand(-1, -1, drives.shape[2])
        driven = torch.gather(drives, 1, index).view(replicas, length, batch, -1)
        state: State = (driven.new_zeros(replicas, batch, self.hidden),) * self.parts
        states = []
        for drive in driven.unbind(1):
            state = self.renew(state, drive)
            states.append(state)
        return states

    def forward(self, symbols: Tensor) -> Tensor:
        """Return the outputs ``[R, B, classes]`` after the last of the symbols ``[R, B, T]``."""
        out: Tensor = self.last(self.states(symbols)[-1][0])
        return out


class RNN(Recurrent):
    """The simple recurrent network: ``h = tanh(x + h U)``."""

    def renew(self, state: State, drive: Tensor) -> State:
        """Compute the state anew."""
        (h,) = state
        return (torch.tanh(torch.baddbmm(drive, h, self.weight)),)

    def keep(self, bias: Tensor, where: Tensor) -> None:
        """Start with orthogonal recurrent weights, which change no vector's length; there is no gate to set."""
        orthogonal: Tensor = torch.linalg.qr(self.weight)[0]
        self.weight.copy_(torch.where(where[:, :, None], orthogonal, self.weight))


class LSTM(Recurrent):
    """Long short-term memory: a cell ``c`` that is kept by the forget gate and changed by the write gate.

    Hochreiter and Schmidhuber (1997) had no forget gate: theirs is always open. Gers et al. (2000) added it.
    """

    gates = 4
    parts = 2

    def renew(self, state: State, drive: Tensor) -> State:
        """Keep a share of the cell, add a share of what is new, show a share of it."""
        h, c = state
        sums = torch.baddbmm(drive, h, self.weight)
        gates, new = torch.split(sums, [3 * self.hidden, self.hidden], 2)
        forget, write, show = torch.sigmoid(gates).chunk(3, 2)
        c = torch.addcmul(forget * c, write, torch.tanh(new))
        return show * torch.tanh(c), c

    def keep(self, bias: Tensor, where: Tensor) -> None:
        """Start the forget gates at ``bias`` and the write gates at its opposite (Tallec and Ollivier 2018, eq. 16)."""
        forget, write, _ = torch.split(self.bias[:, 0], [self.hidden, self.hidden, 2 * self.hidden], 1)
        forget.copy_(torch.where(where, bias, forget))
        write.copy_(torch.where(where & (bias < ALWAYS), -bias, write))


class GRU(Recurrent):
    """Gated recurrent unit (Cho et al. 2014): one gate keeps the old state where it does not take the new one."""

    gates = 3

    def renew(self, state: State, drive: Tensor) -> State:
        """Keep a share of the state and fill up with what is new."""
        (h,) = state
        drive_gates, drive_new = torch.split(drive, [2 * self.hidden, self.hidden], 2)
        gates, new = torch.split(torch.bmm(h, self.weight), [2 * self.hidden, self.hidden], 2)
        keep, reset = torch.sigmoid(gates + drive_gates).chunk(2, 2)
        return (gated_update(h, keep, reset, drive_new, new),)

    def keep(self, bias: Tensor, where: Tensor) -> None:
        """Start the keeping gates at ``bias``."""
        gate = self.bias[:, 0, : self.hidden]
        gate.copy_(torch.where(where, bias, gate))


def gated_update(h: Tensor, keep: Tensor, reset: Tensor, driven: Tensor, recalled: Tensor) -> Tensor:
    """Return a GRU's next state (Cho et al. 2014, with the reset gate behind the product, as in ``torch.nn.GRU``).

    The update gate ``keep`` is the share of the state that is kept; before tanh, the input adds ``driven`` and the old
    state, as far as the reset gate lets it, ``recalled``.
    """
    return torch.lerp(torch.tanh(torch.addcmul(driven, reset, recalled)), h, keep)


def chrono(stream: Stream, hidden: int, steps: int) -> Tensor:
    """Return gate biases ``[R, hidden]`` that keep a state for up to ``steps`` steps: log u, u uniform in 1 to steps-1.

    A gate with bias b keeps σ(b) of the state at each step, so it forgets in about 1 + exp(b) steps (Tallec and
    Ollivier 2018, eq. 16).
    """
    return stream.uniform(hidden, low=1, high=steps - 1).log()
