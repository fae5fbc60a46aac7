"""Style sheets cut down to what the pages use: the theme's is ten times that."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import tinycss2
from tinycss2 import ast

NESTED = {"media", "supports", "layer", "container"}
"""At-rules that hold rules."""

_NAME = re.compile(r"[\w-]+")
_CLASSES = re.compile(r"""\sclass=(?:"([^"]*)"|'([^']*)')""")
_IDS = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")
_TAGS = re.compile(r"<([a-zA-Z][\w-]*)")


@dataclass(frozen=True)
class Names:
    """What a selector may ask for.

    Attributes:
        classes: Classes of elements, and every word in a script, since a script may set it.
        ids: The same for ids.
        tags: Elements.
    """

    classes: frozenset[str]
    ids: frozenset[str]
    tags: frozenset[str]

    @classmethod
    def used_in(cls, pages: Iterator[str], scripts: str) -> "Names":
        """Return the names in pages and scripts."""
        words = frozenset(_NAME.findall(scripts))
        classes, ids, tags = set(words), set(words), {"html", "body", "dialog", "mark"}
        for page in pages:
            for found in _CLASSES.findall(page):
                classes.update((found[0] or found[1]).split())
            ids.update(found[0] or found[1] for found in _IDS.findall(page))
            tags.update(tag.lower() for tag in _TAGS.findall(page))
        return cls(frozenset(classes), frozenset(ids), frozenset(tags))

    def key(self) -> str:
        """Return a text that is the same for the same names."""
        return " ".join(sorted(self.classes | {f"#{id}" for id in self.ids} | {f"<{tag}" for tag in self.tags}))


def pruned(sheet: str, names: Names, address: Callable[[str], str]) -> str:
    """Return the rules that can match something, without comments and needless space.

    Args:
        sheet: A style sheet.
        names: What there is to match.
        address: Turns the address in ``url(...)`` into the one to write.
    """
    return _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), names, address)


def _rules(rules: list[ast.Node], names: Names, address: Callable[[str], str]) -> str:
    return "".join(_rule(rule, names, address) for rule in rules)


def _rule(rule: ast.Node, names: Names, address: Callable[[str], str]) -> str:
    if isinstance(rule, ast.QualifiedRule):
        kept = ",".join(text for text in _selectors(rule.prelude) if _may_match(text, names))
        return f"{kept}{{{_short(rule.content, address)}}}" if kept else ""
    if not isinstance(rule, ast.AtRule) or rule.lower_at_keyword == "charset":
        return ""
    head = f"@{rule.at_keyword} {_short(rule.prelude, address)}".strip()
    if rule.content is None:
        return head + ";"
    if rule.lower_at_keyword in NESTED:
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        kept = _rules(inside, names, address)
        return f"{head}{{{kept}}}" if kept else ""
    return f"{head}{{{_short(rule.content, address)}}}"


def _selectors(prelude: list[ast.Node]) -> Iterator[str]:
    part: list[ast.Node] = []
    for token in [*prelude, None]:
        if token is None or token == ",":
            yield re.sub(r"\s+", " ", tinycss2.serialize(part)).strip()
            part = []
        elif token.type != "comment":
            part.append(token)


def _may_match(selector: str, names: Names) -> bool:
    """Tell whether a selector can match, by its names outside of parentheses and brackets."""
    bare = re.sub(r"\[[^\]]*\]", " ", selector)
    while (inner := re.sub(r"(?<!\\):[\w-]+\([^()]*\)", " ", bare)) != bare:
        bare = inner
    bare = re.sub(r"(?<!\\)::?[\w-]+", "", bare)
    for mark, name in re.findall(r"(?<!\\)([.#]?)((?:[\w-]|\\.)+)", bare):
        name = re.sub(r"\\(.)", r"\1", name)
        known = names.classes if mark == "." else names.ids if mark == "#" else names.tags
        if name not in known:
            return False
    return True


def _short(tokens: list[ast.Node], address: Callable[[str], str]) -> str:
    """Write declarations or a condition: no comments, single spaces, addresses rewritten."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r""",\s*url\([^)]*\.(?:ttf|woff)\)\s*format\([^)]*\)""", "", text)  # every browser reads WOFF2
    text = re.sub(
        r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')]*))\s*\)""", lambda m: f"url({address(m[1] or m[2] or m[3])})", text
    )
    return re.sub(r"\s*([;{])\s*", r"\1", re.sub(r"\s+", " ", text)).strip(" ;")
