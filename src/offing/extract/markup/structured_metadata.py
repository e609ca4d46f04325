"""Reads a page's structured metadata: JSON-LD, meta elements, links. All of it needs checking before use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from offing.model.text.text import clean_text, lines_of, plain

_LARGEST_DATA = 512 * 1024
_DEEPEST = 12
_MOST_NODES = 5000
_MOST_ITEMS = 20
_ARTICLE_TYPE = re.compile(r"article|posting|report|webpage", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f]+")
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StructuredMetadata:
    """The structured metadata of a page.

    `meta` by lower-case name, the first of each; `nodes` of JSON-LD, articles before the pages that contain them;
    `names` by JSON-LD id; `crumbs`, the breadcrumbs.
    """

    meta: Mapping[str, str]
    nodes: tuple[Node, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    crumbs: tuple[str, ...] = ()

    def first_meta(self, *names: str) -> str:
        """The first non-empty of some meta elements, as plain text, or ""."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def first_value(self, *keys: str) -> str:
        """The first text that an article's JSON-LD has under some keys, or ""."""
        values = (text_of(node.get(key)) for key in keys for node in self.nodes)
        return next((value for value in values if value), "")

    def paragraphs(self, key: str) -> tuple[str, ...]:
        """The longest text under a key of an article's JSON-LD, split by its lines or its own markup; cleaned."""
        texts = [value for node in self.nodes if isinstance(value := node.get(key), str)]
        found = (clean_text(line) for line in lines_of(max(texts, key=len, default="")))
        return tuple(line for line in found if line)

    def all_values(self, key: str) -> tuple[str, ...]:
        """The texts under a key of the first node that has any: all of a list, references resolved to names."""
        for node in self.nodes:
            value = node.get(key)
            items = value if isinstance(value, list) else [value]
            texts = [text_of(item) or self._name_of(item) for item in items[:_MOST_ITEMS]]
            if any(texts):
                return tuple(text for text in texts if text)
        return ()

    def _name_of(self, item: Any) -> str:
        return self.names.get(str(item.get("@id")), "") if isinstance(item, Mapping) else ""


def structured_metadata(tree: html.HtmlElement) -> StructuredMetadata:
    """All structured metadata of a page."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = plain(element.get("content") or "")
        if name and content:
            meta.setdefault("".join(name.split()).lower(), content)
    nodes = [node for script in tree.iter("script") for node in _nodes(script)]
    articles = [node for node in nodes if _ARTICLE_TYPE.search(_type_of(node))]
    articles.sort(key=lambda node: "webpage" in _type_of(node).lower())  # stable: pages come after what they contain
    names = {str(node["@id"]): name for node in nodes if "@id" in node and (name := text_of(node.get("name")))}
    crumbs = next((node for node in nodes if _type_of(node) == "BreadcrumbList"), {})
    items = crumbs.get("itemListElement")
    listed = [item for item in items[:_MOST_ITEMS] if isinstance(item, Mapping)] if isinstance(items, list) else []
    labels = (text_of(item.get("name")) or text_of(item.get("item")) for item in listed)
    return StructuredMetadata(meta, tuple(articles), names, tuple(filter(None, labels)))


def _type_of(node: Node) -> str:
    """The types of a node, joined."""
    stated = node.get("@type")
    return " ".join(text_of(item) for item in (stated if isinstance(stated, list) else [stated]))


def text_of(value: Any) -> str:
    """The text of a JSON-LD value: a string, an object's name, or the first of a list that has any."""
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
    """All objects in a JSON-LD script, outer ones first; none if it cannot be parsed."""
    text = script.text or ""
    if "ld+json" not in (script.get("type") or "") or len(text) > _LARGEST_DATA:
        return
    try:
        # Line breaks inside strings are the commonest fault; outside strings they have no meaning.
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
