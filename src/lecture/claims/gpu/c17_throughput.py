"""C17: training on GPUs was far from obvious, and half of the AlexNet paper is about it."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.experiments.gpu.throughput import Throughput
from lecture.statistics import Interval, geometric_interval, mean_interval

PARALLEL = 5.0
"""Training is parallel work if many examples at once go through at this many times the rate of one example at a "
"time."""

HALF = 40.0
PAPER = 15.0
"""Percent of the AlexNet paper's text that is about GPUs: every sentence or caption that names one, and the whole of
section 3.2, are about 670 words of some 4,600 (abstract to discussion, references left out). Our count, rounded
up."""


def judge(table: pd.DataFrame) -> Finding:
    """Ask whether a training step is the parallel work that a GPU is made for, and hold "half" against the paper."""
    cpu = table[table.kind == "cpu"]
    steps = cpu[cpu.job == "step"]
    threads, batch, replicas = int(steps.threads.max()), int(steps.batch.max()), int(steps.replicas.max())
    one, wide = (steps[(steps.threads == 1) & (steps.batch == b)] for b in (1, batch))
    alone, many = _rate(one, 1), _rate(wide, replicas)
    gain = many / alone
    parallel = float(gain.median()) >= PARALLEL  # the median: one slow moment must not decide
    verdict = Verdict.FAILS if not parallel else Verdict.HOLDS if PAPER >= HALF else Verdict.CAVEAT

    all_threads = steps[(steps.threads == threads) & (steps.batch == batch)]
    product = cpu[cpu.job == "product"]
    share = 100 * all_threads[all_threads.replicas == replicas].share_of_peak
    measurements = [
        Measurement("gain", "examples a second: many at once over one at a time", geometric_interval(gain), "×", ".0f"),
        Measurement("alone", "one network, one example a step", geometric_interval(alone), "examples/s", ",.0f"),
        Measurement("many", "many networks, many examples a step", geometric_interval(many), "examples/s", ",.0f"),
        Measurement(
            "gain_batch",
            f"gain from a batch of {batch:,} in one network",
            geometric_interval(_rate(wide, 1) / alone),
            "×",
            ".0f",
        ),
        Measurement(
            "gain_replicas",
            f"gain from {replicas} networks at once, one example each",
            geometric_interval(_rate(one, replicas) / alone),
            "×",
            ".1f",
        ),
        Measurement(
            "gain_threads",
            "gain from all threads",
            geometric_interval(_rate(all_threads, replicas) / many),
            "×",
            ".2f",
        ),
        Measurement("share_of_peak", "share of the peak that a step reaches", mean_interval(share), "%", ".0f"),
        Measurement(
            "share_alone",
            "share of the peak, one example at a time",
            mean_interval(100 * one[one.replicas == 1].share_of_peak),
            "%",
            ".2f",
        ),
        Measurement(
            "peak",
            "matrix product, all threads",
            geometric_interval(product[product.threads == threads].gflops),
            "GFLOP/s",
            ",.0f",
        ),
        Measurement(
            "peak_one",
            "matrix product, one thread",
            geometric_interval(product[product.threads == 1].gflops),
            "GFLOP/s",
            ",.0f",
        ),
        Measurement("threads", "threads of this machine", Interval.exact(threads), "", ".0f"),
        Measurement("batch", "largest batch", Interval.exact(batch), "examples", ",.0f"),
        Measurement("replicas", "networks at once", Interval.exact(replicas), "", ".0f"),
        Measurement("repetitions", "repetitions of every timing", Interval.exact(steps.seed.nunique()), "", ".0f"),
        Measurement(
            "paper",
            "share of the AlexNet paper's text that is about GPUs, our estimate",
            Interval.exact(PAPER),
            "%",
            ".0f",
        ),
        Measurement(
            "raina", "GPU over CPU, up to, 2009", Interval.exact(70), "×", ".0f", Published(70, "raina2009large")
        ),
        Measurement(
            "chellapilla", "GPU over CPU, 2006", Interval.exact(4.1), "×", ".1f", Published(4.1, "chellapilla2006high")
        ),
        *_gpu(table, many, batch, replicas),
    ]
    return Finding(verdict, tuple(measurements), opposite=float((gain < PARALLEL).mean()), scale=("alone", "many"))


def _rate(steps: pd.DataFrame, replicas: int) -> pd.Series:
    """Return the examples a second of so many networks, by repetition."""
    return steps[steps.replicas == replicas].set_index("seed").examples_per_second.sort_index()


def _gpu(table: pd.DataFrame, cpu: pd.Series, batch: int, replicas: int) -> list[Measurement]:
    """Return what a GPU adds, on a machine that has one; nothing elsewhere."""
    steps = table[(table.kind != "cpu") & (table.job == "step") & (table.batch == batch)]
    if steps.empty:
        return []
    rate = _rate(steps, replicas)
    return [
        Measurement("gpu", f"the same on {steps.device.iloc[0]}", geometric_interval(rate), "examples/s", ",.0f"),
        Measurement("gpu_gain", "GPU over one CPU thread", geometric_interval(rate / cpu), "×", ".0f"),
    ]


CLAIM = Claim(
    id="C17",
    refuted_by=(
        "Many examples at once do not go through the same training step at five times the rate of one example at a "
        "time: then training would not be the parallel work that a GPU is made for. That half of the paper is about "
        "GPUs would need at least two fifths of its text."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "A training step is a few large matrix products: given many examples at once, the same processor gets "
        "through far more of them a second, and a GPU is built for exactly that. How much faster one is cannot be "
        "measured on a machine without one, and stays cited. But others had trained networks on GPUs since 2006, and "
        "of the AlexNet paper it is well under half that is about them."
    ),
    experiments=(Throughput,),
    judge=judge,
    figure="gpu/plot_throughput",
    citations=(
        "krizhevsky2012imagenet",
        "chellapilla2006high",
        "raina2009large",
        "ciresan2010deep",
        "ciresan2011flexible",
        "nickolls2008scalable",
    ),
)
