"""Runs commands in this process, in a folder of their own, as a user would in a shell."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from offing.cli import group, main
from offing.errors import OffingError


@dataclass(frozen=True)
class Shell:
    """A shell in a folder."""

    folder: Path

    def run(self, *words: str, text: str | None = None) -> Result:
        """The result of a command, whatever it is."""
        return CliRunner().invoke(group, list(words), input=text)

    def call(self, *words: str, text: str | None = None) -> str:
        """What a command prints; it has to succeed."""
        done = self.run(*words, text=text)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    def json(self, *words: str) -> Any:
        """What a command prints as JSON."""
        return json.loads(self.call(*words))

    def refused(self, *words: str) -> str:
        """The sentence with which a command is refused."""
        done = self.run(*words)
        assert isinstance(done.exception, OffingError), done.output
        return str(done.exception)


def ended(folder: Path, *words: str, stdin: str = "") -> CompletedProcess[str]:
    """How the command ends in a folder, with all that it prints, in this process: one of its own takes a second."""
    nothing = dict.fromkeys(_settings())
    argv = patch.object(sys, "argv", ["offing", *words])
    with CliRunner().isolation(input=stdin, env=nothing) as (out, err, _), chdir(folder), argv:
        try:
            main()
        except SystemExit as stop:
            return CompletedProcess(words, int(stop.code or 0), out.getvalue().decode(), err.getvalue().decode())
    raise AssertionError("the command did not end the process")


@contextmanager
def shell_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell in a folder, with nothing of offing in the environment."""
    monkeypatch.chdir(folder)
    for name in _settings():
        monkeypatch.delenv(name)
    yield Shell(folder)


@contextmanager
def site_in(folder: Path, monkeypatch: pytest.MonkeyPatch, tables: Path) -> Iterator[Shell]:
    """A shell in a new site; its database begins as a copy of one with all tables, which migrations need not make."""
    with shell_in(folder, monkeypatch) as shell:
        shutil.copy(tables, folder / "offing.db")
        shell.call("init")
        yield shell


def _settings() -> list[str]:
    """Settings of offing that a person may have made: where data of others lie and tests keep their cache are none."""
    return [name for name in os.environ if name.startswith("OFFING_") and name not in {"OFFING_SHARED", "OFFING_CACHE"}]
