"""C28: where the last position of a Transformer looks while it learns to name the first symbol."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor
from torch.nn import functional

from lecture.data.recall import CUES, fresh_batches, sequences
from lecture.experiments.experiment import Experiment
from lecture.experiments.outlook.recall_transformer import RecallTransformer, build
from lecture.training.fit import train
from lecture.training.optimisers import Adam


@dataclass(frozen=True, kw_only=True)
class AttentionMap(Experiment):
    """The networks of ``outlook.recall_transformer`` at one length, watched in training.

    Attributes:
        length: Symbols in a sequence.
        width: Numbers at each position.
        inner: Units of the small network at each position.
        rate: Learning rate of Adam.
        clip: Largest gradient norm.
        batch: Sequences a step.
        steps: Steps of training.
        every: Steps between two looks.
        shown: Sequences over which the weights are averaged, for each answer apart.
    """

    seeds: int = 5
    length: int = 30
    width: int = 16
    inner: int = 32
    rate: float = RecallTransformer.rates["default"]
    clip: float = 1.0
    batch: int = 16
    steps: int = 200
    every: int = 20
    shown: int = 400

    presets: ClassVar = {
        "smoke": {"seeds": 2, "length": 6, "steps": 4, "every": 2, "shown": 40},
        "full": {"seeds": 10, "width": 64, "inner": 128, "batch": 64, "length": 100, "steps": 1000, "every": 50},
    }
    core_seconds: ClassVar[float] = 1.0
    size: ClassVar[str] = (
        "sequences of {length} symbols, a Transformer of one block and {width} numbers, {steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the mean weight on each position (from 1): columns seed, step, answer, position, weight."""
        seeds = self.seeds_on(device)
        model = build(seeds, self.width, self.inner)
        symbols, answers = sequences(seeds.stream("test"), self.shown, self.length)
        of_answer = functional.one_hot(answers, CUES).to(torch.float32)  # [R, shown, cues]
        share = (of_answer / of_answer.sum(1, keepdim=True)).mT
        rows: dict[int, Tensor] = {}

        def look(step: int, losses: Tensor | None = None) -> None:
            if step % self.every == 0:
                with torch.no_grad():
                    rows[step] = (share @ model.answers(symbols, 1)[1][:, :, 0]).cpu()  # [R, cues, T]

        batches = fresh_batches(seeds.stream("training"), self.batch, self.length, self.steps)
        train(model, Adam(model, self.rate), batches, clip=self.clip, on_step=look)
        look(self.steps)
        return pd.DataFrame(
            [
                {"seed": seed, "step": step, "answer": answer, "position": position, "weight": weight}
                for step, weights in rows.items()
                for seed, table in zip(seeds.values, weights.tolist(), strict=True)
                for answer, row in enumerate(table)
                for position, weight in enumerate(row, 1)
            ]
        )
