"""C17: training on GPUs was far from obvious, and half of the AlexNet paper is about it."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.gpu import machine, parallel
from lecture.claims.measurement import Measurement, exact, mean
from lecture.claims.verdict import Verdict
from lecture.data.literature import gpus
from lecture.statistics import compare, geometric_interval

PARALLEL = Smallest(5.0, "a slow moment of the machine changes a timing by less")


def judge_parallel(
    throughput: pd.DataFrame,
    roofline: pd.DataFrame,
    data_parallel: pd.DataFrame,
    two_towers: pd.DataFrame,
    training_days: pd.DataFrame,
) -> Finding:
    """Ask how much faster a GPU takes a large batch than all of the processor; without a GPU the question is open.

    That a processor gains from a batch decides nothing: much of the gain is the fixed cost of a call, saved. The other
    four tables give the page its numbers and decide nothing either.
    """
    cpu, gpu = throughput[throughput.kind == "cpu"], throughput[throughput.kind != "cpu"]
    batch = int(cpu.batch.max())
    numbers = [
        *_processor(cpu, batch),
        *machine.limits(roofline, cpu),
        *machine.days(training_days),
        *parallel.halves(data_parallel),
        *parallel.towers(two_towers),
    ]
    if gpu.empty:
        return Finding(Verdict.UNDECIDED, numbers=tuple(numbers))
    wide = cpu[(cpu.job == "step") & (cpu.batch == batch)]
    processor = wide.groupby("seed").examples_per_second.max()
    card = gpu[(gpu.job == "step") & (gpu.batch == batch)].groupby("seed").examples_per_second.max()
    times = card / processor
    return conclude(compare(times, smallest=PARALLEL.value), value=geometric_interval(times), numbers=numbers)


def _processor(cpu: pd.DataFrame, batch: int) -> list[Measurement]:
    """Return what one thread of the processor gains from a batch, from replicas, and from both."""
    steps = cpu[(cpu.job == "step") & (cpu.threads == 1)]
    replicas = int(steps.replicas.max())

    def rate(examples: int, networks: int, column: str = "examples_per_second") -> "pd.Series[float]":
        chosen = steps[(steps.batch == examples) & (steps.replicas == networks)]
        return chosen.set_index("seed")[column].sort_index()

    alone, wide = rate(1, 1), rate(batch, 1)
    gains = {
        "gain_batch": ("gain from the largest batch, one network", wide / alone, ".0f"),
        "gain_replicas": ("gain from many networks at once, one example each", rate(1, replicas) / alone, ".1f"),
        "gain_both": ("gain from many networks at once, the largest batch each", rate(batch, replicas) / wide, ".2f"),
    }
    share = 100 * rate(1, 1, "share_of_peak")
    return [
        *(Measurement(key, words, geometric_interval(times), "×", spec) for key, (words, times, spec) in gains.items()),
        Measurement("alone", "one network, one example a step", geometric_interval(alone), "examples/s", ",.0f"),
        mean("share_alone", "share of the peak, one example a step", share, "%", ".2f"),
        exact("batch", "largest batch", batch, "examples"),
        exact("replicas", "networks at once", replicas),
    ]


CLAIM = Claim(
    id="C17",
    headline="Pioneering in scale, not first; the details are overstated",
    expected=(Verdict.FAILS, Verdict.IN_PART, Verdict.FAILS, Verdict.IN_PART, Verdict.UNDECIDED),
    parts=(
        Part(
            quantity=Quantity("version of CUDA in the spring of 2012", "", ".1f"),
            refuted_by="By the year of AlexNet, CUDA had left version 1 behind.",
            published=Reported(Verdict.FAILS, "nvidia2026cuda", "list of releases", value=gpus.CUDA_OF_ALEXNET),
            note=f"Version 1.0 is of {gpus.FIRST_CUDA}.",
            citations=("nickolls2008scalable",),
        ),
        Part(
            refuted_by="No weather model ran on a GPU by then; or many other things ran there as well.",
            published=Reported(Verdict.IN_PART, "michalakes2008gpu", "abstract", "a weather model in use"),
            says=f"A part of a weather model runs nearly {gpus.WEATHER_KERNEL} times faster on a GPU.",
            note="Weather was an early use, beside molecules and others; that it was the main one nobody reports.",
            citations=("phillips2009probing", "nickolls2008scalable"),
        ),
        Part(
            quantity=Quantity("share of the paper's text that is about GPUs, our count", "%", ".0f"),
            refuted_by="Sections and sentences about GPUs are less than two fifths of the paper's text.",
            published=Reported(Verdict.FAILS, "krizhevsky2012imagenet", "our count", value=gpus.SHARE_ABOUT_GPUS),
        ),
        Part(
            refuted_by="Others had trained networks, deep ones among them, on GPUs before.",
            published=Reported(Verdict.IN_PART, "steinkraus2005using", "abstract", "networks of two layers"),
            says=f"Training on a GPU runs over {gpus.TIMES_2005} times faster than on a processor.",
            note="Pioneering in scale and effect; others had trained networks on GPUs before.",
            citations=("chellapilla2006high", "raina2009large", "ciresan2010deep", "ciresan2011flexible"),
        ),
        Part(
            quantity=Quantity("examples a second, GPU over processor, largest batch", "×", ".0f", "deep"),
            smallest=PARALLEL,
            refuted_by="With a large batch, a GPU takes fewer than five times the examples a second of a processor.",
            judge=judge_parallel,
            published=Reported(Verdict.HOLDS, "raina2009large", "abstract", "deep belief networks"),
            says=f"Up to {gpus.TIMES_2009} times as fast as two cores of a processor.",
            note="A machine without a GPU cannot tell.",
            citations=("chellapilla2006high", "ciresan2010deep"),
        ),
    ),
    why="A training step is a few large matrix products, whose entries can all be computed at once, and that is what a "
    "GPU is built for. AlexNet's authors were not the first to see it, but the first with so large a problem.",
    figure="gpu/plot_throughput",
)
