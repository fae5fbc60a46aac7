"""C28: multiplications that recurrent cells and attention spend to answer at every position of a sequence."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch.utils.flop_counter import FlopCounterMode

from lecture.data.recall import CUES, SYMBOLS, sequences
from lecture.experiments.experiment import Experiment
from lecture.experiments.outlook.recall_transformer import build
from lecture.models.recurrent import LSTM, RNN
from lecture.models.transformer import Transformer
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class SequencePrice(Experiment):
    """All matrix products that the networks of the memory test compute for one sequence. Nothing is random.

    What a symbol adds to the sums of a recurrent cell is looked up, and costs none.

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
    deterministic: ClassVar[bool] = True
    size: ClassVar[str] = "one sequence of {lengths} symbols, networks of {width} units"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return columns network, length, multiplications: for one sequence, with an answer at each position."""
        seeds = Seeds((0,), device)
        networks: dict[str, RNN | LSTM | Transformer] = {
            "RNN": RNN(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.width, classes=CUES),
            "LSTM": LSTM(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.width, classes=CUES),
            "Transformer": build(seeds, self.width, self.inner),
        }
        rows = []
        for length in self.lengths:
            symbols, _ = sequences(seeds.stream("test"), 1, length)
            for name, network in networks.items():
                with torch.no_grad(), FlopCounterMode(display=False) as counter:
                    if isinstance(network, Transformer):
                        network.answers(symbols, length)
                    else:
                        state = (torch.zeros(1, 1, self.width, device=device),) * network.parts
                        looked_up = torch.zeros(1, 1, network.gates * self.width, device=device)
                        for _ in range(length):
                            state = network.renew(state, looked_up)
                            network.last(state[0])
                rows.append((name, length, counter.get_total_flops() // 2))  # each has an addition
        return pd.DataFrame(rows, columns=["network", "length", "multiplications"])
