"""How fast ten seeds train: this project's engine beside the loop that everybody writes. ``make bench`` runs it.

Three ways to train the same network from ten seeds, turn by turn in one run, because machines differ and are noisy:

- the plain loop: one ``nn.Module`` and default Adam a seed, seed after seed, on two threads;
- the plain loop in two processes of one thread, five seeds each;
- the engine in two processes of one thread, five seeds each as one program.

Printed are milliseconds a step of all seeds, the share of this machine's matrix-product peak, and ratios of the engine
to the other two, the median over the rounds. Run it on an idle machine: two threads suffer most from company; with
``--busy`` it makes do with processor time.
"""

import argparse
import json
import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

import numpy as np
import torch
from scipy import stats
from torch import Tensor, nn
from torch.nn import functional
from torch.profiler import ProfilerActivity, profile
from torch.utils.flop_counter import FlopCounterMode

from lecture import devices
from lecture.data import mnist1d
from lecture.models.cnn import cnn
from lecture.models.mlp import mlp
from lecture.seeds import Seeds, Stream
from lecture.statistics import mean_interval
from lecture.training.batches import minibatches
from lecture.training.fit import train
from lecture.training.optimisers import Adam
from lecture.training.scores import evaluate

SEEDS = 10
BATCH = 100
RATE = 1e-3


@dataclass(frozen=True)
class Workload:
    """One network, written both ways, and how many times faster the engine shall be."""

    steps: int
    plain: Callable[[], nn.Module]
    replicas: Callable[[Stream], nn.Module]
    target_threads: float
    target_processes: float


def plain_mlp(depth: int) -> nn.Module:
    layers: list[nn.Module] = []
    for inputs in [40] + [100] * (depth - 1):
        layers += [nn.Linear(inputs, 100), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(100, 10))


def plain_cnn() -> nn.Module:
    return nn.Sequential(
        nn.Unflatten(1, (1, 40)),
        nn.Conv1d(1, 25, 5, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv1d(25, 25, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv1d(25, 25, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(125, 10),
    )


WORKLOADS = {
    "MLP, 2 hidden layers": Workload(
        400, lambda: plain_mlp(2), lambda s: mlp(s, depth=2, width=100, activation=nn.ReLU), 6, 3
    ),
    "MLP, 8 hidden layers": Workload(
        200, lambda: plain_mlp(8), lambda s: mlp(s, depth=8, width=100, activation=nn.ReLU), 6, 3
    ),
    "CNN": Workload(200, plain_cnn, cnn, 4, 2),
}
LOOP_THREADS, LOOP_PROCESSES, ENGINE = "plain loop, 2 threads", "plain loop, 2 processes", "engine, 2 processes"


Clock = Callable[[], float]
Trained = tuple[float, list[float]]
"""Seconds of training, and each seed's test accuracy behind it."""


def plain_loop(workload: Workload, steps: int, seeds: list[int], clock: Clock, data: list[Tensor]) -> Trained:
    """Train the way everybody writes it."""
    x, y, x_test, y_test = data
    taken, accuracies = 0.0, []
    for seed in seeds:
        start = clock()
        torch.manual_seed(seed)
        model = workload.plain()
        optimiser = torch.optim.Adam(model.parameters(), RATE)
        for step in range(steps):
            place = step % (len(y) // BATCH)
            if place == 0:
                order = torch.randperm(len(y))
            index = order[place * BATCH : (place + 1) * BATCH]
            optimiser.zero_grad()
            functional.cross_entropy(model(x[index]), y[index]).backward()
            optimiser.step()
        taken += clock() - start
        with torch.no_grad():
            accuracies.append((model(x_test).argmax(1) == y_test).float().mean().item())
    return taken, accuracies


def engine(workload: Workload, steps: int, seeds: list[int], clock: Clock, data: list[Tensor]) -> Trained:
    """Train all seeds as one program."""
    x, y, x_test, y_test = data
    start = clock()
    replicas = Seeds(tuple(seeds), x.device)
    model = workload.replicas(replicas.stream("weights"))
    train(model, Adam(model, RATE), minibatches(x, y, BATCH, steps, replicas.stream("order")))
    taken = clock() - start
    return taken, evaluate(model, x_test, y_test)[1].tolist()


def peak(seconds: float = 0.3) -> float:
    """Return this process's float32 matrix-product rate, in GFLOP/s, at 1024 x 1024 x 1024."""
    a, b = torch.ones(1024, 1024), torch.ones(1024, 1024)
    best, start = 0.0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        tick = time.process_time()
        torch.mm(a, b)
        best = max(best, 2 * 1024**3 / (time.process_time() - tick) / 1e9)
    return best


def breakdown(workload: Workload, seeds: list[int], data: list[Tensor]) -> dict[str, float]:
    """Return the engine's time by kind of operation, as shares of one."""
    engine(workload, 20, seeds, time.perf_counter, data)
    with profile(activities=[ProfilerActivity.CPU]) as trace:
        engine(workload, 60, seeds, time.perf_counter, data)
    shares: dict[str, float] = defaultdict(float)
    for event in trace.key_averages():
        if event.key in {"aten::bmm", "aten::baddbmm"}:
            kind = "matrix products"
        elif event.key in {"aten::copy_", "aten::index_select", "aten::index", "aten::cat"}:
            kind = "copies and gathers"
        elif event.key == "aten::_fused_adamw_":
            kind = "update"
        elif event.key.startswith("aten::"):
            kind = "activations, loss, bias gradients"
        else:
            kind = "automatic differentiation's own bookkeeping"
        shares[kind] += event.self_cpu_time_total
    total = sum(shares.values())
    return {kind: share / total for kind, share in sorted(shares.items(), key=lambda item: -item[1])}


JOBS: dict[str, Callable[..., Any]] = {"loop": plain_loop, "engine": engine, "breakdown": breakdown}


def work(pipe: Connection, threads: int) -> None:
    """Answer one request after another until None comes."""
    devices.prepare(threads)
    data = list(mnist1d.split(4000, 1000, seed=0))
    while True:
        try:
            job, name, *arguments = pipe.recv()
        except EOFError:  # the asking process is gone
            return
        pipe.send(peak() if job == "peak" else JOBS[job](WORKLOADS[name], *arguments, data))


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
    model = workload.plain()
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(BATCH, 40)).sum().backward()
    return counter.get_total_flops()


def measure(names: list[str], rounds: int, busy: bool) -> dict[str, Any]:
    """Return everything that is printed."""
    clock = time.process_time if busy else time.perf_counter
    two_processes = Workers(2, threads=1)
    contenders = {
        LOOP_PROCESSES: lambda name, steps: two_processes.share("loop", name, steps, clock),
        ENGINE: lambda name, steps: two_processes.share("engine", name, steps, clock),
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
        accuracies: dict[str, list[float]] = {}
        for run in contenders.values():
            run(name, 20)  # warm
        for _ in range(rounds):
            for contender, run in contenders.items():
                milliseconds, accuracies[contender] = run(name, workload.steps)
                times[contender].append(milliseconds)
        rates = {c: SEEDS * flops(workload) / median(t) / 1e6 for c, t in times.items()}
        result["workloads"][name] = {
            "ms a step": {c: median(t) for c, t in times.items()},
            "GFLOP/s": rates,
            "share of peak": {c: rate / result["peak GFLOP/s"] for c, rate in rates.items()},
            "test accuracy": {c: mean_interval(a).__dict__ for c, a in accuracies.items()},
            "accuracies differ, p": stats.ttest_ind(accuracies[ENGINE], accuracies[LOOP_PROCESSES]).pvalue.item(),
            "faster than": {
                c: {
                    "ratio": median(r),
                    "lowest": min(r),
                    "highest": max(r),
                    "target": target,
                    "at the peak": result["peak GFLOP/s"] / rates[c],  # if nothing but matrix products took time
                }
                for c, target in ((LOOP_THREADS, workload.target_threads), (LOOP_PROCESSES, workload.target_processes))
                if c in times
                for r in [[slow / fast for slow, fast in zip(times[c], times[ENGINE], strict=True)]]
            },
            "where the engine's time goes": two_processes.ask("breakdown", name, list(range(SEEDS // 2)))[0],
        }
    return result


def report(result: dict[str, Any]) -> str:
    """Return the measurements as lines for a person."""
    lines = [
        f"{result['seeds']} seeds, batch {result['batch']}, Adam, median of {result['rounds']} rounds, "
        f"{result['clock']}; matrix-product peak of 2 processes {result['peak GFLOP/s']:.0f} GFLOP/s"
    ]
    for name, found in result["workloads"].items():
        lines += ["", name]
        for contender, milliseconds in found["ms a step"].items():
            rate, share = found["GFLOP/s"][contender], 100 * found["share of peak"][contender]
            accuracy = found["test accuracy"][contender]
            lines.append(
                f"  {contender:24} {milliseconds:7.2f} ms a step   {rate:5.0f} GFLOP/s, {share:3.0f} % of the peak   "
                f"test accuracy {accuracy['value']:.3f} ({accuracy['low']:.3f} to {accuracy['high']:.3f})"
            )
        for contender, ratio in found["faster than"].items():
            verdict = "met" if ratio["ratio"] >= ratio["target"] else "NOT met"
            lines.append(
                f"  engine against {contender:24} {ratio['ratio']:5.1f} x   ({ratio['lowest']:.1f} to "
                f"{ratio['highest']:.1f})   target {ratio['target']} x: {verdict}; "
                f"{ratio['at the peak']:.1f} x if it reached the peak"
            )
        parts = ", ".join(
            f"{kind} {100 * share:.0f} %" for kind, share in found["where the engine's time goes"].items()
        )
        lines.append(f"  the engine's time: {parts}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--busy", action="store_true", help="the machine is busy: processor time, and no loop on 2 threads"
    )
    parser.add_argument("--only", choices=WORKLOADS, help="one network")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    result = measure([arguments.only] if arguments.only else list(WORKLOADS), arguments.rounds, arguments.busy)
    print(json.dumps(result, indent=1, default=np.ndarray.tolist) if arguments.json else report(result))


if __name__ == "__main__":
    main()
