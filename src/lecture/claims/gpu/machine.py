"""C17: how near to its two limits the processor works, and how long it would train AlexNet."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lecture.claims.measurement import Measurement, exact
from lecture.data.literature import gpus
from lecture.statistics import geometric_interval, mean_interval

BYTES = 4  # of a float32 number
GIGA, DAY = 1e9, 86_400


def fixed_and_rate(batches: ArrayLike, seconds: ArrayLike) -> tuple[float, float]:
    """Return the fixed cost ``t0`` in seconds and the rate ``r`` in examples a second of a step of ``t0 + B / r``.

    Least squares, each deviation taken relative to the time that was measured: the times span orders of magnitude.
    """
    b, t = np.asarray(batches, dtype=float), np.asarray(seconds, dtype=float)
    (t0, each), *_ = np.linalg.lstsq(np.stack([1 / t, b / t], axis=1), np.ones_like(t))
    return float(t0), float(1 / each)


def limits(roofline: pd.DataFrame, steps: pd.DataFrame) -> list[Measurement]:
    """Return the limits, how near to them layers come, and what a step's time is made of.

    Args:
        roofline: Records of ``Roofline``.
        steps: Records of ``Throughput``, of the processor.
    """
    cpu = roofline[roofline.kind == "cpu"].assign(
        speed=lambda t: t.operations / t.seconds, bandwidth=lambda t: t.bytes / t.seconds
    )
    triad = cpu[cpu.job == "triad"].set_index("seed")
    matrices = cpu[cpu.layer == "matrices"].set_index("seed")
    peak = cpu[cpu.job == "product"].groupby("seed").speed.max()
    first, second = (cpu[cpu.layer == layer] for layer in ("full6", "full7"))
    one = first[first.batch == 1].set_index("seed")
    many = second[second.batch == second.batch.max()].set_index("seed")
    image = cpu[(cpu.job == "convolution") & (cpu.batch == 1)].groupby("seed")[["operations", "bytes", "seconds"]].sum()
    ridge = geometric_interval(peak / triad.bandwidth)
    return [
        Measurement(
            "bandwidth", "bandwidth of memory, triad", geometric_interval(triad.bandwidth / GIGA), "GB/s", ".0f"
        ),
        Measurement(
            "peak",
            "product of matrices or convolution, the faster one",
            geometric_interval(peak / GIGA),
            "GFLOP/s",
            ".0f",
        ),
        Measurement("ridge", "operations a byte at which both limits meet", ridge, "", ".1f"),
        share("reach_product", "product of matrices", matrices.speed / peak),
        share("reach_one", "first full layer, one example", one.speed / peak, ".1f"),
        share("reach_many", "second full layer, most examples", many.speed / peak),
        share("reach_image", "convolutions, one image", image.operations / image.seconds / peak),
        Measurement(
            "intensity_image",
            "operations a byte, convolutions, one image",
            mean_interval(image.operations / image.bytes),
            "",
            ".0f",
        ),
        Measurement(
            "wait_one",
            "time for one example through the first full layer, over that of fetching its weights",
            geometric_interval(triad.bandwidth / one.bandwidth),
            "×",
            ".1f",
        ),
        *_parts(second, steps, triad.bandwidth),
    ]


def share(key: str, what: str, of_peak: "pd.Series[float]", spec: str = ".0f") -> Measurement:
    """Return a share of the measured peak in per cent; by an accident of timing one can be above 100."""
    return Measurement(key, f"share of the peak, {what}", geometric_interval(100 * of_peak), "%", spec)


def _parts(layer: pd.DataFrame, steps: pd.DataFrame, bandwidth: "pd.Series[float]") -> list[Measurement]:
    """Return the fixed cost and the critical batch of a large layer and of a small network's step."""
    alone = steps[(steps.job == "step") & (steps.threads == 1) & (steps.replicas == 1)]
    small, large = (
        np.array([fixed_and_rate(one.batch, one.seconds) for _, one in runs.groupby("seed")]) for runs in (alone, layer)
    )
    weights = layer[layer.batch == 1].set_index("seed").bytes / bandwidth
    return [
        Measurement(
            "fixed_small", "fixed cost of a small network's step", mean_interval(1e6 * small[:, 0]), "µs", ".0f"
        ),
        Measurement(
            "fixed_large", "fixed cost of the second full layer", mean_interval(1e3 * large[:, 0]), "ms", ".1f"
        ),
        Measurement("fetch_large", "time of fetching its weights", geometric_interval(1e3 * weights), "ms", ".1f"),
        Measurement(
            "critical_small",
            "examples that take as long as the fixed cost, small network",
            mean_interval(small.prod(axis=1)),
            "",
            ".0f",
        ),
        Measurement(
            "critical_large",
            "examples that take as long as the fixed cost, second full layer",
            mean_interval(large.prod(axis=1)),
            "",
            ".0f",
        ),
    ]


def days(training_days: pd.DataFrame) -> list[Measurement]:
    """Return how many days the processor would need, and the operations and the memory that the training takes."""
    cpu = training_days[training_days.kind == "cpu"]
    images = gpus.PASSES * gpus.IMAGES
    needed = cpu.seconds / cpu.batch * images / DAY
    operations, parameters, outputs = (float(cpu[name].iloc[0]) for name in ("operations", "parameters", "activations"))
    cards = gpus.CARDS * gpus.GTX_580.gflops * GIGA * DAY
    least, most = (100 * operations * images / cards / day for day in reversed(gpus.DAYS))
    weights, kept = (BYTES * n / GIGA for n in (3 * parameters, gpus.BATCH * outputs))
    return [
        Measurement("days", "days to train AlexNet on one thread", geometric_interval(needed), "days", ".0f"),
        exact("operations", "operations of AlexNet's training", operations * images, "", ".1e"),
        exact("operations_image", "operations of one image in training", operations / GIGA, "billion", ".1f"),
        exact("cards_least", "share of the two cards' limit, six days", least, "%", ".0f"),
        exact("cards_most", "share of the two cards' limit, five days", most, "%", ".0f"),
        exact("memory_weights", "weights, gradients and momentum", weights, "GB", ".2f"),
        exact("memory_outputs", "outputs of all layers, a batch", kept, "GB", ".2f"),
        exact("memory_least", "both together", weights + kept, "GB", ".1f"),
        exact("memory_most", "and a gradient for each output", weights + 2 * kept, "GB", ".1f"),
    ]
