"""Recurrent cells for R networks at once, written out so that backpropagation through time can be looked at.

All read a sequence of symbols ``[R, B, T]`` and carry a state from step to step. They differ in how they renew it: the
simple network computes it anew each time; a gated one keeps what is there and changes a share of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn import functional

from lecture.models.layers import Linear
from lecture.seeds import Stream

State = tuple[Tensor, ...]
"""What is carried from step to step, the hidden state ``[R, B, hidden]`` first."""

ALWAYS = 1e4
"""Bias of a gate that is always open: its sigmoid is exactly 1 and its gradient exactly 0."""

SHUT = ", shut"
"""What is added to the name of a start whose write gates are nearly shut."""


class Recurrent(nn.Module, ABC):
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

    @abstractmethod
    def renew(self, state: State, drive: Tensor) -> State:
        """Return the next state, from the last one and what the symbol adds to each sum, ``[R, B, gates * hidden]``."""

    def start(self, names: Sequence[str], stream: Stream, steps: int) -> None:
        """Start each replica in the way of that name, with ``steps`` the longest that there is to remember.

        ``"default"`` leaves it as drawn, as torch does; ``"remember"`` starts it so that it keeps its state, each unit
        for a time that the stream draws; what else there is, see :meth:`LSTM.begin`.

        Raises:
            ValueError: This cell cannot start that way.
        """
        with torch.no_grad():
            for replica, (name, bias) in enumerate(zip(names, chrono(stream, self.hidden, steps), strict=True)):
                if name != "default":
                    self.begin(replica, name, bias)

    @abstractmethod
    def begin(self, replica: int, name: str, bias: Tensor) -> None:
        """Start one replica so that it keeps its state; a gate that keeps it has the ``bias`` ``[hidden]``."""

    def states(self, symbols: Tensor) -> list[State]:
        """Return the states after each of the symbols ``[R, B, T]``."""
        replicas, batch, length = symbols.shape
        drives = self.inputs + self.bias
        # a product with ones and zeros looks the rows up, and its backward pass is quick where that of gather is slow
        ones = functional.one_hot(symbols.transpose(1, 2).flatten(1), drives.shape[1]).to(drives.dtype)
        driven = torch.bmm(ones, drives).view(replicas, length, batch, -1)
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

    def begin(self, replica: int, name: str, bias: Tensor) -> None:
        """Start with orthogonal recurrent weights, which change no vector's length; there is no gate to set."""
        only("remember", name)
        self.weight[replica] = torch.linalg.qr(self.weight[replica])[0]


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

    def begin(self, replica: int, name: str, bias: Tensor) -> None:
        """Start one replica, by name.

        ``"remember"``: forget gates at ``bias``, write gates at its opposite (Tallec and Ollivier 2018, eq. 16).
        ``"forget 1"``: forget gates at 1 (Gers et al. 2000; the default of Keras, after Jozefowicz et al. 2015).
        ``"1997"``: no forget gate, as in Hochreiter and Schmidhuber (1997).
        ``"1997, shut"``: the same with their own remedy against a cell that is filled with noise before anything is
        learnt (their section 4): write gates nearly shut, from -3 to -6, the biases of their experiment 4.
        """
        forget, write, _ = torch.split(self.bias[replica, 0], [self.hidden, self.hidden, 2 * self.hidden])
        if name == "remember":
            forget.copy_(bias)
            write.copy_(-bias)
        elif name == "forget 1":
            forget.fill_(1.0)
        else:
            only("1997", name.removesuffix(SHUT))
            forget.fill_(ALWAYS)
            if name.endswith(SHUT):
                write.copy_(torch.linspace(-3, -6, self.hidden))


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

    def begin(self, replica: int, name: str, bias: Tensor) -> None:
        """Start the keeping gates at ``bias``."""
        only("remember", name)
        self.bias[replica, 0, : self.hidden] = bias


def only(known: str, name: str) -> None:
    """Refuse a start that is not the ``known`` one."""
    if name != known:
        raise ValueError(f"no start {name!r} here: use 'default' or {known!r}")


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
