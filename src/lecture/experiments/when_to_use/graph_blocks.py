"""C22: a graph network on random graphs with two blocks, from undetectable to plain."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch

from lecture.data.graphs import blocks, degrees, features
from lecture.experiments.when_to_use.few_labels import FewLabels, averaged, choose, propagation, right, signs, unknown
from lecture.models.label_propagation import believe


@dataclass(frozen=True, kw_only=True)
class GraphBlocks(FewLabels):
    """Name the block of each node from the links and a few known nodes; each seed is a fresh graph at every strength.

    Once nodes tell nothing of themselves, and once each has features, as in Deshpande et al. (2018): columns of numbers
    that lean one way in the one block and the other way in the other. The network that is not told the graph has the
    features, too; and a linear model gets them averaged over neighbours and their neighbours, which learns nothing.

    Strength 1 is where blocks become detectable in a large graph without labels (Decelle et al. 2011). Rate, steps and
    the share kept were chosen on seeds 1000 to 1009.

    Attributes:
        strengths: (c_in - c_out)² / 2(c_in + c_out).
        nodes: In both blocks together.
        degree: Mean number of links a node.
        columns: Features of a node.
        signal: How far they lean, in standard deviations of their noise.
    """

    seeds: int = 20
    strengths: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
    nodes: int = 480
    degree: float = 5.0
    columns: int = 16
    signal: float = 1.0
    known: int = 5
    rate: float = 0.03
    steps: int = 50
    keep: float = 0.9

    presets: ClassVar = {
        "smoke": {"seeds": 2, "strengths": (0.5, 1.0, 3.0), "nodes": 64, "steps": 5},
        "full": {"seeds": 100, "nodes": 2000, "known": 20},
    }
    core_seconds: ClassVar[float] = 14.0
    size: ClassVar[str] = (
        "random graphs of {nodes} nodes, {known} known of each block, {width} hidden units, {steps} steps"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the share of right answers at unknown nodes: columns seed, strength, model, accuracy, links."""
        seeds = self.seeds_on(device)
        blind: dict[str, torch.Tensor] = {}
        tables = []
        for strength in self.strengths:
            links, labels = blocks(seeds.stream(f"graph {strength:g}"), self.nodes, strength, self.degree)
            known = choose(seeds, labels, self.known)
            x = features(seeds.stream("features"), labels, self.columns, self.signal)
            if not blind:  # labels and features are the same in all graphs, and the links are nothing to it
                blind = {
                    "blind": self.network(seeds, None, labels, known),
                    "blind, features": self.network(seeds, None, labels, known, x),
                }
            told, graphs = signs(labels, known), links.cpu().numpy().astype(np.float64)
            believed = [believe(g, row, *degrees(strength, self.degree)) for g, row in zip(graphs, told, strict=True)]
            found = {
                "graph network": self.network(seeds, links, labels, known),
                "graph network, features": self.network(seeds, links, labels, known, x),
                **blind,
                "propagation": propagation(links, labels, known, self.keep),
                "averaged features": averaged(links, labels, known, x),
                "belief": right(np.stack(believed), labels),
            }
            count = (links.sum((1, 2)) / 2).int().tolist()
            shares = {(strength, model): unknown(rows, known) for model, rows in found.items()}
            tables.append(self.per_seed(shares, ["strength", "model"], "accuracy").assign(links=count * len(found)))
        return pd.concat(tables, ignore_index=True)
