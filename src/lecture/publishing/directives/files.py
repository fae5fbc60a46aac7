"""Below a figure, folded: its picture to take along, the records it shows, and the commands that make it anew."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from lecture.publishing.directives.elements import WEB, markup
from lecture.publishing.directives.pictures import Shown
from lecture.publishing.evidence import Evidence, evidence_of, experiments_behind

PICTURES = {"SVG": ".light.svg", "PNG": ".png"}
"""What the scraper writes for lists, e-books and paper; to offer it costs no time."""


class Files(nodes.General, nodes.Inline, nodes.Element):
    """The place below a figure; ``script`` and ``file`` as in :class:`lecture.publishing.directives.pictures.Shown`."""


def files(shown: Shown) -> Files:
    """Return the place of a figure's files and records."""
    return Files("", script=shown.script, file=shown.file)


class FoldFiles(SphinxPostTransform):
    """On a web page, fold them below the figure: ready HTML, of whose words the search learns nothing."""

    default_priority = 2

    def run(self, **_: Any) -> None:
        """Fill each place, or take it out."""
        for place in list(self.document.findall(Files)):
            web = self.app.builder.name in WEB
            place.replace_self([markup(self._folded(place["script"], place["file"]))] if web else [])

    def _folded(self, script: str, file: str) -> str:
        source = Path(self.env.srcdir) / f"gallery/{script}.py"
        names = experiments_behind(self.env, source.read_text(encoding="utf-8")) if source.is_file() else []
        told = list(records(evidence_of(self.env), names))
        made = "".join([*told, f"<li><code>python gallery/{script}.py</code> the figure</li>"])
        return (
            f'<details class="made"><summary>SVG, PNG{", records" if told else ""}</summary>'
            f"<p>{' · '.join(self._pictures(file))}</p>"
            f"<p>{'Fresh when this page was built. ' if told else ''}To make it anew:</p>"
            f'<ul translate="no">{made}</ul></details>'
        )

    def _pictures(self, file: str) -> Iterator[str]:
        """Yield links to the figure's pictures, which the builder then copies to where lists have theirs."""
        builder = self.app.builder
        here = builder.get_target_uri(self.env.docname)
        for kind, ending in PICTURES.items():
            picture = f"{file}{ending}"
            if (Path(self.env.srcdir) / picture).is_file():
                builder.images[picture] = name = self.env.images.add_file(self.env.docname, picture)
                yield f'<a href="{relative_uri(here, f"{builder.imagedir}/{name}")}" download>{kind}</a>'


def records(evidence: Evidence, names: list[str]) -> Iterator[str]:
    """Yield for each record the command that makes it, the first digits of its SHA-256, date, device and seeds."""
    for name in names:
        if known := evidence.provenance.get(name):
            digest, seeds = evidence.digests.get(name, ""), len(known["seeds"])
            told = (digest, known["date"][:10], known["device"], f"{seeds} seed{'s' * (seeds != 1)}" if seeds else "")
            yield f"<li><code>lecture run --again {name}</code> record {escape(', '.join(filter(None, told)))}</li>"
