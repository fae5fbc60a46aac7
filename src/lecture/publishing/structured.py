"""What machines read of a page: that it is a chapter of this book, which claims it reviews, and how to cite it."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from lecture.publishing.evidence import evidence_of, shown_on
from lecture.publishing.roles import NAMES

_CITATION = "CITATION.cff"


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    """Add structured data (schema.org) to the page's head, and the citation to its footer."""
    if tree is None:
        return
    title = re.sub(r"^[\d.]+ ", "", unescape(re.sub(r"<[^>]+>", "", context.get("title", ""))))
    context["citation"] = citation(app, title, context.get("pageurl") or "")
    found = [_review(app, id, context.get("pageurl") or "") for id in shown_on(app.env, page, "claim")]
    data = {
        "@context": "https://schema.org", "@type": "LearningResource", "name": title, "inLanguage": "en",
        "isPartOf": {"@type": "Book", "name": app.config.html_title},
        "license": "https://creativecommons.org/licenses/by/4.0/", "isAccessibleForFree": True,
        **({"url": context["pageurl"]} if context.get("pageurl") else {}), **({"review": found} if found else {}),
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    context["metatags"] = context.get("metatags", "") + f'\n<script type="application/ld+json">{text}</script>'


def _review(app: Sphinx, id: str, url: str) -> dict[str, Any]:
    evidence = evidence_of(app.env)
    verdict = evidence.verdict(id)
    return {
        "@type": "ClaimReview", "claimReviewed": evidence.claim(id).statement.says,
        "reviewRating": {"@type": "Rating", "alternateName": NAMES.get(verdict, verdict.value)},
        **({"url": f"{url}#claim-{id}"} if url else {}),
    }  # fmt: skip


def citation(app: Sphinx, title: str, url: str) -> dict[str, str]:
    """Return how to cite a page, as a sentence and for BibTeX; authors, version and date are those of CITATION.cff."""
    path = Path(app.srcdir).parent / _CITATION
    if not path.is_file():
        return {}
    known = yaml.safe_load(path.read_text(encoding="utf-8"))
    authors = " and ".join(author.get("name") or author["family-names"] for author in known["authors"])
    year, version, book = str(known["date-released"])[:4], known["version"], app.config.html_title
    where = {"howpublished": f"\\url{{{url}}}"} if url else {}
    inside = f"{title}. In: {book}" if title not in ("", book) else book
    fields = {"author": f"{{{authors}}}", "title": inside, "year": year, "note": f"Version {version}", **where}
    bibtex = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    end = "" if inside.endswith("?") else "."
    return {
        "text": f"{authors} ({year}). {inside}{end} Version {version}." + (f" {url}" if url else ""),
        "bibtex": f"@misc{{lecture{year},\n{bibtex}\n}}",
    }


def setup(app: Sphinx) -> None:
    """Look at each page before it is written."""
    app.connect("html-page-context", describe, priority=800)
