"""Settings: what the environment may say, and what it may not."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from offing.errors import UsageError
from offing.logs import LogFormat, LogLevel
from offing.model.sources.policy import RetryScope
from offing.settings import read_settings


def test_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word from the environment the site is the current folder."""
    monkeypatch.chdir(tmp_path)
    settings = read_settings({})
    assert settings.database == "sqlite:///offing.db"
    assert settings.database_file == Path("offing.db")
    assert settings.config is None
    assert settings.log_target == "offing.log"
    (tmp_path / "config").mkdir()
    assert read_settings({}).config == Path("config")


def test_all_variables() -> None:
    """Each variable is read."""
    settings = read_settings(
        {
            "OFFING_DATABASE": "postgresql://u:p@db/offing",
            "OFFING_CONFIG": "/etc/offing",
            "OFFING_LOG": "-",
            "OFFING_LOG_FORMAT": "console",
            "OFFING_LOG_LEVEL": "Debug",
            "OFFING_ALLOWED_HOSTS": "127.0.0.1:8700,, [::1]:80 ,mirror.test:8080",
            "OFFING_HOST_DELAY": "0.5",
            "OFFING_RETRY_SCOPE": "domain",
            "OFFING_CONTACT": "ops@example.org",
        }
    )
    assert settings.database_file is None
    assert settings.log_target == "-"
    assert (settings.log_format, settings.log_level) == (LogFormat.CONSOLE, LogLevel.DEBUG)
    assert settings.allowed_hosts == {("127.0.0.1", 8700), ("::1", 80), ("mirror.test", 8080)}
    assert settings.host_delay == timedelta(seconds=0.5)
    assert settings.retry_scope is RetryScope.DOMAIN


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have cache folders of their own")
@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"OFFING_CACHE": "off", "HOME": "/home/ana"}, None),
        ({"OFFING_CACHE": "/var/cache/offing", "XDG_CACHE_HOME": "/tmp/caches"}, Path("/var/cache/offing")),
        ({"OFFING_CACHE": "kept"}, Path.cwd() / "kept"),
        ({"XDG_CACHE_HOME": "/tmp/caches", "HOME": "/home/ana"}, Path("/tmp/caches/offing")),
        ({"XDG_CACHE_HOME": "caches", "HOME": "/home/ana"}, Path("/home/ana/.cache/offing")),
        ({}, None),
    ],
)
def test_where_what_is_derived_is_kept(environ: dict[str, str], folder: Path | None) -> None:
    """Where the environment says so, else where the platform has caches; a user without a home keeps nothing."""
    assert read_settings(environ).cache == folder


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OFFING_LOG_FORMAT", "xml"),
        ("OFFING_LOG_LEVEL", "loud"),
        ("OFFING_ALLOWED_HOSTS", "127.0.0.1"),
        ("OFFING_ALLOWED_HOSTS", "127.0.0.1:99999"),
        ("OFFING_ALLOWED_HOSTS", "::1:80"),
        ("OFFING_HOST_DELAY", "soon"),
        ("OFFING_HOST_DELAY", "-1"),
        ("OFFING_RETRY_SCOPE", "planet"),
    ],
)
def test_wrong_values_are_named(name: str, value: str) -> None:
    """A value that cannot be used is named with its variable."""
    with pytest.raises(UsageError, match=name):
        read_settings({name: value})


def test_half_a_trusted_proxy_is_an_error_at_once() -> None:
    """Header without proxy, proxy without header, everybody as proxy: said before anything runs."""
    both = read_settings(
        {"OFFING_AUTH_PROXY": "10.0.0.5,10.1.0.0/29", "OFFING_AUTH_HEADER": "X-Remote-User"}
    ).auth_proxy
    assert both
    assert (both.header, len(both.networks)) == ("x-remote-user", 2)
    for proxy, header, said in (
        ("", "X-Remote-User", "anybody could send it"),
        ("10.0.0.5", " ", "OFFING_AUTH_PROXY is set alone"),
        ("0.0.0.0/0", "X-Remote-User", "everybody"),
        ("proxy.test", "X-Remote-User", "not an address or network"),
        ("10.0.0.5/8", "X-Remote-User", "not an address or network"),
        ("10.0.0.5", "X Remote", "not a name of a header"),
    ):
        with pytest.raises(UsageError, match=said):
            read_settings({"OFFING_AUTH_PROXY": proxy, "OFFING_AUTH_HEADER": header})


def test_the_share_of_second_readings_is_a_percentage() -> None:
    """Five percent unless it is said; none is possible; more than all is not."""
    assert read_settings({}).second_reading == 0.05
    assert read_settings({"OFFING_SECOND_READING": "0"}).second_reading == 0
    assert read_settings({"OFFING_SECOND_READING": "12.5"}).second_reading == 0.125
    for wrong in ("101", "-1", "x", "nan"):
        with pytest.raises(UsageError, match="percentage"):
            read_settings({"OFFING_SECOND_READING": wrong})
