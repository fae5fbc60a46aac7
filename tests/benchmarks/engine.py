"""How fast ten seeds train: this project's engine beside what others do. ``make bench`` runs it.

First, ways to train the same network from ten seeds, on the same data for as many steps, turn by turn in one run,
because machines differ and are noisy:

- the plain loop: one ``nn.Module`` and default Adam a seed, seed after seed, on two threads;
- in two processes of one thread, five seeds each: the plain loop, the loop of MNIST-1D's repository, PyTorch Lightning
  where it is installed, ``torch.func.vmap``, and the engine.

Printed are milliseconds a step of all seeds, the share of this machine's matrix-product peak, the test accuracy, and
ratios of the engine to the plain loops, the median over the rounds.

Then the book's own experiments, on one thread: what a step costs by seeds, depth and batch, how much of it the matrix
products of these very shapes would take alone, and where the rest goes. The book shows the same on its page about
speed. Run it on an idle machine: two threads suffer most from company; with ``--busy`` it makes do with processor time,
and leaves the second half out.
"""

import argparse
import json
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import torch
from scipy import stats
from tests.benchmarks.elsewhere import as_lightning, as_mnist1d, has_lightning
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from lecture import devices
from lecture.data import mnist1d
from lecture.experiments.how_we_test.engine_operations import EngineOperations
from lecture.experiments.how_we_test.engine_speed import PRODUCTS, EngineSpeed
from lecture.experiments.how_we_test.ways import (
    Clock,
    Network,
    Recipe,
    Way,
    accuracies,
    convolutional,
    engine,
    fully_connected,
    plain_loop,
    vmapped,
)
from lecture.statistics import mean_interval

SEEDS = 10
BATCH = 100
CPU = torch.device("cpu")


@dataclass(frozen=True)
class Workload:
    """A network, and how many times faster than the loops the engine shall be."""

    steps: int
    network: Network
    target_threads: float
    target_processes: float


WORKLOADS = {
    "MLP, 2 hidden layers": Workload(400, fully_connected(2, 100), 6, 3),
    "MLP, 8 hidden layers": Workload(200, fully_connected(8, 100), 6, 3),
    "CNN": Workload(200, convolutional(25), 4, 2),
}
SHARES = {("MLP", 2): 40, ("MLP", 8): 60, ("CNN", 3): 40}
"""Per cent of a step that its matrix products alone would take, at least, by network and depth."""
WAYS: dict[str, Way] = {
    "loop": plain_loop, "MNIST-1D": as_mnist1d, "Lightning": as_lightning, "vmap": vmapped, "engine": engine,
}  # fmt: skip
NAMES = {
    "loop": "plain loop, 2 processes", "MNIST-1D": "mnist1d's loop, 2 processes", "Lightning": "Lightning, 2 processes",
    "vmap": "vmap, 2 processes", "engine": "engine, 2 processes",
}  # fmt: skip
LOOP_THREADS, LOOP_PROCESSES, ENGINE = "plain loop, 2 threads", NAMES["loop"], NAMES["engine"]

Trained = tuple[float, list[float]]
"""Seconds of training, and each seed's test accuracy behind it."""


def trained(way: str, workload: Workload, steps: int, seeds: list[int], clock: Clock, data: list[Tensor]) -> Trained:
    """Train and test."""
    x, y, x_test, y_test = data
    taken, predict = WAYS[way](workload.network, Recipe(BATCH, steps), seeds, x, y, clock)
    return taken, accuracies(predict, x_test, y_test)


def peak(seconds: float = 0.3) -> float:
    """Return this process's float32 matrix-product rate, in GFLOP/s, at 1024 x 1024 x 1024."""
    a, b = torch.ones(1024, 1024), torch.ones(1024, 1024)
    best, start = 0.0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        tick = time.process_time()
        torch.mm(a, b)
        best = max(best, 2 * 1024**3 / (time.process_time() - tick) / 1e9)
    return best


def work(pipe: Connection, threads: int) -> None:
    """Answer one request after another until nobody asks any more."""
    devices.prepare(threads)
    data = list(mnist1d.split(4000, 1000, seed=0))
    while True:
        try:
            job, name, *arguments = pipe.recv()
        except EOFError:  # the asking process is gone
            return
        pipe.send(peak() if job == "peak" else trained(job, WORKLOADS[name], *arguments, data))


class Workers:
    """Processes that wait for work, so that starting one costs no measured time."""

    def __init__(self, number: int, threads: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipes: list[Connection] = []
        for _ in range(number):
            mine, theirs = context.Pipe()
            context.Process(target=work, args=(theirs, threads), daemon=True).start()
            self.pipes.append(mine)

    def ask(self, *request: object) -> list[Any]:
        """Send the same request to all and return their answers."""
        for pipe in self.pipes:
            pipe.send(request)
        return [pipe.recv() for pipe in self.pipes]

    def share(self, job: str, name: str, steps: int, clock: Clock) -> Trained:
        """Train all seeds, each worker its part; return milliseconds a step and the accuracies."""
        part = SEEDS // len(self.pipes)
        for rank, pipe in enumerate(self.pipes):
            pipe.send((job, name, steps, list(range(rank * part, (rank + 1) * part)), clock))
        answers = [pipe.recv() for pipe in self.pipes]
        return 1e3 * max(taken for taken, _ in answers) / steps, [a for _, found in answers for a in found]


def flops(workload: Workload) -> int:
    """Return floating-point operations of one seed's step, forwards and backwards, as torch counts them."""
    model = workload.network.plain()
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(BATCH, 40)).sum().backward()
    return counter.get_total_flops()


def measure(names: list[str], rounds: int, busy: bool) -> dict[str, Any]:
    """Return what the ways take, and what comes of them."""
    clock = time.process_time if busy else time.perf_counter
    two_processes = Workers(2, threads=1)
    contenders: dict[str, Callable[[str, int], Trained]] = {
        NAMES[way]: lambda name, steps, way=way: two_processes.share(way, name, steps, clock)  # type: ignore[misc]
        for way in WAYS
        if way != "Lightning" or has_lightning()
    }
    if not busy:
        one_process = Workers(1, threads=2)
        contenders[LOOP_THREADS] = lambda name, steps: one_process.share("loop", name, steps, clock)
    result: dict[str, Any] = {"seeds": SEEDS, "batch": BATCH, "rounds": rounds, "clock": clock.__name__}
    result["torch"] = torch.__version__
    result["peak GFLOP/s"] = sum(two_processes.ask("peak", ""))
    result["workloads"] = {}
    for name in names:
        workload = WORKLOADS[name]
        times: dict[str, list[float]] = {contender: [] for contender in contenders}
        found: dict[str, list[float]] = {}
        for run in contenders.values():
            run(name, 20)  # warm
        for _ in range(rounds):
            for contender, run in contenders.items():
                milliseconds, found[contender] = run(name, workload.steps)
                times[contender].append(milliseconds)
        rates = {c: SEEDS * flops(workload) / median(t) / 1e6 for c, t in times.items()}
        result["workloads"][name] = {
            "ms a step": {c: median(t) for c, t in times.items()},
            "GFLOP/s": rates,
            "share of peak": {c: rate / result["peak GFLOP/s"] for c, rate in rates.items()},
            "test accuracy": {c: mean_interval(a).__dict__ for c, a in found.items()},
            "accuracies differ, p": stats.ttest_ind(found[ENGINE], found[LOOP_PROCESSES]).pvalue.item(),
            "faster than": {
                c: {
                    "ratio": median(r),
                    "lowest": min(r),
                    "highest": max(r),
                    "target": targets.get(c),
                    "at the peak": result["peak GFLOP/s"] / rates[c],  # if nothing but matrix products took time
                }
                for targets in [{LOOP_THREADS: workload.target_threads, LOOP_PROCESSES: workload.target_processes}]
                for c in times
                if c != ENGINE
                for r in [[slow / fast for slow, fast in zip(times[c], times[ENGINE], strict=True)]]
            },
        }
    return result


def report(result: dict[str, Any]) -> str:
    """Return the measurements as lines for a person."""
    lines = [
        f"{result['seeds']} seeds, batch {result['batch']}, Adam, median of {result['rounds']} rounds, "
        f"{result['clock']}; matrix-product peak of 2 processes {result['peak GFLOP/s']:.0f} GFLOP/s"
    ]
    if not has_lightning():
        lines.append("PyTorch Lightning is not installed (pip install -e '.[bench]'): left out")
    for name, found in result["workloads"].items():
        lines += ["", name]
        for contender, milliseconds in found["ms a step"].items():
            rate, share = found["GFLOP/s"][contender], 100 * found["share of peak"][contender]
            accuracy = found["test accuracy"][contender]
            lines.append(
                f"  {contender:28} {milliseconds:7.2f} ms a step   {rate:5.0f} GFLOP/s, {share:3.0f} % of the peak   "
                f"test accuracy {accuracy['value']:.3f} ({accuracy['low']:.3f} to {accuracy['high']:.3f})"
            )
        for contender, ratio in found["faster than"].items():
            target = f"; target {ratio['target']} x: {_met(ratio['ratio'], ratio['target'])}" if ratio["target"] else ""
            lines.append(
                f"  engine against {contender:28} {ratio['ratio']:5.1f} x   ({ratio['lowest']:.1f} to "
                f"{ratio['highest']:.1f}){target}; {ratio['at the peak']:.1f} x if it reached the peak"
            )
    return "\n".join(lines)


def report_shapes(speed: pd.DataFrame, operations: pd.DataFrame) -> str:
    """Return as lines what a step costs by its shape, how much of it are products, and where the rest goes."""
    cases = speed.groupby(["network", "depth", "replicas", "batch", "way"], sort=False).seconds.median().unstack()
    milliseconds = cases.div(cases.index.get_level_values("replicas"), axis=0) * 1e3
    milliseconds["% of the engine's step"] = 100 * cases[PRODUCTS] / cases["engine"]
    lines = ["Milliseconds a step of one network, one thread", milliseconds.round(3).to_string(), ""]
    where = operations.groupby(["network", "depth", "operation"], sort=False).share.mean().unstack(sort=False)
    for (network, depth), target in SHARES.items():
        usual = (network, depth, EngineSpeed().networks, EngineSpeed().batch)
        share = milliseconds["% of the engine's step"][usual]
        parts = ", ".join(f"{kind} {100 * part:.0f} %" for kind, part in where.loc[(network, depth)].items())
        lines.append(
            f"{network} of {depth} layers: {share:.0f} % of the peak at these shapes, target {target} %: "
            f"{_met(share, target)}. Its time: {parts}"
        )
    return "\n".join(lines)


def _met(value: float, target: float) -> str:
    return "met" if value >= target else "NOT met"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--busy", action="store_true", help="the machine is busy: processor time, no loop on 2 threads, no shapes"
    )
    parser.add_argument("--only", choices=WORKLOADS, help="one network, and no shapes")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    result = measure([arguments.only] if arguments.only else list(WORKLOADS), arguments.rounds, arguments.busy)
    told = report(result)
    if not (arguments.busy or arguments.only):
        devices.prepare()
        speed, operations = EngineSpeed(seeds=arguments.rounds).run(CPU), EngineOperations().run(CPU)
        result |= {"shapes": speed.to_dict("records"), "operations": operations.to_dict("records")}
        told += "\n\n" + report_shapes(speed, operations)
    print(json.dumps(result, indent=1, default=np.ndarray.tolist) if arguments.json else told)


if __name__ == "__main__":
    main()
