"""What a strict security policy forbids in a page is moved out of it, and nothing is lost on the way."""

import io
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pydata_sphinx_theme
import pytest
from fontTools.ttLib import TTFont

from lecture.publishing.site import bundle, fonts, strict


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ('<span style="top:-2.5em;">', '<span class="css-top:-2.5em">', r".css-top\:-2\.5em{top:-2.5em}"),
        ('<td class="a b" style="width: 50%">', '<td class="css-width:50% a b">', r".css-width\:50\%{width:50%}"),
        (
            '<p style="margin: 0 1px; x: y" class="a" id="b">',
            '<p class="css-margin:0_1px;x:y a" id="b">',
            r".css-margin\:0_1px\;x\:y{margin:0 1px;x:y}",
        ),
        ('<math displaystyle="true">', '<math displaystyle="true">', ""),
    ],
)
def test_a_style_becomes_a_class_that_says_the_same(before, after, rule):
    assert strict.without_styles(before) == after
    assert strict.rules_of(iter([after])) == rule


def test_a_plain_table_loses_its_sheet_and_a_styled_one_keeps_its_rules():
    assert strict.take_sheets("<style scoped>td { a: b }</style><table>") == ("<table>", "")
    assert strict.take_sheets('<style type="text/css">#T { a: b }</style><table>') == ("<table>", "#T { a: b }")


def test_only_the_icons_in_use_are_left_and_nobody_hears_of_it(caplog):
    caplog.set_level("INFO")
    theme = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
    signs = bundle.icons(".fa-bars:before{content:'\uf0c9'}.fa-list:before{content:'\uf03a'} x")
    found = fonts.cut(theme / bundle.ICONS, signs)
    assert sorted(TTFont(io.BytesIO(found)).getBestCmap()) == [0xF03A, 0xF0C9]
    assert caplog.messages == []
    assert len(found) < 2000 < (theme / bundle.ICONS).stat().st_size


def test_what_the_theme_brings_is_what_the_bundle_is_made_of():
    theme = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
    assert not re.findall(r"bootstrap\.(?!Tooltip)\w+", (theme / "scripts/pydata-sphinx-theme.js").read_text())


def test_an_edited_style_sheet_alone_has_a_page_read_again(tmp_path):
    static, made = tmp_path / "book" / "_static", tmp_path / "out" / "_static" / "site.js"
    for path in (static / "page.css", made):
        path.parent.mkdir(parents=True)
        path.touch()
    app = SimpleNamespace(srcdir=tmp_path / "book", outdir=tmp_path / "out", config=SimpleNamespace(root_doc="index"))
    os.utime(static / "page.css", (1, 1))
    assert bundle.outdated(app) == []
    os.utime(made, (0, 0))
    assert bundle.outdated(app) == ["index"]


def test_a_script_loses_its_remarks_and_keeps_its_licence():
    licence = "/*\n * Copyright: somebody\n */\n/*! for the licence see */\n"
    script = 'const address = "https://a"; // where\n/**\n * What it does.\n */\n  // how\nf(`/* x */`);\n'
    assert (
        bundle.REMARKS.sub("", licence + script) == licence + 'const address = "https://a"; // where\nf(`/* x */`);\n'
    )
