r"""Formulas as MathML, which browsers draw themselves: no script, nothing from another host, no other program.

Macros are MathJax's, as Jupyter Book's documentation has them: ``mathjax3_config: {tex: {macros: {RR: \mathbb{R}}}}``.
What is wrong in a formula is a warning that names page, line and formula, and stands on the page as TeX.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from docutils import nodes
from docutils.utils import get_source_line
from math_core import LatexError, LatexToMathML
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

CLASSES = "math notranslate nohighlight"

_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|gather|multline)\}")
_ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)
_PLACE = re.compile(r"^(?:macro(\d+):)?\d+: ")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot);)\w+;")
_BINARY = re.compile("<mo(?=[^>]*>[⊎⊕⊖⊗⊙]</mo>)")
_BEFORE, _AFTER = re.compile(r"[(\[“‘]+$"), re.compile(r"^[^\w\s]+")

_log = logging.getLogger(__name__)


def macros_of(config: Config) -> dict[str, str]:
    """Return the macros that an author wrote for MathJax.

    Raises:
        ConfigError: One of them cannot be used; the line says which and why.
    """
    found = ((config.mathjax3_config or {}).get("tex") or {}).get("macros") or {}
    macros = {}
    for name, written in found.items():
        body, *more = [written] if isinstance(written, str) else written
        if len(more) > 1:
            raise ConfigError(f"mathjax3_config: \\{name} has an optional argument: write a macro with all of them")
        macros[name] = body
    try:
        _converter(tuple(macros.items()), False).convert_with_local_state("", displaystyle=False)
    except LatexError as error:
        place = _PLACE.match(str(error))
        name = list(macros)[int(place[1])] if place and place[1] else ""
        raise ConfigError(f"mathjax3_config: \\{name} is no macro: {_reason(error)}") from None
    return macros


def configure(config: Config) -> None:
    """Give the author's macros to LaTeX, too, and refuse options of what no longer sets the formulas.

    Raises:
        ConfigError: See :func:`macros_of`; or an option of KaTeX.
    """
    if katex := [name for name in config.overrides if name.startswith("katex_")]:
        raise ConfigError(f"{katex[0]}: formulas are MathML, not KaTeX: write macros as mathjax3_config has them")
    lines = []
    for name, body in macros_of(config).items():
        arguments = max((int(number) for number in re.findall(r"#(\d)", body)), default=0)
        lines.append(rf"\providecommand{{\{name}}}{{}}\renewcommand{{\{name}}}[{arguments}]{{{body}}}")
    if lines:
        written = config.latex_elements.get("preamble", "")
        config.latex_elements = {**config.latex_elements, "preamble": "\n".join([written, *lines])}


@lru_cache
def _converter(macros: tuple[tuple[str, str], ...], namespace: bool) -> LatexToMathML:
    return LatexToMathML(
        macros=dict(macros), xml_namespace=namespace, fancy_error=False, allow_unreliable_rendering=True
    )


def mathml(tex: str, display: bool, macros: dict[str, str], namespace: bool = False) -> str:
    """Return TeX as MathML.

    Args:
        tex: What stands between the dollars.
        display: Whether it stands by itself, in a line of its own.
        macros: What the author's commands mean.
        namespace: Whether the page is XML, and so has to say which elements these are.

    Raises:
        ValueError: It is not valid; the message says why.
    """
    converter = _converter(tuple(macros.items()), namespace)
    try:
        made = converter.convert_with_local_state(_lines(tex) if display else tex, displaystyle=display)
    except LatexError as error:
        raise ValueError(_reason(error)) from None
    if "(??)" in made:
        raise ValueError(r"it refers to a label that only Sphinx knows: write {eq}`label` in its place")
    made = _NAMED.sub(lambda name: unescape(name[0]), made)  # XML knows four names only
    return _BINARY.sub('<mo largeop="false"', made)  # Firefox takes these for sums


def _reason(error: LatexError) -> str:
    said = _PLACE.sub("", str(error)).rstrip(".")
    return said[0].lower() + said[1:]


def _lines(tex: str) -> str:
    """Return a displayed formula as LaTeX wants it: Sphinx numbers equations, and lets lines break anywhere."""
    tex = _NUMBERED.sub(r"\\\1{\2*}", tex).replace("{split}", "{aligned}")
    parts = [part.strip() for part in tex.split("\n\n") if part.strip()]
    broken = [rf"\begin{{aligned}}{p}\end{{aligned}}" if r"\\" in _ENVIRONMENT.sub("", p) else p for p in parts]
    whole = broken[0] if len(broken) == 1 else r"\begin{aligned}" + r"\\".join(broken) + r"\end{aligned}"
    return rf"\begin{{equation*}}{whole}\end{{equation*}}" if r"\tag" in _ENVIRONMENT.sub("", tex) else whole


def _place(node: nodes.Element) -> str:
    """Return file and line of a formula: of one in a paragraph, MyST knows where the paragraph begins."""
    source, line = get_source_line(node)
    paragraph = next((parent for parent in _parents(node) if isinstance(parent, nodes.paragraph)), None)
    before, found, _after = paragraph.rawsource.partition(node.astext()) if paragraph else ("", "", "")
    return f"{source}:{(line or 1) + (before.count(chr(10)) if found else 0)}"


def _parents(node: nodes.Node) -> Iterator[nodes.Node]:
    while node := node.parent:
        yield node


def _write(translator: HTML5Translator, node: nodes.Element, display: bool) -> None:
    config, tex = translator.builder.config, node.astext()
    xml = getattr(translator.builder, "out_suffix", "") == ".xhtml"
    try:
        translator.body.append(mathml(tex, display, macros_of(config), xml))
    except ValueError as error:
        _log.warning("the formula '%s' is not valid: %s", " ".join(tex.split()), error, location=_place(node))
        translator.body.append(f"<code>{translator.encode(tex)}</code>")


def inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    translator.body.append(translator.starttag(node, "span", "", CLASS=CLASSES))
    _write(translator, node, display=False)
    translator.body.append("</span>")
    raise nodes.SkipNode


def block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula in lines of its own, with Sphinx's number if it has one."""
    translator.body.append(translator.starttag(node, "div", "", CLASS=CLASSES))
    if node.get("number"):
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    _write(translator, node, display=True)
    translator.body.append("</div>\n")
    raise nodes.SkipNode


class KeepPunctuation(SphinxPostTransform):
    """Keep a formula and the comma after it in one line: a browser may break between the two."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Put both into an element that the style sheet does not let break."""
        for formula in list(self.document.findall(nodes.math)):
            siblings, at = formula.parent, formula.parent.index(formula)
            before = self._split(siblings, at - 1, _BEFORE) if at else None
            after = self._split(siblings, siblings.index(formula) + 1, _AFTER)
            if before or after:
                group = nodes.inline("", "", classes=["together"])
                siblings.insert(siblings.index(formula), group)
                for part in (before, formula, after):
                    if part is not None:
                        siblings.remove(part)
                        group += part

    def _split(self, siblings: nodes.Element, at: int, wanted: re.Pattern[str]) -> nodes.Text | None:
        """Return the part of a text that is wanted, as a node of its own beside the rest."""
        text = siblings[at] if at < len(siblings) else None
        if not isinstance(text, nodes.Text) or not (found := wanted.search(text)):
            return None
        parts = [nodes.Text(part) for part in (text[: found.start()], found[0], text[found.end() :])]
        siblings[at : at + 1] = [part for part in parts if part]
        return parts[1]
