"""A site in a folder, driven through the command line as its users do, against a newsroom on loopback."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GOLD = HERE.parent / "data" / "gold_open.jsonl"
NEWSROOM = HERE.parent / "equipment" / "newsroom.py"


@dataclass(frozen=True)
class Newsroom:
    """A running newsroom: its addresses and what it has served."""

    base: str
    hosts: tuple[str, ...]
    articles: int

    @property
    def opml(self) -> bytes:
        """All its feeds."""
        return get(f"{self.base}/opml")

    def served(self) -> Counter[str]:
        """How often each path was asked for, robots.txt left out."""
        rows = json.loads(get(f"{self.base}/log.json"))
        return Counter(row["path"] for row in rows if not row["path"].endswith(("robots.txt", "/opml")))


def get(url: str) -> bytes:
    """The content at an address."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read()


@contextmanager
def newsroom(folder: Path, rows: list[dict[str, Any]], hosts: int = 3) -> Iterator[Newsroom]:
    """A newsroom that serves some articles from several hosts, each article in two feeds."""
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.1.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, NEWSROOM, "--articles", file, "--port", port, "--hosts", hosts, "--seconds", 900]
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "OPML at" in process.stdout.readline()
        addresses = tuple(f"127.0.1.{number}:{port}" for number in range(1, hosts + 1))
        yield Newsroom(f"http://{addresses[0]}", addresses, len(rows))
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def gold(count: int | None = None, seed: int = 7) -> list[dict[str, Any]]:
    """Annotated articles, a seeded choice of them."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return random.Random(seed).sample(rows, count) if count else rows


@dataclass(frozen=True)
class Site:
    """A folder in which offing runs."""

    folder: Path
    database: str
    allowed: tuple[str, ...] = ()
    delay: str = "0"

    @property
    def env(self) -> dict[str, str]:
        """The environment of its commands."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("OFFING_", "COV_"))},
            "OFFING_CACHE": os.environ["OFFING_CACHE"],  # that of the tests: nobody's own is written to
            "OFFING_DATABASE": self.database,
            **({"OFFING_ALLOWED_HOSTS": ",".join(self.allowed)} if self.allowed else {}),
            "OFFING_HOST_DELAY": self.delay,
            "OFFING_LOG": str(self.folder / "offing.log"),
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command that is left running."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self._command(words), cwd=self.folder, env=self.env, stdout=pipe, stderr=pipe, text=True
        )

    def call(self, *words: str, ok: int = 0) -> str:
        """What a command prints; it has to end with the exit code `ok`."""
        done = subprocess.run(
            self._command(words),
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == ok, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout if ok == 0 else done.stdout + done.stderr

    def json(self, *words: str) -> Any:
        """What a command prints as JSON."""
        return json.loads(self.call(*words))

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "offing", *words]

    def log_lines(self) -> list[dict[str, Any]]:
        """The log so far."""
        file = self.folder / "offing.log"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def wait_for(self, event: str, after: int) -> bool:
        """Wait until the log holds an event beyond its first `after` lines; False after 30 seconds."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                if any(line.get("event") == event for line in self.log_lines()[after:]):
                    return True
            except ValueError:  # the last line is being written
                pass
            time.sleep(0.02)
        return False
