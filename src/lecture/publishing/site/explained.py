"""What terms, claims, numbers and sources are, in a few words each: for the popovers of ``book/_static/popovers.js``.

All of it is one script beside the pages, so that it loads from a disk and under a strict policy too. No page loads it
before a reader points at something: it weighs nothing until then.
"""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from lecture.claims.assessment import PartAssessment
from lecture.publishing.evidence import evidence_of
from lecture.publishing.places import places
from lecture.publishing.site import bundle, citations

NAME = "explained.js"
LENGTH = 320
"""Characters of a definition, at most: what is longer is one link away."""

Entry = dict[str, str]
"""What a popover shows: ``name``; ``sign`` with its classes ``css``; ``text`` and ``more``; a source's ``url``.

A part has, for the numbers in it, its ``records``, the command ``run``, and the address of its ``card``.
"""


def write(app: Sphinx) -> None:
    """Write the script beside the pages, where there are pages."""
    if bundle.is_site(app) and app.builder.name != "singlehtml":
        told = json.dumps(entries(app), ensure_ascii=False, separators=(",", ":"))
        (Path(app.outdir) / "_static" / NAME).write_text(f"explain({told});\n", encoding="utf-8")


def entries(app: Sphinx) -> dict[str, Entry]:
    """Return what there is to say, by the anchor that a link leads to; of a source by its address within the site."""
    return dict([*_terms(app), *_claims(app), *_sources(app)])


def _terms(app: Sphinx) -> Iterator[tuple[str, Entry]]:
    for page in places(app.env).pages.values():
        for anchor, term, definition in page.terms:
            yield anchor, {"name": term, "text": textwrap.shorten(definition, LENGTH, placeholder=" …")}


def _claims(app: Sphinx) -> Iterator[tuple[str, Entry]]:
    evidence = evidence_of(app.env)
    for id, found in evidence.assessments.items():
        sign = evidence.sign(id)
        told = {"name": id, "sign": sign.text, "css": sign.css, "text": found.claim.statement.says}
        yield id, told | ({"more": found.headline} if found.headline else {})
        for part in found.parts:
            key, sign = part.part.key, evidence.sign(f"{id}.{part.part.key}")
            said = {"name": f"{id}.{key}", "sign": sign.text, "css": sign.css, "text": found.claim.saying(key).says}
            yield f"{id}-{key}", said | _origin(part) | _card(app, f"claim-{id}-{key}")


def _origin(part: PartAssessment) -> Entry:
    """Return where the numbers of a part come from: the seeds of the deciding experiment, and how to run it again."""
    if not part.provenances:
        return {}
    record, names = part.provenances[0], [record["experiment"] for record in part.provenances]
    return {
        "records": f"{seeds(record)}, {record['date'][:10]}, {record['device_name']}",
        "run": f"lecture run {' '.join(dict.fromkeys(names))}",
    }


def seeds(record: dict[str, Any]) -> str:
    """Say which seeds a record has, ``10 seeds (0 to 9)``; nothing random needs none."""
    found = record["seeds"]
    if not found:
        return "no seeds needed"
    return f"{len(found)} seeds ({min(found)} to {max(found)})" if len(found) > 1 else f"seed {found[0]}"


def _card(app: Sphinx, anchor: str) -> Entry:
    found = places(app.env).find("place", anchor)
    return {"card": f"{app.builder.get_target_uri(found[0])}#{found[1]}"} if found else {}


def _sources(app: Sphinx) -> Iterator[tuple[str, Entry]]:
    for source in app.env.get_domain("cite").citations:  # type: ignore[attr-defined]
        place = f"{app.builder.get_target_uri(source.bibliography_key.docname)}#{source.citation_id}"
        told = citations.title_and_address(source.entry)
        yield place, {"name": citations.short(source.entry), **told}
