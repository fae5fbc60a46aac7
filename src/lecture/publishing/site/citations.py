"""Sources formatted once: pybtex does it anew at every build, which takes half of one in which nothing changed."""

import os
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

from pybtex.plugin import find_plugin, register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style

NAME = "lecture"
"""What ``bibtex_default_style`` calls it."""

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
