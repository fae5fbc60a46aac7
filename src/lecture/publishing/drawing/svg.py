"""Turn matplotlib's SVG into one that belongs to the page: its font, its colours in both themes, and small."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import cache, partial

from lecture.publishing.drawing.compact import dot, share, unsaid
from lecture.publishing.drawing.paths import shorten

ID = "ID-"
"""Every id starts so; whoever puts the picture on a page replaces it by something unique there (see :func:`placed`)."""

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_FONT = {"font-size", "font-weight", "font-style"}
_REFERENCE = re.compile(r"(?:(?<=url\()|^)#([\w.-]+)")
_DECIMALS = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_NO_ROTATION = re.compile(r"\s*rotate\(-?0(?:\.0+)? [^)]*\)")


def tidy(source: str, alt: str) -> str:
    """Return the picture as an element to put into a page.

    Text stays text and takes the page's font; palette colours become CSS variables, so that one picture serves both
    themes; no ``style`` attribute is left (a strict content security policy forbids them).

    Args:
        source: What ``figure.savefig(format="svg")`` wrote, with ``svg.fonttype`` ``none``.
        alt: The alternative text.
    """
    root = ET.fromstring(source)
    box = root.attrib["viewBox"]
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    for unwanted in ("metadata", "style"):
        _remove(root, unwanted)
    for element in root.iter():
        _restyle(element)
    for element in list(root.iter("text")):
        if len(element):
            _flow(element)
    dot(root)
    _move(root)
    _remove_invisible(root)
    _tidy_ids(root)
    _hoist(root)
    _strip_space(root)
    for path in root.iter("path"):
        path.set("d", shorten(path.get("d", "")))
    unsaid(root)
    share(root)
    width, height = box.split()[2:]
    root.attrib.clear()
    root.attrib |= {
        "class": "plot", "viewBox": box, "width": width, "height": height, "role": "img", "aria-label": alt,
        "stroke-linejoin": "round", "stroke-linecap": "butt",
    }  # fmt: skip
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def placed(picture: str, where: str) -> str:
    """Make the ids of a tidied picture unique on a page."""
    return picture.replace(ID, where + "-")


def standalone(picture: str, theme: Mapping[str, str]) -> str:
    """Return a tidied picture as a file of its own, which knows nothing of a page's colours and font.

    Args:
        picture: What :func:`tidy` returned.
        theme: The colours by name.
    """
    coloured = re.sub(r"var\(--([\w-]+)\)", lambda found: theme[found[1]], picture)
    return coloured.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" ', 1)


def size(picture: str) -> tuple[int, int]:
    """Return width and height of a tidied picture, in its own units, rounded."""
    found = re.search(r' width="([\d.]+)" height="([\d.]+)"', picture)
    assert found, "a tidied picture has its size in its first tag"
    return round(float(found[1])), round(float(found[2]))


def _remove(root: ET.Element, tag: str) -> None:
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag.endswith(tag)]:
            parent.remove(child)


def _remove_invisible(root: ET.Element) -> None:
    """Drop the empty boxes behind figure and axes, and lines without any colour."""
    for parent in list(root.iter()):
        if parent.tag not in {"defs", "clipPath"}:
            for child in [child for child in parent if child.tag == "path" and _invisible(child)]:
                parent.remove(child)


def _invisible(path: ET.Element) -> bool:
    return path.get("fill") == "none" and ("stroke" not in path.attrib or path.get("stroke-opacity") == "0")


def _restyle(element: ET.Element) -> None:
    """Move the ``style`` into attributes, colours into variables, and shorten numbers."""
    for name, value in _declarations(element.attrib.pop("style", "")):
        if name == "font":
            size = re.search(r"[\d.]+px", value)
            element.set("font-size", size.group() if size else "11px")
            if "bold" in value or re.search(r"\b[6-9]00\b", value):
                element.set("font-weight", "650")
            if "italic" in value:
                element.set("font-style", "italic")
        elif name not in {"font-family", "font-stretch", "font-variant"}:
            element.set(name, "650" if name == "font-weight" and value in {"bold", "700"} else value)
    for name in ("fill", "stroke", "stop-color"):
        if (colour := element.get(name)) is not None:
            element.set(name, _variables().get(colour.lower(), colour))
    for name, value in list(element.attrib.items()):
        if name in {
            "d",
            "x",
            "y",
            "width",
            "height",
            "transform",
            "points",
            "cx",
            "cy",
            "r",
            "stroke-width",
            "stroke-opacity",
            "fill-opacity",
            "opacity",
        }:
            digits = 1 if name in {"x", "y"} and element.tag in {"use", "text"} else 2
            value = _DECIMALS.sub(partial(_rounded, digits), value)
            element.set(name, " ".join(_NO_ROTATION.sub("", value).split()))
    if element.get("transform") == "":
        del element.attrib["transform"]
    if link := element.attrib.pop(_LINK, None):
        element.set("href", link)


def _rounded(digits: int, found: re.Match[str]) -> str:
    return f"{float(found.group()):.{digits}f}".rstrip("0").rstrip(".")


@cache
def _variables() -> dict[str, str]:
    from lecture.style import LIGHT  # here, not above: placing a stored picture needs no matplotlib

    named = {colour.lower(): f"var(--{name})" for name, colour in LIGHT.items()}
    return {**named, "#000000": "var(--ink)", "#ffffff": "var(--paper)", "black": "var(--ink)", "white": "var(--paper)"}


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _flow(text: ET.Element) -> None:
    """Let a formula flow in the page's font: matplotlib places each glyph where its own font would have it."""
    glyphs = [(float(span.get("x", "0").split()[0]), float(span.get("y", "0").split()[0]), span) for span in text]
    ends = [x + 0.62 * _size(span) * len(span.text or "") for x, _, span in glyphs]
    runs: list[ET.Element] = []
    last_x, last_y = 0.0, glyphs[0][1]
    for x, y, span in sorted(glyphs, key=lambda glyph: glyph[0]):
        letters = span.text or ""
        if runs and x - last_x > 1.0 * _size(span):
            letters = " " + letters
        kept = {name: span.attrib[name] for name in (*_FONT, "fill") if name in span.attrib}
        if runs and y == last_y and kept.items() <= runs[-1].attrib.items():
            runs[-1].text = (runs[-1].text or "") + letters
        else:
            run = ET.Element("tspan", kept | ({"dy": f"{y - last_y:.2f}"} if y != last_y else {}))
            run.text = letters
            runs.append(run)
        last_x, last_y = x + 0.62 * _size(span) * (len(span.text or "") - 1), y
    for child in list(text):
        text.remove(child)
    text.text = None
    text.extend(runs)
    text.attrib |= {"x": f"{max(ends) / 2:.2f}", "y": f"{glyphs[0][1]:.2f}", "text-anchor": "middle"}


def _size(span: ET.Element) -> float:
    return float(span.get("font-size", "11px").removesuffix("px"))


def _move(root: ET.Element) -> None:
    """Let the style sheet draw the lines that a script named ``draw`` (``line.set_gid("draw")``)."""
    for group in root.iter("g"):
        if group.get("id", "").startswith("draw"):
            group.set("class", "draw")
            for path in group.iter("path"):
                path.set("pathLength", "1")


def _tidy_ids(root: ET.Element) -> None:
    """Drop the ids that nothing refers to and number the others: matplotlib's differ from run to run."""
    everything = " ".join(value for element in root.iter() for name, value in element.attrib.items() if name != "id")
    new: dict[str, str] = {}
    for found in re.finditer(r"(?:url\(|(?<!\S))#([\w.-]+)", everything):
        new.setdefault(found[1], f"{ID}{len(new) + 1}")
    for element in root.iter():
        name = element.attrib.pop("id", None)
        for attribute, value in element.attrib.items():
            if attribute == "href" or "url(#" in value:
                element.set(attribute, _REFERENCE.sub(lambda found: "#" + new[found[1]], value))
        if name in new:
            element.set("id", new[name])


def _hoist(parent: ET.Element) -> None:
    """Replace groups that say nothing by their children."""
    for child in list(parent):
        _hoist(child)
    for index, child in reversed(list(enumerate(parent))):
        if child.tag in {"g", "defs"} and not child.attrib and (child.tag == "g" or not len(child)):
            parent[index : index + 1] = list(child)


def _strip_space(root: ET.Element) -> None:
    for element in root.iter():
        if element.tag not in {"text", "tspan"}:
            element.text = None
        element.tail = None
