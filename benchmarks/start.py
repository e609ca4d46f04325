"""What a process pays before its first article, in seconds of a core: imports, rules, the first article by language.

    python benchmarks/start.py

Each figure is the least of three fresh processes, so that what else the machine does counts little. `cold` fills the
cache of rules, `warm` finds it full, `off` has none (docs/decisions/0024-cache-of-rules.md).
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


def spent(script: str, *arguments: str, kept: str = "off") -> list[float]:
    """Return the figures that a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=_AS_INSTALLED | {"OFFING_CACHE": kept},
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(figure) for figure in done.stdout.split()]


def least(script: str, *arguments: str, kept: str = "off", rounds: int = ROUNDS) -> list[float]:
    """Return the figures of the process that took least in all, which its last figure says."""
    return min((spent(script, *arguments, kept=kept) for _ in range(rounds)), key=lambda figures: figures[-1])


def first_of_each_language() -> dict[str, str]:
    """Return one article of the gold set in each language, as it stands there."""
    import json

    found: dict[str, str] = {}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        found.setdefault(json.loads(line)["lang"], line)
    return found


def main() -> None:
    """Print the table."""
    for module in MODULES:
        print(f"import {module:24} {least(IMPORT.format(module=module))[0]:5.2f} s")
    print(f"{'first article':20} {'imports':>8} {'rules':>8} {'article':>8} {'in all':>8}")
    articles = first_of_each_language()
    with tempfile.TemporaryDirectory() as folder:
        shown("en, off", least(FIRST, articles["en"]))
        shown("en, cold", least(FIRST, articles["en"], kept=folder, rounds=1))
        for language, article in articles.items():
            spent(FIRST, article, kept=folder)
            shown(f"{language}, warm", least(FIRST, article, kept=folder))


def shown(name: str, figures: list[float]) -> None:
    """Print a line of the table."""
    print(f"{name:20} " + " ".join(f"{figure:8.2f}" for figure in figures))


if __name__ == "__main__":
    main()
