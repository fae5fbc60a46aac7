"""What AlexNet's own training came to, where somebody has run it."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lecture.data.literature.ilsvrc import ONE_NETWORK_TOP_1, ONE_NETWORK_TOP_5
from lecture.publishing.evidence import note

if TYPE_CHECKING:
    import pandas as pd


class AlexnetTrained(SphinxDirective):
    """``{alexnet-trained}``: its errors beside those of the paper; the body is shown where there is no fresh record."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return a sentence or the body."""
        import torch  # here, not above: a page that only shows what was found need not wait for it

        from lecture.claims.full_scale import stored
        from lecture.devices import KINDS
        from lecture.experiments.history.imagenet_alexnet import ImagenetAlexnet
        from lecture.records.store import path_of

        experiment = ImagenetAlexnet.preset("full")
        note(self.env, *(f"file:{path_of(experiment, torch.device(kind))}" for kind in KINDS))
        table = stored(experiment)
        return self.parse_content_to_nodes() if table is None else [nodes.paragraph("", _sentence(table))]


def _sentence(table: "pd.DataFrame") -> str:
    last = table[table["views"] == table["views"].max()]
    found = 100 * last[["top_1", "top_5"]].mean()
    counts = last[["epoch", "classes", "train_images", "test_images"]].iloc[0]
    runs = f", mean of {len(last)} runs" if len(last) > 1 else ""
    return (
        f"We trained one network ourselves, on {table.attrs['provenance']['device_name']}: {counts['epoch']} passes "
        f"over {counts['train_images']:,} photographs of {counts['classes']:,} classes{runs}. Of "
        f"{counts['test_images']:,} that it had not seen, it gets {found['top_1']:.1f} % wrong with one guess and "
        f"{found['top_5']:.1f} % with five. The paper's had {ONE_NETWORK_TOP_1} % and {ONE_NETWORK_TOP_5} %, of a "
        f"thousand classes."
    )
