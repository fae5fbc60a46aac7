"""The same training as others write it: the repository of MNIST-1D, and PyTorch Lightning where it is installed."""

import importlib.util
import logging
import warnings
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

from lecture.experiments.how_we_test.ways import Clock, Network, Recipe, Trained, started

EVALUATED, KEPT = 250, 1000
"""Steps between two evaluations, and between two copies of the network, in the repository of MNIST-1D."""


def as_mnist1d(network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor, clock: Clock) -> Trained:
    """Train as the repository greydanus/mnist1d does in ``notebooks/train.py``, written anew from what it does.

    It takes the examples in the order in which they come, reads the loss at each step, tests on both sets at every
    250th and keeps a copy at every 1000th. Its own rate is 1e-2 and it goes on for 6000 to 8000 steps; here both are
    everybody's. The test set is a quarter as large as the training set, as there.
    """
    taken, trained = 0.0, []
    tested = len(y) // 4
    for seed in seeds:
        model = started(network, seed, x.device)
        optimiser = torch.optim.Adam(model.parameters(), recipe.rate)
        losses, found, kept = [], [], []
        start = clock()
        for step in range(recipe.steps):
            place = step * recipe.batch % len(y)
            loss = cross_entropy(model(x[place : place + recipe.batch]), y[place : place + recipe.batch])
            losses.append(loss.item())
            loss.backward()
            optimiser.step()
            optimiser.zero_grad()
            if step % EVALUATED == 0:
                found += [cross_entropy(model(x[:tested]), y[:tested]).item(), _right(model, x, y)]
                found.append(_right(model, x[:tested], y[:tested]))
            if step % KEPT == 0:
                kept.append(deepcopy(model))
        taken += clock() - start
        trained.append(model)
    return taken, lambda inputs: torch.stack([model(inputs) for model in trained])


def _right(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """Return the share of right answers, added up in Python as it is there."""
    answers = model(x).argmax(-1).numpy()
    return sum(answers == y.numpy().astype(np.float32)) / len(y)


def has_lightning() -> bool:
    """Tell whether PyTorch Lightning is installed: the extra ``bench`` brings it."""
    return importlib.util.find_spec("lightning") is not None


def as_lightning(network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor, clock: Clock) -> Trained:
    """Train one network after another with PyTorch Lightning's Trainer, without logs, bars and checkpoints.

    The examples come from a DataLoader of this process, as in its documentation. Only the steps are timed: it takes
    some hundredths of a second more to begin and to end.
    """
    import lightning

    class Training(lightning.LightningModule):
        def __init__(self, model: nn.Module) -> None:
            super().__init__()
            self.model = model

        def training_step(self, batch: list[Tensor], number: int) -> Tensor:
            return cross_entropy(self.model(batch[0]), batch[1])

        def on_train_start(self) -> None:
            self.start = clock()

        def on_train_end(self) -> None:
            self.taken = clock() - self.start

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.Adam(self.parameters(), recipe.rate)

    for name in ("lightning.pytorch", "lightning.fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    options: dict[str, Any] = dict.fromkeys(
        ("logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"), False
    )
    taken, trained = 0.0, []
    for seed in seeds:
        model = Training(started(network, seed, x.device))
        order = torch.Generator().manual_seed(seed)
        loader = DataLoader(TensorDataset(x, y), batch_size=recipe.batch, shuffle=True, drop_last=True, generator=order)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that more processes might load the data faster, for one
            trainer = lightning.Trainer(max_steps=recipe.steps, accelerator="cpu", devices=1, **options)
            trainer.fit(model, loader)
        taken += model.taken
        trained.append(model.model.eval())
    return taken, lambda inputs: torch.stack([model(inputs) for model in trained])
