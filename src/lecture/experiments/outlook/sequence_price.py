"""C28: multiplications that recurrent cells and attention spend to answer at every position of a sequence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from lecture.data.recall import CUES, SYMBOLS, sequences
from lecture.experiments.experiment import Experiment
from lecture.experiments.outlook.recall_transformer import build
from lecture.models.recurrent import LSTM, RNN
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class SequencePrice(Experiment):
    """All matrix products that the networks of the memory test compute for one sequence. Nothing is random.

    Attributes:
        lengths: Symbols in the sequence.
        width: Units of the recurrent state and numbers at each position of the Transformer.
        inner: Units of the Transformer's small network.
    """

    seeds: int = 1
    lengths: tuple[int, ...] = (10, 30, 100, 300)
    width: int = 16
    inner: int = 32

    presets: ClassVar = {"smoke": {"lengths": (5, 10, 20)}}
    core_seconds: ClassVar[float] = 0.5

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return columns network, length, multiplications: for one sequence, with an answer at each position."""
        seeds = Seeds((0,), device)
        cells = {
            cell.__name__: cell(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.width, classes=CUES)
            for cell in (RNN, LSTM)
        }
        transformer = build(seeds, self.width, self.inner)
        rows = []
        for length in self.lengths:
            symbols, _ = sequences(seeds.stream("test"), 1, length)
            for name in (*cells, "Transformer"):
                with torch.no_grad(), Multiplications() as counter:
                    if name == "Transformer":
                        transformer.answers(symbols, length)
                    else:
                        for state in cells[name].states(symbols):
                            cells[name].last(state[0])
                rows.append((name, length, counter.count))
        return pd.DataFrame(rows, columns=["network", "length", "multiplications"])


class Multiplications(TorchFunctionMode):
    """Counts the multiplications of all matrix products inside a ``with`` block, by the shapes that pass.

    PyTorch's own counter gives the same numbers and takes seconds to import.
    """

    count = 0

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Let the call through and look at it."""
        out = func(*args, **(kwargs or {}))
        if func in (torch.bmm, torch.matmul, Tensor.matmul, Tensor.__matmul__):
            self.count += out.numel() * args[0].shape[-1]
        elif func is torch.baddbmm:
            self.count += out.numel() * args[1].shape[-1]
        return out
