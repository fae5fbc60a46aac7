"""Where we reach into what others made, since they offer no way in: each with its reason, and a test when it may go.

============================  ==========================  =========================================================
what                          tested with                 why
============================  ==========================  =========================================================
:func:`quietly`               jupyter-book 1.0.4.post1    a failed build ends in its traceback, after Sphinx's line
:data:`MENDED`                docutils 0.21, pandas 3.0   roles that ARIA no longer has, empty heads of tables
:func:`drop_tags`             sphinx-gallery 0.22.1       empty lists of tags, all with one id
:func:`let_read_in_parallel`  multitoc-numbering 0.1.3    it does not say whether Sphinx may
``staging``                   Sphinx 7.4.7                the builder's folder is changed: all or nothing
``caches.gallery``            sphinx-gallery 0.22.1       a script's ``.md5`` goes: nothing else makes it run
``bundle.BEFORE``             pydata-sphinx-theme 0.17.1  in place of 80 kB of Bootstrap, for tooltips alone
``layout.html``               pydata-sphinx-theme 0.17.1  the theme loads 2 MB without Sphinx's lists
============================  ==========================  =========================================================
"""

import re
import sys
from types import TracebackType
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

MENDED = {
    ' role="doc-biblioentry"': "",
    ' role="list" class="citation-list"': ' class="citation-list"',
    "<th></th>": "<td></td>",
}
_UNTRANSLATED = re.compile(r'class="([^"]*?)\s*\bnotranslate\b([^"]*)"')


def apply() -> None:
    """Do what must be done before a build begins."""
    sys.excepthook = quietly


def let_read_in_parallel(app: Sphinx) -> None:
    """Say of sphinx_multitoc_numbering, which sphinx_external_toc loads, what it does not say: ``-j 4`` is fine."""
    if numbering := app.extensions.get("sphinx_multitoc_numbering"):
        numbering.parallel_read_safe = True  # it numbers the sections when every page is read


def quietly(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Leave out jupyter-book's own traceback: Sphinx has said in a line what is wrong."""
    if kind is RuntimeError and "There was an error in building your" in str(error):
        print("The book was not built: see above.", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def drop_tags(doctree: nodes.document) -> None:
    """Remove sphinx-gallery's empty lists of tags."""
    for raw in list(doctree.findall(nodes.raw)):
        if "sg-tag-list" in raw.astext():
            raw.parent.remove(raw)


def mend(context: dict[str, Any]) -> None:
    """Mend what others write for the eye alone, and tell all browsers, not only some, what not to translate."""
    if isinstance(body := context.get("body"), str):
        for written, better in MENDED.items():
            body = body.replace(written, better)
        context["body"] = _UNTRANSLATED.sub(r'class="\1\2" translate="no"', body)
