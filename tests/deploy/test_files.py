"""What deploy/ runs offing with: its commands, settings and files exist, and the tools that read it take it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from offing.cli import group
from offing.settings import read_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "container/Containerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text("utf-8"))
OVER = yaml.safe_load((DEPLOY / "container/compose.postgres.yaml").read_text("utf-8"))
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
MOST_EXPOSED = 15  # tenths: what `systemd-analyze security` calls OK begins at 20
VENV = "/srv/offing/.venv/bin/offing"


def tool(name: str) -> str:
    """The program of this name; without it, the test is left out."""
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def instructions(name: str) -> list[str]:
    """The arguments of an instruction of the Containerfile, each time that it occurs."""
    joined = CONTAINERFILE.replace("\\\n", " ")
    return [line.split(None, 1)[1] for line in joined.splitlines() if line.split(None, 1)[:1] == [name]]


def commands() -> Iterator[tuple[str, list[str]]]:
    """All arguments that offing is started with, by where they stand."""
    for unit in UNITS:
        started = re.findall(r"(?m)^ExecStart=(\S+) (.*)$", unit.read_text("utf-8"))
        assert [program for program, _ in started] == [VENV]
        yield unit.name, shlex.split(started[0][1])
    yield "Containerfile", yaml.safe_load(instructions("CMD")[-1])
    yield "compose.yaml", ["serve" if word == "${SITE_NAME}" else word for word in service("offing")["command"]]
    for line in (DEPLOY / "cron/offing").read_text("utf-8").splitlines():
        if "&& offing" in line:
            yield "cron", shlex.split(line.split("&& offing ")[1])


def service(name: str) -> dict[str, Any]:
    """A service of compose.yaml."""
    return dict(COMPOSE["services"][name])


@pytest.mark.parametrize(("where", "words"), list(commands()), ids=str)
def test_each_command_and_its_options_exist(where: str, words: list[str]) -> None:
    """As click reads them: a misspelt option ends a service at each start."""
    command, words = group.get_command(click.Context(group), words[0]), words[1:]
    assert command is not None, where
    command.make_context("offing", list(words))


def test_each_setting_is_one_that_is_read() -> None:
    """An unknown one ends each command; nothing is put on the command line that others could see."""
    texts = [path.read_text("utf-8") for path in DEPLOY.rglob("*") if path.is_file()]
    names = {name for text in texts for name in re.findall(r"\bOFFING_[A-Z_]+", text)}
    assert {"OFFING_CONTACT", "OFFING_DATABASE", "OFFING_LOG"} <= names
    given = {
        "OFFING_CONTACT": "https://x.example",
        "OFFING_DATABASE": "sqlite://",
        "OFFING_LOG": "-",
        "OFFING_CACHE": "off",
    }
    read_settings({name: given[name] for name in names})


def test_the_image_is_built_from_files_that_are_here_and_runs_as_nobody_else() -> None:
    """Each copied file exists, and each that the wheel is made from is copied; the last user is not root."""
    copied = [word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"src", "config", "pipelines", "migrations", "LICENSE", "LICENSES", "NOTICE", "README.md"} <= set(copied)
    assert instructions("USER") == ["10001:10001"]
    assert "VOLUME /site" in CONTAINERFILE
    assert instructions("FROM")[0].split()[0] == instructions("FROM")[1], "the environment goes to the same Python"


@pytest.mark.parametrize("name", ["offing", "proxy"])
def test_services_write_nowhere_but_in_volumes(name: str) -> None:
    """Root is read-only, no capability is kept that is not named, and none can be gained."""
    one = service(name)
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one.get("cap_add", []) == ([] if name == "offing" else ["NET_BIND_SERVICE"])
    assert one["security_opt"] == ["no-new-privileges:true"]
    volumes = {each.split(":")[0] for each in one["volumes"]}
    assert volumes <= set(COMPOSE["volumes"])


def test_nobody_reaches_the_web_app_but_through_the_proxy() -> None:
    """It listens on loopback, which the proxy shares; only the proxy's ports are published."""
    assert service("proxy")["network_mode"] == "service:offing"
    assert service("offing")["ports"] == ["80:80", "443:443"]
    assert not any("0.0.0.0" in part for part in map(str, (COMPOSE, OVER, CONTAINERFILE)))
    assert service("proxy")["command"][-1] == "127.0.0.1:8765"


def test_postgresql_is_reached_without_a_password_in_an_address() -> None:
    """It goes by the variable that PostgreSQL's driver reads."""
    environment = OVER["services"]["offing"]["environment"]
    assert environment["OFFING_DATABASE"] == "postgresql://offing@database/offing"
    assert environment["PGPASSWORD"].startswith("${DATABASE_PASSWORD:?")
    assert set(OVER["volumes"]) == {each.split(":")[0] for each in OVER["services"]["database"]["volumes"]}


def test_cron_says_what_the_guide_says() -> None:
    """The lines of docs/operate.md, which another test runs, with the user that /etc/cron.d wants."""
    lines = [line for line in (DEPLOY / "cron/offing").read_text("utf-8").splitlines() if line[:1] not in "#S"]
    guide = (ROOT / "docs/operate.md").read_text("utf-8").replace("cd /srv/offing", "offing  cd /srv/offing")
    assert len(lines) == 4
    for line in lines:
        assert line in guide


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    """No word of them is unknown to it, and little of the machine is exposed."""
    analyze = tool("systemd-analyze")
    for path in (DEPLOY / "systemd").iterdir():
        text = path.read_text("utf-8").replace(VENV, "/bin/true")
        (tmp_path / path.name).write_text(text, "utf-8")
    files = [str(path) for path in tmp_path.iterdir()]
    verified = subprocess.run([analyze, "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    own = [line for line in verified.stderr.splitlines() if "offing" in line]
    assert own == [], own
    options = ["--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    rated = subprocess.run([analyze, "security", *options, str(unit)], capture_output=True, text=True, check=False)
    assert rated.returncode == 0, rated.stdout[-300:] + rated.stderr


def test_caddy_takes_its_file() -> None:
    """As `caddy validate` reads it."""
    words = [tool("caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "proxy/Caddyfile")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
