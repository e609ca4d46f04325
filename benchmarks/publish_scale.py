"""What a release takes at scale: seconds, projects a second, and the peak of resident memory.

    python benchmarks/publish_scale.py 5000 20000 200000

The records are those of the sample newsroom: its pipeline runs once, all candidates are accepted and
promoted, one record is corrected, one withdrawn, one merged. They are then copied within the database, each copy with
articles, evidence, decisions, events and ids of its own. For each size a first release is written, all records are
checked, one in a hundred is changed, a second release is compared with the first, and all is checked by the rules as
they ship, which find some ten thousand doubles. Each is `offing publish` in a
process of its own; what memory it took is what the kernel says of that process (`ru_maxrss`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from factories.copies import copy_records
from offing.model.projects.finding import ReleaseRule
from offing.model.projects.record_change import Operation
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.amending import Statement
from offing.services.records.correcting import Edit, correct, withdraw
from offing.services.records.projects import merge
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide, queue
from offing.store.database.engine import Database, open_database

# A process counts the memory of the one that started it, up to that moment: so this one, which is small, starts it.
LAUNCHER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(child.pid, 0)
print(f"\\n{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}")
"""
FOUND = 1  # exit code of a check that found what blocks a release
OFFING = Path(sys.executable).with_name("offing")
# Copies are each other's doubles, and sums have as many peers as there are copies: rules look, and find nothing.
RULES = "\n".join(
    (
        "[rules]",
        *(f'{rule} = "off"' for rule in ReleaseRule if rule is not ReleaseRule.OUTLYING_SUM),
        "[limits]",
        "deviations = 1000000.0",
    )
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took."""

    seconds: float
    megabytes: float


def main(sizes: list[int]) -> None:
    """Print a line for each size and command."""
    with tempfile.TemporaryDirectory() as folder:
        seed = newsroom(Path(folder) / "seed")
        print(f"{'projects':>9}  {'what':<16} {'s':>7} {'a second':>9} {'peak MB':>8}", flush=True)
        for size in sizes:
            site = Path(folder) / f"site-{size}"
            shutil.copytree(seed, site)
            multiply(site, size)
            measure(site, size)
            shutil.rmtree(site)


def measure(site: Path, size: int) -> None:
    """Time the commands on one site."""
    for what, arguments in (
        ("first release", ("1.0", "--out", "one")),
        ("check", ("--check",)),
        ("second release", ("1.1", "--out", "two")),
        ("check, all rules", ("--check",)),
    ):
        if what == "second release":
            change_some(site)
        elif what == "check, all rules":
            (site / "config" / "release.toml").unlink()
        taken = run(site, arguments)
        rate = size / taken.seconds
        print(f"{size:>9,}  {what:<16} {taken.seconds:>7.1f} {rate:>9.0f} {taken.megabytes:>8.0f}", flush=True)


def run(site: Path, arguments: tuple[str, ...]) -> Taken:
    """Run `offing publish` in a site."""
    start = time.monotonic()
    process = subprocess.run(
        (sys.executable, "-S", "-c", LAUNCHER, OFFING, "publish", *arguments), cwd=site, check=True, capture_output=True
    )
    code, kilobytes = map(int, process.stdout.splitlines()[-1].split())
    if code not in {0, FOUND}:
        sys.exit(f"offing publish {' '.join(arguments)} ended with {code}: {process.stderr.decode()}")
    return Taken(time.monotonic() - start, kilobytes / 1024)


def newsroom(site: Path) -> Path:
    """Return a site with the records of the sample newsroom that can be published as they are."""
    subprocess.run((OFFING, "demo", "--once", "--dir", site), check=True, stdout=subprocess.DEVNULL)
    (site / "config").mkdir()
    (site / "config" / "release.toml").write_text(RULES, encoding="utf-8")
    now, database = datetime.now(UTC), opened(site)
    for item in queue(database, now):
        decide(database, Verdict(item.candidate.id, Judgement.ACCEPT, "ana", alone=True), now)
    promote_accepted(database, now)
    amend(database, now)
    database.close()
    return site


def amend(database: Database, now: datetime) -> None:
    """Correct a record, withdraw one, merge one into another."""
    with database.read() as conn:
        one, two, three, four = conn.execute(sa.text("SELECT id FROM project ORDER BY id LIMIT 4")).scalars()
    said = Statement("dana", now, "the contract says so", "https://treasury.example/contract.pdf")
    correct(database, one, Edit("places", Operation.ADD, "Konza"), said, keep=True)
    withdraw(database, two, said, keep=True)
    merge(database, three, four, said)


def opened(site: Path) -> Database:
    """Return the database of a site."""
    from offing.config.files.layers import Layers

    return open_database(f"sqlite:///{site / 'offing.db'}").of_site(Layers.of(site / "config"))


def multiply(site: Path, size: int) -> None:
    """Copy the records of a site until there are so many."""
    database = opened(site)
    with database.write() as conn:
        copy_records(conn, size)
    database.close()


def change_some(site: Path) -> None:
    """Let one in a hundred projects have one more place: it, and the only candidate that it was made from."""
    database = opened(site)
    chosen = """SELECT p.id AS id, min(c.candidate_id) AS candidate FROM project p JOIN project_candidate c
        ON c.project_id = p.id WHERE p.redirects_to IS NULL AND p.withdrawn IS NULL AND p.by_hand IS NULL
        AND p.id NOT IN (SELECT other FROM record_change WHERE other IS NOT NULL)
        GROUP BY p.id HAVING count(*) = 1"""
    more = "facts = json_insert(facts, '$.places[#]', 'Newtown')"
    with database.write() as conn:
        some = "LIMIT (SELECT count(*) / 100 FROM project)"
        conn.exec_driver_sql(f"CREATE TEMP TABLE changed AS {chosen} ORDER BY substr(p.id, -2), p.id {some}")
        conn.exec_driver_sql(f"UPDATE candidate SET {more} WHERE id IN (SELECT candidate FROM changed)")
        conn.exec_driver_sql(f"UPDATE project SET {more} WHERE id IN (SELECT id FROM changed)")
    database.close()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [2000])
