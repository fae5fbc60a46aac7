"""Cutting a style sheet keeps all that can match."""

import pytest

from lecture.publishing.site.css import Names, pruned

NAMES = Names.used_in(
    iter(['<body class="dark"><main id="top"><p class="a b">x</p><svg></svg></main>', "<span class='c'>"]), "show"
)


def cut(sheet):
    return pruned(sheet, NAMES, lambda address: f"new/{address}")


KEPT = """
.a | p.a.b | #top > p | main p:hover | * | ::before | :root | html | .a:not(.gone) | [data-x=y] .b | .show
main:has(.gone) p | .a:is(.b, .gone) | p[class~=gone] | ::-webkit-scrollbar | span.c::after
"""


@pytest.mark.parametrize("selector", [s.strip() for line in KEPT.split("\n") for s in line.split("|") if s.strip()])
def test_what_can_match_stays(selector):
    assert cut(f"{selector} {{ color: red }}") == f"{selector}{{color: red}}"


@pytest.mark.parametrize(
    "selector", [".gone", "p.gone", "#gone p", "table", ".a .gone", ".gone:hover", ".a\\:gone", "main:has(p) .gone"]
)
def test_what_cannot_match_goes(selector):
    assert cut(f"{selector} {{ color: red }}") == ""


def test_of_a_list_only_what_can_match_stays():
    assert cut(".gone, .a,\n p.b , table { color: red }") == ".a,p.b{color: red}"


def test_conditions_stay_with_what_they_hold_and_go_when_empty():
    assert cut("@media print { .a { x: y } .gone { x: y } }") == "@media print{.a{x: y}}"
    assert cut("@media print { @supports (x: y) { .gone { x: y } } }") == ""


def test_the_rest_is_kept_and_comments_are_not():
    sheet = (
        "/* one */ @keyframes spin { from { x: y } } @font-face { src: url('a.woff2') } .a { /* two */ b: url(c.svg) }"
    )
    kept = "@keyframes spin{from{x: y}}@font-face{src: url(new/a.woff2)}.a{b: url(new/c.svg)}"
    assert cut(sheet).replace("{ ", "{").replace(" }", "}") == kept


def test_one_kind_of_font_is_enough():
    sheet = '@font-face{src:url(a.woff2) format("woff2"),url(a.woff) format("woff"),url(a.ttf) format("truetype")}'
    assert cut(sheet) == '@font-face{src:url(new/a.woff2) format("woff2")}'
