"""C22: a graph network on Zachary's karate club, against one that ignores the graph and a rule that learns nothing."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data.graphs import karate_club
from lecture.experiments.when_to_use.few_labels import FewLabels, choose, propagation


@dataclass(frozen=True, kw_only=True)
class GraphClub(FewLabels):
    """Who followed whom when the club broke up, from its friendships and a few members whose side is known.

    Each seed knows other members' sides. Width and rate are those of Kipf and Welling (2017); rate, steps and the share
    kept were chosen on seeds 1000 to 1029.
    """

    seeds: int = 30
    known: int = 2
    rate: float = 0.01
    steps: int = 100
    keep: float = 0.5

    presets: ClassVar = {"smoke": {"seeds": 3, "steps": 5}, "full": {"seeds": 300}}
    core_seconds: ClassVar[float] = 0.5
    size: ClassVar[str] = "one graph, {known} members of each side known, {width} hidden units, {steps} steps"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each model, seed and member: columns seed, model, node, known, right (0, 1/2 or 1)."""
        seeds = self.seeds_on(device)
        links, labels = (part.to(device).expand(len(seeds), *part.shape) for part in karate_club())
        known = choose(seeds, labels, self.known)
        found = {
            "graph network": self.network(seeds, links, labels, known),
            "blind": self.network(seeds, None, labels, known),
            "propagation": propagation(links, labels, known, self.keep),
        }
        is_known = torch.zeros_like(labels).scatter(1, known, 1).bool()
        return pd.DataFrame(
            [
                {"seed": seed, "model": model, "node": node, "known": bool(told[node]), "right": float(row[node])}
                for model, rows in found.items()
                for seed, row, told in zip(seeds.values, rows.cpu(), is_known.cpu(), strict=True)
                for node in range(labels.shape[1])
            ]
        )
