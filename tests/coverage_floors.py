"""Fail where tests reach too little of the code: `python tests/coverage_floors.py FILE`, as slipcover writes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

WHOLE, STAGES = 90, 98  # percent of lines and branches
PURE = ("model", "poll", "fetch", "extract", "recognize", "propose", "second", "match", "review", "promote", "publish")


def reached(files: dict[str, Any]) -> float:
    """The percentage of lines and branches of files that ran."""
    ran = sum(len(file["executed_lines"]) + len(file["executed_branches"]) for file in files.values())
    left = sum(len(file["missing_lines"]) + len(file["missing_branches"]) for file in files.values())
    return 100 * ran / (ran + left)


def say(line: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(line + "\n")


def main(report: Path) -> int:
    """Print what is reached of the package and of its stages, and the files behind; return 1 if a floor is broken."""
    files = json.loads(report.read_text())["files"]
    stages = {name: file for name, file in files.items() if name.split("/")[2] in PURE}
    found = {"the package": (reached(files), WHOLE), "model and stages": (reached(stages), STAGES)}
    for name, file in files.items():
        if (percent := reached({name: file})) < WHOLE:
            say(f"{name}: {percent:.0f} %, not lines {file['missing_lines']} branches {file['missing_branches']}")
    for part, (percent, floor) in found.items():
        say(f"coverage of {part}: {percent:.1f} %, at least {floor} %")
    return 1 if any(percent < floor for percent, floor in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
