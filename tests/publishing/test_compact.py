"""The same picture in fewer bytes."""

import xml.etree.ElementTree as ET

from lecture.publishing.drawing.compact import dot, share, unsaid

CIRCLE = "M 0 3 " + "C 1 2 3 4 5 6 " * 8 + "z"


def picture(marks, fill="red", edge=""):
    uses = "".join(f'<use href="#m" x="{x}" y="{y}" fill="{fill}"/>' for x, y in marks)
    return ET.fromstring(f'<svg><defs><path id="m" d="{CIRCLE}"{edge}/></defs><g>{uses}</g></svg>')


def test_round_filled_markers_become_one_path_of_dots():
    root = picture([(1, 2), (3.14, 4), (5, 6)], edge=' stroke="red" stroke-width="1"')
    dot(root)
    (dots,) = root.find("g")
    assert dots.attrib == {
        "d": "M1.0 2.0h0M3.1 4.0h0M5.0 6.0h0", "stroke": "red", "stroke-width": "7", "stroke-linecap": "round",
    }  # fmt: skip
    assert len(root.find("defs")) == 0


def test_hollow_markers_and_lone_ones_stay():
    for root in (picture([(1, 2)] * 3, edge=' stroke="blue"'), picture([(1, 2)] * 3, fill="none"), picture([(1, 2)])):
        before = ET.tostring(root)
        dot(root)
        assert ET.tostring(root) == before


def test_what_neighbours_share_is_said_once_and_nothing_else_changes():
    root = ET.fromstring(
        '<svg><path d="a" fill="red" opacity="1"/><path d="b" fill="red" stroke="x"/><path d="c" fill="red"/>'
        "<text/></svg>"
    )
    share(root)
    assert ET.tostring(root, encoding="unicode") == (
        '<svg><g fill="red"><path d="a" opacity="1" /><path d="b" stroke="x" /><path d="c" /></g><text /></svg>'
    )


def test_a_place_does_not_repeat_what_the_marker_says():
    root = ET.fromstring(
        '<svg><path id="t" d="M0 0v3.5" stroke="red"/><path id="m" d="M0 0h3v3z"/>'
        '<use href="#t" fill="red" stroke="red" x="1"/><use href="#m" fill="red" stroke="red"/></svg>'
    )
    unsaid(root)
    tick, box = root.iter("use")
    assert tick.attrib == {"href": "#t", "x": "1"}
    assert box.attrib == {"href": "#m", "fill": "red", "stroke": "red"}
