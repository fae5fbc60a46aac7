import pandas as pd
import pytest
import torch

from lecture.claims.gpu import machine
from lecture.claims.gpu.c17_throughput import CLAIM, judge_parallel
from lecture.claims.verdict import Verdict
from lecture.experiments.gpu.data_parallel import FORMATS, VARIANTS
from lecture.experiments.gpu.training_days import TrainingDays, operations


def roofline():
    """Memory of 10 GB/s, arithmetic of 100 GFLOP/s, and layers that know nothing between the two limits."""
    rows = [("triad", "", 0, 2e6, 12e9, 1.2), ("product", "matrices", 0, 5e10, 1e6, 1.0)]
    rows += [("product", "convolution", 0, 1e11, 1e6, 1.0), ("convolution", "conv1", 1, 2e9, 1e7, 0.04)]
    for layer in ("full6", "full7"):
        rows += [
            (layer_kind, layer, b, 2e7 * b, 4e7, max(0.004, 2e-4 * b)) for layer_kind, b in (("full", 1), ("full", 100))
        ]
    columns = ["job", "layer", "batch", "operations", "bytes", "seconds"]
    return pd.concat([pd.DataFrame(rows, columns=columns).assign(kind="cpu", seed=seed) for seed in range(3)])


def halves():
    return pd.DataFrame(
        [(variant, name, seed, 0.5) for variant in VARIANTS for name in FORMATS for seed in range(2)],
        columns=["variant", "format", "seed", "difference"],
    )


def towers():
    rows = [
        ("conv3", 3e-7, 0.01, 10**6, 7000, 7000),
        ("full6", 1e-7, 0.02, 10**6, 3000, 3000),
        ("outputs", 1, 1, 0, 0, 0),
    ]
    columns = ["layer", "difference", "difference_across", "parameters", "forward", "backward"]
    return pd.concat([pd.DataFrame(rows, columns=columns).assign(seed=seed) for seed in range(2)])


def days():
    layers = TrainingDays().layers()
    counted = {
        "operations": operations(layers), "parameters": sum(layer.parameters for layer in layers),
        "activations": sum(torch.Size(layer.shape).numel() for layer in layers),
    }  # fmt: skip
    return pd.DataFrame([{"kind": "cpu", "batch": 10, "seconds": 0.8, **counted}] * 2)


def judged(throughput):
    return judge_parallel(throughput, roofline(), halves(), towers(), days())


def rows(kind, job, replicas, batch, rate, threads=1):
    return pd.DataFrame(
        {
            "seconds": [replicas * batch / one for one in rate],
            "device": kind, "kind": kind, "threads": threads, "job": job, "replicas": replicas, "batch": batch,
            "seed": range(5), "examples_per_second": rate, "share_of_peak": 0.5,
        }
    )  # fmt: skip


def table(*times):
    """A processor that does 100 examples a second alone, 2,000 in a batch; and, if told, a GPU so many times faster."""
    rates = {(1, 1): 100.0, (20, 1): 300.0, (1, 100): 1000.0, (20, 100): 500.0}
    cpu = [rows("cpu", "step", *key, [t * rate] * 5, t) for key, rate in rates.items() for t in (1, 2)]
    gpu = [rows("cuda", "step", 20, 100, [2000.0 * t for t in times])] if times else []
    return pd.concat([*cpu, *gpu], ignore_index=True)


@pytest.mark.parametrize(
    ("times", "verdict"),
    [
        ((), Verdict.UNDECIDED),  # no GPU here
        ((10, 11, 12, 11, 10), Verdict.HOLDS),
        ((3, 4, 3, 4, 3), Verdict.FAILS),
        ((3, 9, 4, 8, 5), Verdict.UNDECIDED),
    ],
)
def test_only_a_gpu_can_tell_whether_the_work_suits_one(times, verdict):
    assert judged(table(*times)).verdict is verdict


def test_what_batches_and_replicas_bring_is_read_off_one_thread():
    found = {m.key: m.interval.value for m in judged(table()).numbers}
    assert found["alone"] == pytest.approx(100)
    assert found["gain_batch"] == pytest.approx(10)
    assert found["gain_replicas"] == pytest.approx(3)
    assert found["gain_both"] == pytest.approx(0.5)
    assert found["share_alone"] == pytest.approx(50)


def test_the_gpu_is_held_against_all_of_the_processor():
    assert judged(table(7, 7, 7, 7, 7.01)).value.value == pytest.approx(7, rel=0.01)


def test_less_than_half_of_the_paper_is_about_gpus():
    assert CLAIM.parts[2].published.value == pytest.approx(670 / 46)


def test_limits_and_shares_of_them():
    found = {m.key: m.interval.value for m in judged(table()).numbers}
    assert found["bandwidth"] == pytest.approx(10)
    assert found["peak"] == pytest.approx(100)
    assert found["ridge"] == pytest.approx(10)
    assert found["reach_one"] == pytest.approx(5)
    assert found["reach_many"] == pytest.approx(100)
    assert found["reach_image"] == pytest.approx(50)
    assert found["wait_one"] == pytest.approx(1)
    assert found["fetch_large"] == pytest.approx(4)


def test_fixed_cost_and_rate_of_a_line_are_found():
    batches = [1, 10, 1000]
    t0, rate = machine.fixed_and_rate(batches, [0.5 + batch / 20 for batch in batches])
    assert t0 == pytest.approx(0.5)
    assert rate == pytest.approx(20)


def test_a_hundred_days_at_eighty_milliseconds_an_image():
    found = {m.key: m.interval.value for m in judged(table()).numbers}
    assert found["days"] == pytest.approx(90 * 1.2e6 * 0.08 / 86_400)
    assert found["operations"] == pytest.approx(4.7e17, rel=0.1)  # Epoch's estimate, see training_costs


def test_what_crosses_is_held_against_the_gradients():
    found = {m.key: m.interval.value for m in judged(table()).numbers}
    assert found["crossing"] == pytest.approx(128 * 20_000 / 1e6)
    assert found["crossing_layer3"] == pytest.approx(70)
    assert found["gradients"] == pytest.approx(8)
    assert found["even"] == pytest.approx(400)
    assert found["towers"] == pytest.approx(3e-7)
