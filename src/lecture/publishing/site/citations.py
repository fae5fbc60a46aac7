"""Sources in a few words; and formatted once: pybtex does it anew at every build, half of one that changes nothing."""

import os
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style

NAME = "lecture"
"""What ``bibtex_default_style`` calls it."""
ADDRESSES = {"doi": "https://doi.org/", "eprint": "https://arxiv.org/abs/", "url": ""}
"""Fields that say where a source is, the lasting ones first, and what stands before each to make an address of it."""
WHERE = ("journal", "booktitle", "publisher", "school", "institution")

_texts: dict[str, Any] = {}
"""Formatted texts by what the entry says."""


class Remembering(Style):  # type: ignore[misc]
    """pybtex's ``unsrt``, which remembers what it has formatted."""

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """Return the entry under its label, as pybtex formats it."""
        said = repr((entry.key, entry))
        if said not in _texts:
            _texts[said] = super().format_entry(label, entry, bib_data).text
        return FormattedEntry(entry.key, _texts[said], label)


def recall(place: Path) -> None:
    """Let pybtex know the style, and the style what an earlier build stored.

    What writes the texts is registered too: else pybtex looks for it in all installed packages at each citation.
    """
    register_plugin("pybtex.style.formatting", NAME, Remembering)
    for backend in ("docutils", "plaintext"):
        register_plugin("pybtex.backends", backend, find_plugin("pybtex.backends", backend), force=True)
    with suppress(Exception):  # not there, cut short, by another version of pybtex: then it is formatted anew
        _texts.update(pickle.loads(place.read_bytes()))


def remember(place: Path) -> None:
    """Store what was formatted."""
    temporary = place.with_name(place.name + ".new")
    temporary.write_bytes(pickle.dumps(_texts))
    os.replace(temporary, place)


def short(entry: Any) -> str:
    """Return who published something and when, ``Krizhevsky et al. 2012``."""
    names = [" ".join(_plain(name) for name in person.last_names) for person in entry.persons.get("author", [])]
    authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"{authors} {entry.fields.get('year', '')}".strip()


def title_and_address(entry: Any) -> dict[str, str]:
    """Return a source's title as ``text``, what it appeared in as ``more``, and its address as ``url``, where known."""
    fields = entry.fields
    where = next((_plain(fields[name]) for name in WHERE if name in fields), "")
    address = next((root + fields[name] for name, root in ADDRESSES.items() if name in fields), "")
    told = {"text": _plain(fields.get("title", "")), "more": where, "url": address}
    return {name: said for name, said in told.items() if said}


def _plain(latex: str) -> str:
    return str(Text.from_latex(latex))
