"""Measure the start-up cost of a process, in CPU seconds: imports, rules, and the first article in each language.

    python benchmarks/start.py

Each figure is the minimum over three fresh processes, to reduce the effect of other load. `cold` fills the cache of
rules, `warm` uses a full one, `off` runs without (docs/decisions/0024-cache-of-rules.md).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 3
MODULES = (
    "offing.cli",
    "offing.cli.running.run",
    "offing.services.running.workers.parsing",
    "offing.services.running.workers.analysing",
    "spacy",
)
IMPORT = "import time, {module}; print(time.process_time())"
FIRST = """
import json, sys, time
from offing.config.files import cache
from offing.model.sources.article import Article
from offing.settings import read_settings
cache.set_up(read_settings().cache)
from offing.services.analysis.analyst import load_analyst
imported = time.process_time()
row = json.loads(sys.argv[1])
analyst = load_analyst(None)
loaded = time.process_time()
analyst.study(Article(1, row["title"], tuple(row["paragraphs"]), row["lang"]))
print(imported, loaded - imported, time.process_time() - loaded, time.process_time())
"""
# Modules are compiled once, as in an installed package.
_AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "OFFING_LOG": os.devnull
}
GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold_open.jsonl"


def run_fresh(script: str, *arguments: str, cache_folder: str = "off") -> list[float]:
    """Return the figures printed by a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=_AS_INSTALLED | {"OFFING_CACHE": cache_folder},
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(figure) for figure in done.stdout.split()]


def fastest(script: str, *arguments: str, cache_folder: str = "off", rounds: int = ROUNDS) -> list[float]:
    """Return the figures of the fastest process, by its last figure, the total."""
    return min(
        (run_fresh(script, *arguments, cache_folder=cache_folder) for _ in range(rounds)),
        key=lambda figures: figures[-1],
    )


def first_of_each_language() -> dict[str, str]:
    """Return the first article of the gold set in each language, as a line of JSON."""
    import json

    found: dict[str, str] = {}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        found.setdefault(json.loads(line)["lang"], line)
    return found


def main() -> None:
    """Print the table."""
    for module in MODULES:
        print(f"import {module:24} {fastest(IMPORT.format(module=module))[0]:5.2f} s")
    print(f"{'first article':20} {'imports':>8} {'rules':>8} {'article':>8} {'total':>8}")
    articles = first_of_each_language()
    with tempfile.TemporaryDirectory() as folder:
        print_row("en, off", fastest(FIRST, articles["en"]))
        print_row("en, cold", fastest(FIRST, articles["en"], cache_folder=folder, rounds=1))
        for language, article in articles.items():
            run_fresh(FIRST, article, cache_folder=folder)
            print_row(f"{language}, warm", fastest(FIRST, article, cache_folder=folder))


def print_row(name: str, figures: list[float]) -> None:
    """Print a line of the table."""
    print(f"{name:20} " + " ".join(f"{figure:8.2f}" for figure in figures))


if __name__ == "__main__":
    main()
