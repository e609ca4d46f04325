"""What of the code can be broken, and in which ways: Cosmic Ray finds the places, chance chooses among them.

A mutant is a place in the code and a kind of change; which of several changes of that kind is chance too. Left out is
what no test can tell: annotations, the bare `*` of a definition, what dataclasses are made with, caches, which only
save time, how many rows go into one statement (`BATCH`), and the numbers by which PostgreSQL knows locks: any would do.
"""

from __future__ import annotations

import ast
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# Identity for equality: the same for None, enums and most strings. Order for identity: the words of an enum have none
# that means anything, so what comes of it is an accident of the alphabet.
ALIKE = frozenset(
    f"ReplaceComparisonOperator_{each}"
    for each in (
        *("Eq_Is", "Is_Eq", "NotEq_IsNot", "IsNot_NotEq"),
        *(f"{asked}_{order}" for asked in ("Is", "IsNot") for order in ("Lt", "LtE", "Gt", "GtE")),
    )
)
_ANY = frozenset({"BATCH", "_BATCH", "ADVISORY_KEY", "NUMBERING_KEY", "STORIES_KEY"})


@dataclass(frozen=True)
class Mutant:
    """A place and a change. `name` tells it apart whatever its line is."""

    package: str
    path: str
    line: int
    last_line: int
    operator: str
    occurrence: int
    within: str
    before: str
    after: str
    code: str

    @property
    def name(self) -> str:
        """File, definition, and the change."""
        return f"{self.path} {self.within}: {self.before} -> {self.after}"


def mutants_of(package: str, rng: random.Random, sample: int) -> list[Mutant]:
    """A sample of the mutants of a package, spread evenly over its files and lines."""
    places = list(_places(package))
    if len(places) <= sample:
        chosen = places
    else:
        step = len(places) / sample
        first = rng.random() * step
        chosen = [places[int(first + step * i)] for i in range(sample)]
    made = (_mutant(package, path, rng.choice(variants)) for path, variants in chosen)
    return [each for each in made if each is not None]


def _places(package: str) -> Iterator[tuple[Path, list[Any]]]:
    """Each place of a package with the changes of one kind that can be made there, by file and line."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import WorkDB, use_db

    with tempfile.TemporaryDirectory() as folder, use_db(f"{folder}/work.sqlite", WorkDB.Mode.create) as work:
        files = sorted((ROOT / "src/offing" / package).rglob("*.py"))
        init(files, work, {})
        found = defaultdict(list)
        for item in work.work_items:
            (mutation,) = item.mutations
            operator = mutation.operator_name.split("/")[1]
            kind = operator.partition("_")[0]
            if operator in ALIKE:
                continue
            found[str(mutation.module_path), mutation.start_pos, mutation.end_pos, kind].append(mutation)
    left_out = {str(path): _left_out(path) for path in files}
    for path, start, end, kind in sorted(found):
        if not any(first <= start and end <= last for first, last in left_out[path]):
            yield Path(path), sorted(found[path, start, end, kind], key=lambda each: each.operator_name)


def _left_out(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The spans of a file that no test can tell of: annotations, how dataclasses are made, caches, any numbers."""
    spans, source = [], path.read_text(encoding="utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        told = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        told += [node.value] if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in _ANY else []
        spans += [(_start(each), _end(each)) for each in told if each is not None]
        spans += _stars(node, lines)
        free = [each for each in getattr(node, "decorator_list", ()) if _is_free(each)]
        spans += [(_start(each), ((each.end_lineno or each.lineno) + 1, 0)) for each in free]  # with its line's end
    return spans


def _stars(node: ast.AST, lines: Sequence[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The bare `*` of a definition: what is named behind it may be named with or without it."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return []
    head = range(node.lineno, node.body[0].lineno + 1)
    found = [(number, each.start()) for number in head for each in re.finditer(r"(?<=[(\s])\*(?=,)", lines[number - 1])]
    return [((number, at), (number, at + 1)) for number, at in found]


def _is_free(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called) in {"dataclass", "cache", "lru_cache"}


def _start(node: ast.expr) -> tuple[int, int]:
    return node.lineno, max(node.col_offset - 1, 0)  # the decorator's sign, too


def _end(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _mutant(package: str, path: Path, mutation: Any) -> Mutant | None:
    """The mutant that a change gives; None where it gives the same code."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = path.read_text(encoding="utf-8")
    try:
        code = mutate_code(source, get_operator(mutation.operator_name)(), mutation.occurrence)
    except AttributeError:  # Cosmic Ray 8.7 cannot replace an exception of a module: `except sa.exc.IntegrityError`
        return None
    if code is None or code == source:
        return None
    changed = next((a, b) for a, b in zip(source.splitlines(), [*code.splitlines(), ""], strict=False) if a != b)
    (first, _), (last, _) = mutation.start_pos, mutation.end_pos
    return Mutant(
        package=package,
        path=str(path.relative_to(ROOT)),
        line=first,
        last_line=last,
        operator=mutation.operator_name.split("/")[1],
        occurrence=mutation.occurrence,
        within=mutation.definition_name or "module",
        before=changed[0].strip(),
        after=changed[1].strip(),
        code=code,
    )
