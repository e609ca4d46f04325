"""What `import offing` gives: signatures and docstrings of its public names."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import offing
from writers.markdown import code, document, fenced, prose, table

INTRODUCTION = """What `import offing` gives. These names keep their meaning within a minor version; everything else
in the package may change."""
MOST_COLUMNS = 90
_QUOTED = re.compile(r"(: |-> )'([^']*)'")
_ARGUMENTS = re.compile(r"(?m)^(Args|Returns|Raises):\n((?:[ ]{4}.*\n?|\n)+)")
_ITEM = re.compile(r"(?m)^ {4}(?! )(\*{0,2}[\w.]+):\s*")


def page() -> str:
    """Return the page: the public names, then the types that their results are made of."""
    public = [getattr(offing, name) for name in _names()]
    types = _reached([each for each in public if inspect.isclass(each)])
    shapes = [_class(each, level=3) for each in sorted(types, key=lambda each: each.__name__)]
    return document("Python API", INTRODUCTION, *map(_described, _names()), "## What results are made of", *shapes)


def _reached(found: list[type]) -> set[type]:
    """Return the classes of offing that are named in fields of these, and in fields of those."""
    reached: set[type] = set()
    todo = list(found)
    while todo:
        new = {each for field in get_type_hints(todo.pop()).values() for each in _classes(field)}
        todo += new - reached - set(found)
        reached |= new
    return reached - set(found)


def _classes(hint: Any) -> set[type]:
    """Return the classes of offing in a type, such as that in a tuple of them."""
    if inspect.isclass(hint) and not get_args(hint):
        return {hint} if hint.__module__.startswith("offing.") else set()
    return {each for part in get_args(hint) for each in _classes(part)}


def _names() -> list[str]:
    """Return the public names: those that the stub declares, or else those of the module."""
    file = Path(str(offing.__file__))
    source = file.with_suffix(".pyi") if file.with_suffix(".pyi").exists() else file
    tree = ast.parse(source.read_text("utf-8"))
    imported = [alias.asname for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    return sorted({"__version__", *(name for name in imported if name and not name.startswith("_"))})


def _described(name: str) -> str:
    found = getattr(offing, name)
    if inspect.isclass(found):
        return _class(found, level=2)
    if callable(found):
        return f"## {name}\n\n{fenced(_signature(name, found), 'python')}\n\n{_docstring(found)}"
    return f"## `{name}`\n\nThe version of offing, as text."


def _signature(name: str, found: object) -> str:
    """Return a signature, one argument a line where it is long."""
    whole = f"{name}{inspect.signature(found)}" if callable(found) else name
    whole = _QUOTED.sub(r"\1\2", whole)
    return whole if len(whole) < MOST_COLUMNS else re.sub(r"\(|, (?=\*|\w+:)|\)(?= ->|$)", _broken, whole)


def _broken(found: re.Match[str]) -> str:
    return {"(": "(\n    ", ")": ",\n)"}.get(found[0], ",\n    ")


def _docstring(found: object) -> str:
    return _ARGUMENTS.sub(_listed, prose(found.__doc__)).strip()


def _listed(found: re.Match[str]) -> str:
    """Return a section of a docstring: its items as a list, or its sentences."""
    items = re.sub(r"(?m)^ {4,}", "  ", _ITEM.sub(r"- `\1`: ", found[2])).strip("\n")
    text = items if items.startswith("-") else inspect.cleandoc(found[2])
    return f"**{found[1].replace('Args', 'Arguments')}**\n\n{text}\n\n"


def _class(found: type, level: int) -> str:
    """Return a class: its fields, or its values where it is an enum."""
    heading = f"{'#' * level} {found.__name__}"
    if issubclass(found, Enum):
        return f"{heading}\n\n{_docstring(found)}\n\n{', '.join(code(str(each.value)) for each in found)}"
    fields = dataclasses.fields(found) if dataclasses.is_dataclass(found) else ()
    rows = [(code(each.name), code(str(each.type).replace(" | ", " or ")), _default(each)) for each in fields]
    members = [(key, value) for key, value in vars(found).items() if not key.startswith("_")]
    properties = [(code(key), _first(value)) for key, value in members if isinstance(value, property)]
    parts = (
        heading,
        _docstring(found),
        table(("field", "type", "default"), rows),
        table(("property", "meaning"), properties),
    )
    return "\n\n".join(part for part in parts if part)


def _first(found: object) -> str:
    return prose(found.__doc__).partition("\n\n")[0]


def _default(field: dataclasses.Field[object]) -> str:
    if field.default is not dataclasses.MISSING:
        return code(repr(field.default))
    return code("()") if field.default_factory is not dataclasses.MISSING else ""
