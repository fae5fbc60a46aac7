"""A layer under a roof: how fast it can be at most, by how many examples it gets at once."""

from dataclasses import replace
from typing import Any

from lecture.publishing.explored.controls import Explorable, Preset, choice, slider

LAYERS = {
    "small": "a small network’s layer",
    "conv1": "convolution 1", "conv2": "convolution 2", "conv3": "convolution 3", "conv4": "convolution 4",
    "conv5": "convolution 5", "full6": "first full layer", "full7": "second full layer", "full8": "last full layer",
}  # fmt: skip
"""The layers that :class:`lecture.experiments.gpu.roofline.Roofline` times: AlexNet's, and one beside them."""
HERE = "here"
"""The roof that is measured; the others are published."""
DOUBLINGS = 12
"""From 1 example to 4,096."""


def found() -> dict[str, Any]:
    """Return the roofs, and each layer's operations and numbers moved, with the speeds that were measured of it.

    A layer's ``weights`` travel once, its ``moved`` (inputs and outputs) and its ``operations`` once an example.
    """
    import torch  # here, not above: a page without it need not wait for torch

    from lecture.data.literature import gpus
    from lecture.experiments.gpu.roofline import BYTES, Roofline
    from lecture.records import read

    table = read(Roofline.preset())
    table = table[table["kind"] == table["kind"].iloc[0]]  # the chosen device is measured first
    on_cpu = table["kind"].iloc[0] == "cpu"
    speeds = table.assign(
        gflops=table["operations"] / table["seconds"] / 1e9, bandwidth=table["bytes"] / table["seconds"] / 1e9
    )  # as in the figure, the fastest round counts: what else the machine does can only make it slower
    fastest = speeds.groupby(["job", "layer", "batch"])[["gflops", "bandwidth"]].max().reset_index()
    measured = {
        "key": HERE,
        "name": "one thread of this processor" if on_cpu else str(table["device"].iloc[0]),
        "bandwidth": float(fastest[fastest["job"] == "triad"]["bandwidth"].max()),
        "gflops": float(fastest[fastest["job"] == "product"]["gflops"].max()),
    }
    cards = [
        {"key": f"{year}", "name": f"{name} ({year})", "bandwidth": bandwidth, "gflops": gflops}
        for name, year, gflops, bandwidth in ((c.name, c.year, c.gflops, c.bandwidth) for c in gpus.PUBLISHED)
    ]
    two = replace(Roofline.preset(), numbers=1, side=2, batches=(1, 2), images=(1, 2))
    jobs = {(job.layer, job.batch): job for job in two.jobs(torch.device("cpu")) if job.layer in LAYERS}
    layers = {}
    for layer in LAYERS:
        one, both = jobs[layer, 1], jobs[layer, 2]
        moved = (both.bytes - one.bytes) // BYTES
        rows = fastest[fastest["layer"] == layer]
        layers[layer] = {
            "operations": one.operations,
            "moved": moved,
            "weights": one.bytes // BYTES - moved,
            "measured": {f"{batch}": speed for batch, speed in zip(rows["batch"], rows["gflops"], strict=True)},
        }
    return {"bytes": BYTES, "roofs": [measured, *cards], "layers": layers, "names": LAYERS}


def controls(found: dict[str, Any]) -> str:
    """Return layer, roof and batch; at first one image in the first full layer, here."""
    roofs = {roof["key"]: f"{roof['name']}, {'measured' if n == 0 else 'published'}"
             for n, roof in enumerate(found["roofs"])}  # fmt: skip
    return (
        choice("layer", "Layer", LAYERS, "full6")
        + choice("roof", "Roof", roofs, HERE)
        + slider("batch", "Examples at once", 0, DOUBLINGS, 1, 0)
    )


def _preset(name: str, layer: str, doublings: int, roof: str, why: str) -> Preset:
    return Preset(name, why, {"layer": layer, "batch": f"{doublings}", "roof": roof})


EXPLORABLE = Explorable(
    experiments=("gpu.roofline",),
    found=found,
    controls=controls,
    otherwise="The figure below shows layers and roofs.",
    presets=(
        _preset("C17 one image", "full6", 0, HERE, "C17: half an operation a byte. It waits for its weights."),
        _preset("C17 a convolution", "conv3", 0, HERE, "C17: few weights, used at every place. One image is enough."),
        _preset("C17 AlexNet’s card", "full6", 7, "2010", "C17: the paper’s batch of 128 on the paper’s card."),
        _preset("C17 a card of today", "full6", 0, "2022", "C17, where it fails: one image leaves a fast card idle."),
    ),
)
"""Layer, batch and roof, against what limits the layer."""
