"""Compare the structure of packages in figures.

    python benchmarks/structure.py src/offing FOLDER...    folders of other packages, such as unpacked wheels

A private function used once is named only in its own file, and once: readers must jump to it. An ambiguous name is
shared by three or more public functions or classes in different modules.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

SHORT = 3  # lines in a function's body, without its docstring
SEVERAL = 3

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Structure:
    """The figures of one package."""

    files: int
    most_in_a_folder: int
    longest_file: int
    functions: int
    median_function: float
    p90_function: float
    longest_function: int
    private_used_once: float
    short: float
    several_meanings: int
    documented: float


def measured(folder: Path) -> Structure:
    """Return the figures of all Python files below a folder, including tests and generated files."""
    texts = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    functions = [(path, each) for path, tree in trees.items() for each in ast.walk(tree) if isinstance(each, Function)]
    lengths = [_lines(each) for _, each in functions]
    private = [(path, each.name) for path, each in functions if re.match(r"_(?!_)", each.name)]
    once = sum(len(re.findall(rf"\b{name}\b", texts[path])) == 2 for path, name in private)
    public = list(_public(trees.values()))
    meanings = Counter(each.name for each in public)
    return Structure(
        files=len(texts),
        most_in_a_folder=max(Counter(path.parent for path in texts).values()),
        longest_file=max(text.count("\n") for text in texts.values()),
        functions=len(functions),
        median_function=median(lengths),
        p90_function=quantiles(lengths, n=10)[-1],
        longest_function=max(lengths),
        private_used_once=once / len(functions),
        short=sum(_body(each) <= SHORT for _, each in functions) / len(functions),
        several_meanings=sum(count >= SEVERAL for count in meanings.values()),
        documented=sum(ast.get_docstring(each) is not None for each in public) / len(public),
    )


def _public(trees: Iterable[ast.Module]) -> Iterator[Function | ast.ClassDef]:
    for tree in trees:
        for each in tree.body:
            if isinstance(each, Function | ast.ClassDef) and not each.name.startswith("_"):
                yield each


def _lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _body(function: Function) -> int:
    first = function.body[1 if ast.get_docstring(function) is not None and len(function.body) > 1 else 0]
    return (function.end_lineno or first.lineno) - first.lineno + 1


def main(folders: list[str]) -> None:
    """Print a table with a row for each figure and a column for each package."""
    found = {Path(folder).name: measured(Path(folder)) for folder in folders}
    print("| |", " | ".join(found), "|")
    print("|---" * (len(found) + 1) + "|")
    for name in Structure.__slots__:
        values = [getattr(each, name) for each in found.values()]
        print(f"| {name.replace('_', ' ')} |", " | ".join(_written(value) for value in values), "|")


def _written(value: float) -> str:
    return f"{value:.2f}" if isinstance(value, float) and value < 1 else f"{value:.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
