"""What a page says of itself for machines: JSON-LD, meta elements, links. Nothing of it is believed unread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import html

from offing.model.text import plain

_LARGEST_DATA = 512 * 1024
_DEEPEST = 12
_MOST_NODES = 5000
_ARTICLE_TYPE = re.compile(r"article|posting|report|webpage", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f]+")
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Structured:
    """The statements of a page: `meta` by lower-case name (the first of each), `nodes` of JSON-LD articles first."""

    meta: Mapping[str, str]
    nodes: tuple[Node, ...]

    def first_meta(self, *names: str) -> str:
        """The first of some meta elements that says something, as plain text, or ""."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def first_value(self, *keys: str) -> str:
        """The first text that an article's JSON-LD has under some keys, or ""."""
        values = (text_of(node.get(key)) for key in keys for node in self.nodes)
        return next((value for value in values if value), "")


def statements(tree: html.HtmlElement) -> Structured:
    """All that a page says of itself."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = plain(element.get("content") or "")
        if name and content:
            meta.setdefault("".join(name.split()).lower(), content)
    nodes = [node for script in tree.iter("script") for node in _nodes(script)]
    return Structured(meta, tuple(node for node in nodes if _ARTICLE_TYPE.search(text_of(node.get("@type")))))


def text_of(value: Any) -> str:
    """The text of a JSON-LD value: a string, the name of an object, or the first of a list that has any."""
    for _ in range(_DEEPEST):
        if isinstance(value, str):
            return plain(value)
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("@value")
        elif isinstance(value, list):
            value = next((item for item in value if item), None)
        else:
            break
    return ""


def _nodes(script: html.HtmlElement) -> Iterator[Node]:
    """All objects in a JSON-LD script, outer ones first; none where it cannot be read."""
    text = script.text or ""
    if "ld+json" not in (script.get("type") or "") or len(text) > _LARGEST_DATA:
        return
    try:
        # Line breaks inside strings are the commonest fault; outside of strings they mean nothing.
        waiting = [(json.loads(_CONTROL.sub(" ", text.strip().strip(";"))), 0)]
    except (ValueError, RecursionError):  # broken, a number of thousands of digits, or nested too deep
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value, depth = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            value = list(value.values())
        if isinstance(value, list) and depth < _DEEPEST:
            waiting.extend((item, depth + 1) for item in value if isinstance(item, dict | list))
