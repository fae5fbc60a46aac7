"""What machines read of a page: what it is about, which claims it reviews, and how to cite it.

Search engines and messengers get the beginning of the text and the book's picture (Open Graph, ogp.me). The extension
sphinxext-opengraph does that too, but imports matplotlib at every build, which takes a second.
"""

import json
import re
import textwrap
from html import escape, unescape
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from lecture.claims.talk import STATEMENTS
from lecture.publishing.evidence import evidence_of, shown_on
from lecture.publishing.site.passages import text_of

CARD = "_static/card.png"
CARD_ALT = "The title, and how many parts of the talk's claims hold"
LENGTH = 200  # characters, as many as search engines show


def citation_file(app: Sphinx) -> Path:
    """Return the file that says how to cite the book."""
    return Path(app.srcdir).parent / "CITATION.cff"


def describe(app: Sphinx, page: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    """Add a description and structured data (schema.org) to the page's head, and the citation to its footer."""
    if tree is None:
        return
    title, url = unescape(re.sub(r"<[^>]+>", "", context.get("title", ""))), context.get("pageurl") or ""
    name = re.sub(r"^[\d.]+ ", "", title)
    context["citation"] = citation(app, name, url)
    found = [_review(app, id, url) for id in shown_on(app.env, page, "claim")]
    data = {
        "@context": "https://schema.org", "@type": "LearningResource", "name": name, "inLanguage": "en",
        "isPartOf": {"@type": "Book", "name": app.config.html_title},
        "license": "https://creativecommons.org/licenses/by/4.0/", "isAccessibleForFree": True,
        **({"url": url} if url else {}), **({"review": found} if found else {}),
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    tags = {
        "name=description": beginning(tree), "property=og:description": beginning(tree), "property=og:title": title,
        "property=og:type": "website", "property=og:site_name": app.config.html_title,
    }  # fmt: skip
    if url:  # pictures and addresses must be whole ones
        picture = {"property=og:image": app.config.html_baseurl + CARD, "property=og:image:alt": CARD_ALT}
        tags |= {"property=og:url": url, **picture}
    metas = "".join(f'\n<meta {kind} content="{escape(value)}" />' for kind, value in tags.items() if value)
    script = f'\n<script type="application/ld+json">{text}</script>'
    context["metatags"] = context.get("metatags", "") + metas + script


def beginning(tree: nodes.document) -> str:
    """Return the first words of a page's text, about two lines of them."""
    words = " ".join(text_of(paragraph) for paragraph in islice(tree.findall(nodes.paragraph), 5))
    return textwrap.shorten(words, LENGTH, placeholder=" …")


def _review(app: Sphinx, id: str, url: str) -> dict[str, Any]:
    evidence = evidence_of(app.env)
    return {
        "@type": "ClaimReview", "claimReviewed": STATEMENTS[id].says,
        "reviewRating": {"@type": "Rating", "alternateName": evidence.sign(id).word},
        **({"url": f"{url}#claim-{id}"} if url else {}),
    }  # fmt: skip


def citation(app: Sphinx, title: str, url: str) -> dict[str, str]:
    """Return how to cite a page, as a sentence and for BibTeX; authors, version and date are those of CITATION.cff."""
    path = citation_file(app)
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
