"""docs/tutorial.md and what follows it: each command does what the page shows, and the releases are the expected ones.

`EXPECTED=write pytest tests/test_tutorial.py` writes tests/data/expected_release, to be read before it is committed.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from offing.sample import Newsroom
from offing.settings import read_settings

DOCS = Path(__file__).parents[1] / "docs"
PAGE, SEQUEL = DOCS / "tutorial.md", DOCS / "howto/correct-a-release.md"
EXPECTED = Path(__file__).parent / "data/expected_release"
PORT = "36917"  # of the newsroom, as the page has it
LEFT_OUT = "…"
_QUEUE_LINE = re.compile(r"(?m)^(\d+)\t.+\t(.+)$")
_BECAME = re.compile(r"(?m)^candidate (\d+) became (off-\d{4}-\d{6})$")
_NUMBER = re.compile(
    r"(?m)^\d+(?=\t)|(?<=show )\d+|(?<=decide )\d+|(?<=candidate )\d+|(?<=candidate:)\d+|off-\d{4}-\d{6}"
)


@dataclass
class Reader:
    """Somebody who follows the page in a folder, with numbers of candidates and records as they come here."""

    folder: Path
    port: int
    exports: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    def here(self, text: str) -> str:
        """What the page says, with the numbers and the port of this newsroom."""
        known = _NUMBER.sub(lambda found: self.numbers.get(found[0], found[0]), text)
        return known.replace(PORT, str(self.port))

    def follow(self, command: str, shown: str) -> None:
        """Run one command, and compare what it prints with what the page shows."""
        if command.startswith("export "):
            self.exports.append(self.here(command))
            return
        printed = self.run(self.here(command))
        if command.startswith("mkdir "):
            self.folder /= "site"
        self.learn(shown, printed)
        missing = [line for line in self.here(shown).splitlines() if not stands(line, printed)]
        assert not missing, f"{command} does not print {missing}, but\n{printed}"

    def run(self, command: str) -> str:
        """What a command prints; it has to succeed."""
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        script = "\n".join(("set -e", *self.exports, command))
        shell, env = ["bash", "-c", script], os.environ | {"PATH": path}
        run = subprocess.run(shell, cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{command}: {run.stdout}{run.stderr}"
        return run.stdout

    def learn(self, shown: str, printed: str) -> None:
        """Note which numbers of the page are which here: candidates by their headlines, records by their candidates."""
        here = {headline: number for number, headline in _QUEUE_LINE.findall(printed)}
        self.numbers |= {number: here[headline] for number, headline in _QUEUE_LINE.findall(shown)}
        records = dict(_BECAME.findall(printed))
        self.numbers |= {record: records[self.numbers[number]] for number, record in _BECAME.findall(shown)}


def stands(line: str, printed: str) -> bool:
    """Whether a line is among those printed; `…` stands for anything, and columns may be wider."""
    parts = (r"\s+".join(map(re.escape, part.split())) for part in line.split(LEFT_OUT))
    wanted = r"\s*.*\s*".join(parts)
    return bool(re.search(rf"(?m)^\s*{wanted}\s*$", printed))


def plain_release(reader: Reader, folder: Path) -> dict[str, list[str]]:
    """Return the sorted lines of each file of a release, with the page's numbers and nothing of this day or machine."""
    page = {here: number for number, here in reader.numbers.items() if number.startswith("off-")}
    today = f"{datetime.now(UTC):%Y-%m-%d}"

    def plain(text: str) -> str:
        text = re.sub(r"off-\d{4}-\d{6}", lambda found: page.get(found[0], found[0]), text)
        text = re.sub(rf"{today}T[\d:]+Z", "NOW", text.replace(str(reader.port), PORT))
        text = text.replace(f",{read_settings().user},", ",you,")
        text = re.sub(rf'(?<="){today}(?=")', "TODAY", text)
        sizes = r'(?<="bytes": )\d+|\d+(?= B")|(?<="@value": ")\d+(?=")'
        return re.sub(rf'(?<=sha256:)\w{{64}}|\b[0-9a-f]{{64}}(?=  |")|{sizes}', "…", text)

    others = {"offing.sqlite", "entities.ftm.json"}  # no text, and ids that follow from addresses of this machine
    texts = (path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in others)
    files = {path.name: plain(path.read_text("utf-8")).splitlines() for path in texts}
    ends = {name: "," if name.endswith("json") else "" for name in files}  # the last of a list has no comma
    return {name: sorted(line.strip().rstrip(ends[name]) for line in lines) for name, lines in files.items()}


def compare(found: dict[str, list[str]], folder: Path) -> None:
    """Compare a release with the expected one, file by file; where asked to, write it as the expected one."""
    if os.environ.get("EXPECTED") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for name, lines in found.items():
            (folder / name).write_text("\n".join((*lines, "")), encoding="utf-8")
    assert sorted(found) == sorted(path.name for path in folder.iterdir())
    for name, lines in found.items():
        wanted = (folder / name).read_text("utf-8").splitlines()
        assert lines == wanted, "\n".join(
            difflib.unified_diff(wanted, lines, f"expected {name}", name, lineterm="", n=0)
        )


def steps(page: Path = PAGE) -> list[tuple[str, str]]:
    """The commands of a page, each with what is shown below it."""
    blocks = re.findall(r"(?ms)^```console\n(.+?)^```", page.read_text("utf-8"))
    commands = [re.split(r"(?m)^\$ ", block)[1:] for block in blocks]
    return [(first, rest) for block in commands for first, _, rest in (each.partition("\n") for each in block)]


@pytest.mark.slow(minutes=1)
def test_the_tutorial_does_what_it_says_and_releases_what_is_expected(tmp_path: Path) -> None:
    """Whoever follows the page, then corrects its release, sees what the pages show and publishes these releases."""
    with Newsroom() as newsroom:
        reader = Reader(tmp_path, newsroom.host[1])
        for command, shown in (*steps(), *steps(SEQUEL)):
            reader.follow(command, shown)
    for version in ("1.0", "1.1"):
        compare(plain_release(reader, reader.folder / f"release-{version}"), EXPECTED / version)


def test_the_tutorial_reaches_a_release() -> None:
    """The page goes the whole way, from a site to a release."""
    words = [command.split()[1] for command, _ in steps() if command.startswith("offing ")]
    assert list(dict.fromkeys(words)) == [
        "init",
        "feeds",
        "run",
        "queue",
        "decide",
        "undo",
        "promote",
        "projects",
        "publish",
    ]
