"""What a build remembers for the next one, page by page, in Sphinx's stored environment."""

from hashlib import sha256
from typing import Any

from sphinx.environment import BuildEnvironment


def remembered(env: BuildEnvironment, name: str) -> dict[str, Any]:
    """Return the memory of that name, by page; empty at first, and stored with the environment."""
    memory: dict[str, Any] = vars(env).setdefault(name, {})
    return memory


def short_digest(text: str) -> str:
    """Return 16 hexadecimal digits that tell whether a text changed."""
    return sha256(text.encode()).hexdigest()[:16]
