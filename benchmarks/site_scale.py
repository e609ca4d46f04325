"""What the web pages of a release take at scale: seconds, files, megabytes on disk, and memory beside the program's.

    python benchmarks/site_scale.py 5000 20000 200000
    python benchmarks/site_scale.py --keep FOLDER 20000    # leaves the site there, to be opened in a browser

The projects are those of the sample newsroom, published once and copied with ids of their own. For each size a process
of its own writes the site to a disk; its memory is what the kernel says of it (`VmHWM`), beside that of one that
writes the site of a hundred projects.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from offing.model.projects.finding import Citation
from offing.publish import ProjectBody, unpacked
from offing.publish.documents import head_of
from offing.publish.formats.site import Site
from offing.services.releases.folder import Opener
from offing.store.database.engine import open_database
from offing.store.records.release import content, content_ids

FEW = 100


def main() -> None:
    """Print a line for each size; with --write be the process that writes a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path, help="the release whose projects are copied")
    asked = parser.parse_args()
    if asked.write:
        write(asked.write, asked.keep, asked.sizes[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        bodies = published(Path(folder))
        _, least = measured(bodies, None, FEW)
        print(f"{'projects':>9} {'s':>7} {'files':>9} {'MB':>7} {'of it search':>12} {'MB of memory':>12}")
        for size in asked.sizes:
            (seconds, files, disk, search), memory = measured(bodies, asked.keep, size)
            print(
                f"{size:>9,} {seconds:>7.0f} {files:>9,.0f} {disk:>7,.0f} {search:>12.1f} {memory - least:>12.0f}",
                flush=True,
            )


def published(folder: Path) -> Path:
    """Publish the projects of the sample newsroom; return a file with what the release says of each."""
    from publish_scale import OFFING, newsroom

    site = newsroom(folder / "site")
    subprocess.run(
        (OFFING, "publish", "1.0", "--format", "csv", "--out", "release"),
        cwd=site,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    database, kept = open_database(f"sqlite:///{site / 'offing.db'}"), folder / "bodies.jsonl"
    with database.read() as conn, kept.open("w", encoding="utf-8") as file:
        ids = list(content_ids(conn, 1))
        for stored in content(conn, 1, ids).values():
            if (body := unpacked(stored)) and not body.retired:
                file.write(json.dumps([body.project_id, body.rows]) + "\n")
    database.close()
    return kept


def measured(bodies: Path, keep: Path | None, size: int) -> tuple[list[float], float]:
    """Write a site in a process of its own: seconds, files, megabytes, megabytes of the search; megabytes of memory."""
    with tempfile.TemporaryDirectory() as folder:
        words = (sys.executable, __file__, "--write", bodies, "--keep", keep or folder, str(size))
        done = subprocess.run(words, check=True, capture_output=True, text=True)
    *figures, memory = map(float, done.stdout.split())
    return figures, memory


def write(bodies: Path, folder: Path, size: int) -> None:
    """Write a site of some size, and print what it took."""
    start = time.monotonic()
    with Opener(folder) as opener:
        site = Site(opener, head_of("1.0", Citation()))
        for body in copies(bodies, size):
            site.add(body)
        site.finish()
    seconds = time.monotonic() - start
    memory = int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))[0]) / 1024
    sizes = {path: path.stat().st_size / 1e6 for path in folder.rglob("*") if path.is_file()}
    search = sum(each for path, each in sizes.items() if path.parent.name == "search")
    print(seconds, len(sizes), sum(sizes.values()), search, memory)


def copies(bodies: Path, size: int) -> Iterator[ProjectBody]:
    """Yield so many projects, each with an id of its own."""
    lines = bodies.read_text("utf-8").splitlines()
    for number in range(size):
        line = lines[number % len(lines)]
        old = json.loads(line)[0]
        project_id, rows = json.loads(line.replace(old, f"off-2026-{number + 1:06d}"))
        yield ProjectBody(project_id, rows)


if __name__ == "__main__":
    main()
