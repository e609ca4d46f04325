"""Parse and rewrite the lists of a file of wordings, leaving the rest of the file as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

WIDTH = 120
LONGEST = 140  # the longest line that an unchanged list may keep
_HEAD = re.compile(r'^(?P<key>"[^"\n]+"|[\w-]+) = \[', re.MULTILINE)
_TABLE = re.compile(r"^\[(?P<name>[^\[\]\n]+)\]$", re.MULTILINE)
_STRING = r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'"
_TOKEN = re.compile(rf"#[^\n]*|(?:{_STRING})|\{{(?:{_STRING}|[^\"'{{}}])*\}}|\]")

_PARTS = re.compile(r"[^ |]*(?: +|\||$)")  # parts of a string between which it may be broken


@dataclass(frozen=True, slots=True)
class Item:
    """A wording of a list with its weight."""

    text: str
    weight: float = 1.0


@dataclass(slots=True)
class Group:
    """Wordings under one comment; "" if there is none."""

    comment: str
    items: list[Item] = field(default_factory=list)


Change = Callable[[str, str, list[Group]], list[Group]]


def rewritten(document: str, change: Change) -> str:
    """Return a file with its lists changed.

    Args:
        document: the content of the file.
        change: returns the new groups of a list, given the name of its table ("" for none), its own name and its
            groups; a list that ends up without items is removed.
    """
    pieces, last = [], 0
    for head in _HEAD.finditer(document):
        if head.start() < last:
            continue
        groups, end = _groups(document, head.end())
        name = str(tomllib.loads(f"name = {head['key']}")["name"]) if head["key"][0] == '"' else head["key"]
        changed = [group for group in change(_table(document, head.start()), name, groups) if group.items]
        pieces.append(document[last : head.start()])
        if changed == groups and max(map(len, document[head.start() : end].splitlines())) <= LONGEST:
            pieces.append(document[head.start() : end])
        elif changed:
            pieces.append(written(head["key"], changed))
        else:
            end += document[end : end + 1] == "\n"
        last = end
    return "".join((*pieces, document[last:]))


def _table(document: str, place: int) -> str:
    found = [table["name"] for table in _TABLE.finditer(document, 0, place)]
    return found[-1] if found else ""


def _groups(document: str, place: int) -> tuple[list[Group], int]:
    """Return the groups of the list that begins at an offset, and the offset of its end."""
    groups = [Group("")]
    for token in _TOKEN.finditer(document, place):
        if token[0] == "]":
            return [group for group in groups if group.items or group.comment], token.end()
        if token[0][0] == "#":
            _add_comment(groups, token[0])
        else:
            groups[-1].items.append(_item(token[0]))
    raise ValueError(f"the list that begins at character {place} does not end")


def _add_comment(groups: list[Group], comment: str) -> None:
    if groups[-1].items or not groups[-1].comment:
        groups.append(Group(comment))
    else:
        groups[-1].comment += f"\n{comment}"


def _item(token: str) -> Item:
    value = tomllib.loads(f"value = {token}")["value"]
    return Item(value) if isinstance(value, str) else Item(value["text"], value.get("weight", 1.0))


def written(key: str, groups: Sequence[Group]) -> str:
    """Return a list as TOML: on one line if it fits, otherwise over several lines, group by group."""
    items = [_written(item) for group in groups for item in group.items]
    line = f"{key} = [{', '.join(items)}]"
    if len(line) <= WIDTH and not any(group.comment for group in groups):
        return line
    return "\n".join((f"{key} = [", *(line for group in groups for line in _lines(group)), "]"))


def _lines(group: Group) -> Iterator[str]:
    yield from (f"  {comment}" for comment in group.comment.splitlines())
    yield from filled(f"{_written(item)}," for item in group.items)


def filled(items: Iterable[str]) -> Iterator[str]:
    """Yield lines filled with as many items as fit.

    An item longer than a line continues on the next one after a backslash.
    """
    line = " "
    for item in items:
        if len(line) + 1 + len(item) > WIDTH and line.strip():
            yield line
            line = " "
        line += f" {item}"
        if len(line) > WIDTH:
            yield from _broken(line)
            line = " "
    if line.strip():
        yield line


def _broken(line: str) -> Iterator[str]:
    """Yield a line with one long string as several lines of a multi-line string."""
    first, last = line.index('"'), line.rindex('"')
    pieces = [f'{line[:first]}"""']
    for part in _PARTS.findall(line[first + 1 : last]):
        if len(pieces[-1]) + len(part) >= WIDTH:
            pieces[-1] += "\\"
            pieces.append("    ")
        pieces[-1] += part
    pieces[-1] += f'"""{line[last + 1 :]}'
    yield from pieces if len(pieces) > 1 else [line]


def _written(item: Item) -> str:
    text = '"' + item.text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text if item.weight == 1 else f"{{ text = {text}, weight = {_number(item.weight)} }}"


def _number(weight: float) -> str:
    return f"{weight:g}" if weight != int(weight) else str(int(weight))
