"""Formulas become MathML that any browser draws, and what is wrong in one is named."""

import io
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx.errors import ConfigError
from tests.publishing import conftest

from lecture.publishing.site import fonts
from lecture.publishing.site.formulas import mathml

BOOK = Path(__file__).parents[2] / "book"
FONT = BOOK / "_static" / "math" / "lecture-math.woff2"
MACROS = {"tex": {"macros": {"RR": r"\mathbb{R}", "norm": [r"\lVert #1\rVert_{#2}", 2], "of": r"\norm{\RR}{2}"}}}


@pytest.fixture(autouse=True)
def _dollars(monkeypatch):
    """What the book's own configuration says."""
    monkeypatch.setitem(conftest.CONFIGURATION, "myst_enable_extensions", ["amsmath", "dollarmath"])


def formulas():
    """Every formula of the book's sources, and whether it is displayed."""
    parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin).use(amsmath_plugin)
    texts = [path.read_text(encoding="utf-8") for path in BOOK.glob("*.md")]
    while texts:
        for token in parser.parse(texts.pop()):
            directive = token.info.partition("}")[0] if token.type == "fence" else ""
            if token.type in {"math_block", "amsmath"} or directive == "{math":
                yield token.content, True
            elif directive.startswith("{") and not directive.startswith("{code"):
                texts.append(token.content)
            yield from ((child.content, False) for child in token.children or () if child.type == "math_inline")


def shape(tex, display=False, **macros):
    """The elements and texts of a formula, without attributes."""
    made = re.sub(r"(<\w+)[^>]*?(/?>)", r"\1\2", mathml(tex, display, macros))
    return made.removeprefix("<math>").removesuffix("</math>")


def test_every_formula_of_the_book_is_drawn_whole():
    found = list(formulas())
    assert len(found) > 140
    assert sum(display for _tex, display in found) > 20
    made = [mathml(tex, display, {}) for tex, display in found]
    for formula in made:
        ElementTree.fromstring(formula)
        assert not re.search(r"merror|\\|[{}$&](?!\w+;)", re.sub(r"<mo[^>]*>[{}]</mo>", "", formula)), formula
    assert fonts.signs_of_formulas(made) <= set(map(chr, TTFont(FONT).getBestCmap()))


@pytest.mark.parametrize(
    ("tex", "drawn"),
    [
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\sigma'", "<msup><mi>σ</mi><mo>′</mo></msup>"),
        (r"a \odot b", "<mi>a</mi><mo>⊙</mo><mi>b</mi>"),
        (r"a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"\text{a b}", "<mtext>a\xa0b</mtext>"),
    ],
)
def test_a_formula(tex, drawn):
    assert shape(tex) == drawn


def test_firefox_gets_told_that_a_product_is_no_sum():
    assert re.search('<mo [^>]*largeop="false"[^>]*>⊙</mo>', mathml(r"a \odot b", True, {}))
    assert "largeop" not in mathml(r"\bigodot_i b + c", True, {})


@pytest.mark.parametrize(
    ("tex", "rows", "says"),
    [
        ("a = b", 0, ""),
        ("a &= b \\\\ c &= d", 2, ""),
        ("a \\\\ c \\\\ d", 3, ""),
        ("a = b\n\nc = d", 2, ""),
        (r"\begin{aligned}a \\ b\end{aligned}", 2, ""),
        (r"\begin{split}a \\ b\end{split}", 2, ""),
        (r"\begin{align}a &= 1 \\ b &= 2\end{align}", 2, ""),
        (r"\begin{gather}a\label{first} \\ b\end{gather}", 2, ""),
        (r"a = b \tag{7}", 1, "(7)"),
        (r"\begin{equation}a \tag{7}\end{equation}", 1, "(7)"),
    ],
)
def test_a_displayed_formula_has_its_lines_and_no_number_but_its_own(tex, rows, says):
    made = mathml(tex, True, {})
    assert made.count("<mtr>") == rows
    assert "".join(re.findall("<mtext>(.*?)</mtext>", made)) == says


@given(st.text(st.sampled_from(r"ab12\{}^_&$<>' +()")))
def test_whatever_is_written_is_well_formed_or_an_error(tex):
    try:
        made = mathml(tex, False, {}, namespace=True)
    except ValueError:
        return
    assert ElementTree.fromstring(made).tag == "{http://www.w3.org/1998/Math/MathML}math"


def test_a_macro_means_what_it_stands_for():
    macros = {"RR": r"\mathbb{R}", "norm": r"\lVert #1\rVert_{#2}", "of": r"\norm{\RR}{2}"}
    assert shape(r"\of x", **macros) == shape(r"\lVert \mathbb{R}\rVert_{2} x")


def test_macros_are_where_jupyter_books_documentation_has_them(build, monkeypatch):
    monkeypatch.setitem(conftest.CONFIGURATION, "mathjax3_config", MACROS)
    page = build(index="# Norms\n\nOne: $\\norm{x}{2}$. Another: $\\of$.\n")
    assert page.status == 0, page.said
    assert page.page().count("‖") == 4
    assert "ℝ" in page.page()


def test_macros_reach_latex_too(build, monkeypatch):
    monkeypatch.setitem(conftest.CONFIGURATION, "mathjax3_config", MACROS)
    monkeypatch.setitem(conftest.CONFIGURATION, "latex_elements", {"preamble": "% mine"})
    built = build(builder="latex", index="# Norms\n\nOne: $\\norm{x}{2}$.\n")
    assert built.status == 0, built.said
    (written,) = (path.read_text() for path in built.folder.rglob("*.tex"))
    assert "% mine" in written
    assert r"\providecommand{\RR}{}\renewcommand{\RR}[0]{\mathbb{R}}" in written
    assert r"\renewcommand{\norm}[2]{\lVert #1\rVert_{#2}}" in written


def test_an_option_of_katex_is_refused(build, monkeypatch):
    monkeypatch.setitem(conftest.CONFIGURATION, "katex_macros", r'"\\RR": "\\mathbb{R}"')
    with pytest.raises(ConfigError, match="katex_macros: formulas are MathML, not KaTeX"):
        build(index="# Nothing\n")


@pytest.mark.parametrize(
    ("macro", "reason"),
    [
        ([r"#1 #2", 2, "x"], r"\bad has an optional argument"),
        (r"\simga", r'\bad is no macro: unknown command "\simga"'),
    ],
)
def test_a_macro_that_cannot_be_used_is_refused(build, monkeypatch, macro, reason):
    monkeypatch.setitem(conftest.CONFIGURATION, "mathjax3_config", {"tex": {"macros": {"good": "x", "bad": macro}}})
    with pytest.raises(ConfigError, match=re.escape(reason)):
        build(index="# Nothing\n")


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\simga", r'unknown command "\simga"'),
        (r"\frac{1}{2", 'expected closing token "}", but reached end of input'),
        (r"\begin{foo}x\end{foo}", 'unknown environment "foo"'),
        (r"\eqref{first}", "it refers to a label that only Sphinx knows: write {eq}`label` in its place"),
        ("x^2^3", "duplicate subscript or superscript"),
    ],
)
@pytest.mark.parametrize("written", ["$%s$", "$$\n%s\n$$", "**$%s$**"])
def test_a_mistake_is_named_with_page_line_and_formula(build, tex, reason, written):
    text = (
        "# Mistakes\n\nGood: $x$.\n\nA line,\nand $y$ in the next,\nand then "
        if "$$" not in written
        else "# M\n\n\n\n\n\n"
    )
    built = build(index="# Fine\n\n```{toctree}\npage\n```\n", page=text + written % tex + ".\n")
    assert built.status == 1
    [line] = [line for line in re.sub(r"\x1b\[[\d;]*m", "", built.said).splitlines() if "WARNING" in line]
    assert re.search(r"page\.md:7: WARNING: ", line), line
    assert line.endswith(f"the formula '{tex}' is not valid: {reason}")
    assert built.said.count("not published because of a warning") == 1


PAGE = r"""
# Formulas

Text ($k$), *so* $a<b$, and $c$ then. See {eq}`first`.

$$
a = b
$$ (first)

\begin{align}
c &= d \\
e &= f
\end{align}

```{math}
:label: third
g = h
```
"""


def test_formulas_on_a_page_say_that_they_are_no_text_to_translate(build):
    page = build(index=PAGE).page()
    wrapped = re.findall(r'<(span|div) class="[^"]*\bmath\b[^"]*" translate="no"[^>]*>(.*?)</\1>', page, re.DOTALL)
    assert [kind for kind, _inside in wrapped] == ["span"] * 3 + ["div"] * 3
    assert page.count("<math") == 6


def test_equations_are_counted_and_referred_to_as_sphinx_does(build):
    page = build(index=PAGE).page()
    assert re.findall(r'class="eqno">\((\d)\)', page) == ["1", "2", "3"]
    assert re.search(r'href="#equation-first">\(1\)', page)


def test_a_formula_and_the_punctuation_at_it_stay_in_one_line(build):
    page = build(index=PAGE).page()
    kept = re.findall(r'<span class="together">(.*?)<span class="math.*?</math></span>(.*?)</span>', page)
    assert kept == [("(", "),"), ("", ",")]
    assert "> and <span" in page
    assert re.sub(r"<[^>]+>", "", page).count("Text (k), so a&lt;b, and c then.") == 1


def test_the_font_is_cut_to_what_the_formulas_need():
    pages = [f"<p>not in Z</p>{mathml(tex, True, {})}" for tex in (r"\sqrt{x_1} \le \mathcal{L}", "y")]
    signs = fonts.signs_of_formulas(pages)
    cut = TTFont(io.BytesIO(fonts.cut(FONT, signs)))
    assert {"x", "𝑥", "1", "√", "≤", "ℒ", "𝑦"} <= set(map(chr, cut.getBestCmap()))
    assert not {"Z", "𝑍", "z"} & set(map(chr, cut.getBestCmap()))
    grown = cut["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    assert cut.getBestCmap()[ord("√")] in grown
    assert len(fonts.cut(FONT, signs)) < 10_000


def test_every_size_of_a_root_is_as_wide_as_the_smallest():
    """Chromium leaves the room of the widest beside each."""
    font = TTFont(FONT)
    variants, name = font["MATH"].table.MathVariants, font.getBestCmap()[ord("√")]
    grown = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    parts = [r.VariantGlyph for r in grown.MathGlyphVariantRecord] + [p.glyph for p in grown.GlyphAssembly.PartRecords]
    assert {font["hmtx"][part][0] for part in parts} == {font["hmtx"][name][0]}
    assert len(set(parts)) > 4
