"""What a search engine asks for at a public address: which pages there are, and which address of a page counts.

sphinx-sitemap (2.9) lists only the pages that this build wrote, so that after an incremental build most are missing; it
also lists the search and the 404 page, and warns where there is no address.
"""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sphinx.application import Sphinx

MAP, RULES = "sitemap.xml", "robots.txt"
WITHOUT_ADDRESS = {"404", "search"}
"""Pages that nobody should be sent to from elsewhere."""


def no_address(page: str, context: dict[str, Any]) -> None:
    """Leave the canonical link out of pages that are none of the book's."""
    if page in WITHOUT_ADDRESS:
        context["pageurl"] = None


def sitemap(addresses: list[str]) -> bytes:
    """Return a sitemap (sitemaps.org) of pages."""
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for address in sorted(addresses):
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = address
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def write(app: Sphinx) -> None:
    """Write both files beside the pages, or remove those of an earlier build if the address is no longer known.

    Crawlers read ``robots.txt`` only at the root of a host; below ``owner.github.io/name/`` it does no harm.
    """
    if app.builder.name not in {"html", "dirhtml"}:
        return
    base, folder = app.config.html_baseurl, Path(app.outdir)
    if base:
        pages = [base + app.builder.get_target_uri(page) for page in app.env.found_docs if page not in WITHOUT_ADDRESS]
        (folder / MAP).write_bytes(sitemap(pages))
        (folder / RULES).write_text(f"User-agent: *\nAllow: /\n\nSitemap: {base}{MAP}\n", encoding="utf-8")
    else:
        for name in (MAP, RULES):
            (folder / name).unlink(missing_ok=True)
