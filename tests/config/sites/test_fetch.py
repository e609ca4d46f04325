"""The fetch policy from config."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

import offing
from offing.config.files.layers import Layers
from offing.config.sites.fetch import load_fetch_policy
from offing.errors import ConfigError, UsageError
from offing.model.sources.policy import FetchPolicy, RetryScope
from offing.shipped import shipped


def _site(tmp_path: Path, text: str) -> Layers:
    (tmp_path / "fetch.toml").write_text(text, encoding="utf-8")
    return Layers.of(tmp_path)


def test_what_ships_is_what_the_model_says():
    """The shipped file agrees with the defaults of the type, so that tests and practice are one."""
    policy = load_fetch_policy(Layers.of())
    assert policy == FetchPolicy(user_agent=f"offing/{offing.__version__}")
    assert policy.allowed == frozenset()


def test_every_key_says_why():
    """Each key of the shipped file stands below a comment."""
    lines = (shipped("config") / "fetch.toml").read_text(encoding="utf-8").splitlines()
    keys = [n for n, line in enumerate(lines) if line and not line.startswith("#")]
    assert len(keys) == len(fields(FetchPolicy)) - 2  # all but the allowed hosts and the credentials
    assert all(lines[n - 1].startswith("#") or n - 1 in keys for n in keys)


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", "offing/2.0"),
        ("https://news.test/bots", "offing/2.0 (+https://news.test/bots)"),
        ("ops@news.test", "offing/2.0 (+ops@news.test)"),
    ],
)
def test_user_agent(contact: str, agent: str):
    """The user agent names version and contact; without a contact its brackets go."""
    assert load_fetch_policy(Layers.of(), contact, "2.0").user_agent == agent


@pytest.mark.parametrize("contact", ["me\r\nX: y", "Zoë", "a b", "a(b)", "\x00"])
def test_a_contact_that_no_header_holds(contact: str):
    """A contact with line ends, spaces, brackets or letters beyond ASCII is told to the person who set it."""
    with pytest.raises(UsageError, match="OFFING_CONTACT"):
        load_fetch_policy(Layers.of(), contact)


def test_a_site_sets_single_keys(tmp_path: Path):
    """A site's file changes the keys that it has, and no others."""
    layers = _site(tmp_path, 'retry_scope = "domain"\nhost_delay_seconds = 5\nuser_agent = "mirror/{version}"\n')
    policy = load_fetch_policy(layers, version="1")
    assert (policy.retry_scope, policy.host_delay) == (RetryScope.DOMAIN, timedelta(seconds=5))
    assert (policy.user_agent, policy.deadline) == ("mirror/1", timedelta(seconds=30))


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("\nspeed = 1", "speed", 2),
        ('deadline_seconds = "long"', "deadline_seconds", 1),
        ("deadline_seconds = 0", "deadline_seconds", 1),
        ("deadline_seconds = inf", "deadline_seconds", 1),
        ("host_delay_seconds = -1", "host_delay_seconds", 1),
        ("host_delay_seconds = nan", "host_delay_seconds", 1),
        ("min_interval_minutes = 1", "min_interval_minutes", 1),
        ("interval_minutes = 5", "interval_minutes", 1),
        ("interval_minutes = 1e9", "interval_minutes", 1),
        ("min_interval_minutes = 120", "interval_minutes", None),
        ("max_hops = 1.5", "max_hops", 1),
        ("page_limit_mb = 0", "page_limit_mb", 1),
        ("max_tries = 0", "max_tries", 1),
        ('retry_scope = "planet"', "retry_scope", 1),
        ('user_agent = "offing\\r\\nX: y"', "user_agent", 1),
        ('user_agent = "(offing)"', "user_agent", 1),
        ('allowed = ["127.0.0.1:80"]', "allowed", 1),
    ],
)
def test_mistakes_are_reported_with_key_and_line(tmp_path: Path, text: str, key: str, line: int | None):
    """An unknown key or a value out of bounds is an error that names file, key and line; hosts are opened elsewhere."""
    with pytest.raises(ConfigError) as error:
        load_fetch_policy(_site(tmp_path, text))
    assert (error.value.key, error.value.line, error.value.path.name) == (key, line, "fetch.toml")
