"""Fonts cut down to the signs that the pages write."""

import io
import re
from collections.abc import Iterable
from html import unescape
from logging import WARNING, getLogger
from pathlib import Path
from unicodedata import normalize

DRAWN = " √"
"""What a browser takes from the font of formulas though no page writes it: its measures, and the sign of a root."""
ITALIC = {
    normalize("NFKC", chr(sign)): chr(sign)
    for first, last in ((0x1D434, 0x1D467), (0x1D6A4, 0x1D6A5), (0x1D6E2, 0x1D71B))
    for sign in range(first, last + 1)
} | {"h": "ℎ"}
"""How a browser writes a letter that stands alone in a formula."""

_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def signs_of_formulas(pages: Iterable[str]) -> frozenset[str]:
    """Return the signs that the formulas of pages need."""
    written = (unescape(_TAG.sub("", formula)) for page in pages for formula in _FORMULA.findall(page))
    signs = set(DRAWN).union(*written)
    return frozenset(signs | {ITALIC[sign] for sign in signs & ITALIC.keys()})


def cut(font: Path, signs: Iterable[str]) -> bytes:
    """Return the part of a font (WOFF2) that draws some signs, in all the sizes that its table for formulas names."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    getLogger("fontTools").setLevel(WARNING)  # a library that the theme imports has every logger tell everything
    options = subset.Options(flavor="woff2", layout_features=[], name_IDs=[], notdef_outline=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, signs))
    whole = TTFont(font, recalcTimestamp=False)  # the same signs give the same file
    cutter.subset(whole)
    whole.flavor = "woff2"
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()
