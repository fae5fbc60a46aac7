"""Fewer bytes for the same picture: dots as one path, and what neighbours have in common said once."""

import re
import xml.etree.ElementTree as ET
from itertools import groupby

_INHERITED = {
    "font-size", "font-weight", "font-style",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "text-anchor",
}  # fmt: skip
"""Attributes that mean the same on a group around an element."""
_STROKE = re.compile(r"M0 0[hv]-?[\d.]+")
_CIRCLE = re.compile(r"M 0 (\d[\d.]*) (?:C [-\d. ]+?){8}z")


def dot(root: ET.Element) -> None:
    """Draw round filled markers of one kind as one path: a line of no length with round ends is a dot."""
    circles = {
        path.get("id"): (float(found[1]), path)
        for path in root.iter("path")
        if path.get("id") and (found := _CIRCLE.fullmatch(" ".join(path.get("d", "").split())))
    }
    for group in root.iter("g"):
        for _, alike in [(same, list(alike)) for same, alike in groupby(group, key=_but_place)]:
            radius, mark = circles.get(alike[0].get("href", "#")[1:], (0.0, alike[0]))
            fill, edge = alike[0].get("fill", "none"), mark.get("stroke", alike[0].get("stroke", "none"))
            if len(alike) > 2 and radius and fill != "none" and edge in ("none", fill):
                width = 2 * radius + (float(mark.get("stroke-width", "1")) if edge == fill else 0)
                dots = {
                    "d": "".join(f"M{float(use.get('x', 0)):.1f} {float(use.get('y', 0)):.1f}h0" for use in alike),
                    "stroke": fill, "stroke-width": f"{width:g}", "stroke-linecap": "round",
                }  # fmt: skip
                if "fill-opacity" in alike[0].attrib:
                    dots["stroke-opacity"] = alike[0].attrib["fill-opacity"]
                group.insert(list(group).index(alike[0]), ET.Element("path", dots))
                for use in alike:
                    group.remove(use)
    used = {use.get("href", "#")[1:] for use in root.iter("use")}
    for definitions in root.iter("defs"):
        for path in [path for path in definitions if path.get("id") in circles and path.get("id") not in used]:
            definitions.remove(path)


def _but_place(element: ET.Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in element.attrib.items() if name not in "xy"))


def unsaid(root: ET.Element) -> None:
    """Leave out where a marker is placed what the marker itself says, and the filling of a mere stroke."""
    marks = {path.get("id"): path for path in root.iter("path") if path.get("id")}
    for use in root.iter("use"):
        mark = marks.get(use.get("href", "#")[1:])
        if mark is not None:
            own = {"stroke", "stroke-width", "stroke-opacity"} & mark.attrib.keys()
            for name in own | ({"fill", "fill-opacity"} if _STROKE.fullmatch(mark.get("d", "")) else set()):
                use.attrib.pop(name, None)


def share(parent: ET.Element) -> None:
    """Say once what neighbours of one kind have in common, in a group around them."""
    for child in list(parent):
        share(child)
    for tag, run in [(tag, list(run)) for tag, run in groupby(parent, key=lambda child: child.tag)]:
        if tag in {"use", "path", "text"}:
            home = _group(parent, run)
            for _, alike in [(same, list(alike)) for same, alike in groupby(run, key=_inherited)]:
                _group(home, alike)


def _group(parent: ET.Element, run: list[ET.Element]) -> ET.Element:
    """Put a group around neighbours if that makes them shorter; return where they are."""
    common = frozenset.intersection(*map(_inherited, run))
    if len(run) < 3 or not common:
        return parent
    group = ET.Element("g", dict(sorted(common)))
    parent.insert(list(parent).index(run[0]), group)
    for child in run:
        parent.remove(child)
        group.append(child)
        for name, _ in common:
            del child.attrib[name]
    return group


def _inherited(element: ET.Element) -> frozenset[tuple[str, str]]:
    """Return the attributes that mean the same on a group around the element."""
    names = _INHERITED if "transform" in element.attrib else _INHERITED | {"clip-path"}
    return frozenset((name, value) for name, value in element.attrib.items() if name in names)
