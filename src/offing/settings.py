"""The only reader of the environment.

OFFING_DATABASE       database URL; default `sqlite:///offing.db` in the current folder
OFFING_CONFIG         the site's config folder; default `./config` where it exists
OFFING_LOG            log file, or `-` for stderr; default `offing.log` beside the database
OFFING_LOG_FORMAT     json for programs, console for people; default json
OFFING_LOG_LEVEL      the least important lines of the log: debug, info, warning or error; default info
OFFING_CACHE          folder for what is derived from config, or `off`; default `offing` in the user's cache folder
OFFING_ALLOWED_HOSTS  host:port pairs that may be private addresses (tests, internal mirrors), comma separated
OFFING_HOST_DELAY     seconds between two requests to one host; default 2
OFFING_RETRY_SCOPE    host, domain or feed: what a 429 or 503 stops; default host
OFFING_CONTACT        address or URL that the user agent names, so that a publisher can reach you
OFFING_AUTH_PROXY     addresses or networks of a proxy that logs people in, comma separated; with OFFING_AUTH_HEADER
OFFING_AUTH_HEADER    the header in which that proxy names the person; believed from nobody else
OFFING_SECOND_READING percent of decided candidates that another person reads again, blind; default 5
OFFING_TIMEZONE       time zone in which the web app shows times to whoever chose none; default UTC
OFFING_READER_KEY     the key of the second reader's endpoint, where reader.toml says `key = "environment"`
OFFING_TRANSLATION_KEY the key of the translation service, where translation.toml says `key = "environment"`
"""

from __future__ import annotations

import getpass
import ipaddress
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offing.errors import UsageError
from offing.logs import LogFormat, LogLevel
from offing.model.sources.policy import RetryScope
from offing.redaction import remember

DEFAULT_DATABASE = "sqlite:///offing.db"
SECOND_READING = 0.05
SETTINGS = tuple(line.split()[0] for line in (__doc__ or "").splitlines() if line.startswith("OFFING_"))
# Not settings of the program itself: data of tests and benchmarks, pictures of the documentation.
NAMES = (*SETTINGS, *(f"OFFING_{name}" for name in ("SHARED", "PEERS", "SCREENSHOTS")))
# Kubernetes and Docker set these by themselves if a service is called offing.
_OF_CLUSTERS = re.compile(r"OFFING_(?:SERVICE_(?:HOST|PORT\w*)|PORT(?:_\w+)?)")
NO_CACHE = "off"
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_KEY = re.compile(r"[\x21-\x7e]+")
_Choice = TypeVar("_Choice", LogFormat, LogLevel)
_HOST = re.compile(r"^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$")


@dataclass(frozen=True, slots=True)
class AuthProxy:
    """A proxy that logs people in: its addresses, and the header in which it names them, in lower case."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    header: str

    def is_at(self, host: str) -> bool:
        """Return whether a peer is that proxy."""
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings from the environment. None if unset, so that a config file or default decides."""

    database: str = DEFAULT_DATABASE
    config: Path | None = None
    log: str | None = None
    log_format: LogFormat = LogFormat.JSON
    log_level: LogLevel = LogLevel.INFO
    cache: Path | None = None
    allowed_hosts: frozenset[tuple[str, int]] = frozenset()
    host_delay: timedelta | None = None
    retry_scope: RetryScope | None = None
    contact: str = ""
    auth_proxy: AuthProxy | None = None
    second_reading: float = SECOND_READING
    zone: str = "UTC"
    reader_key: str = field(default="", repr=False)
    translation_key: str = field(default="", repr=False)
    user: str = "unknown"

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database, None for a server or a database in memory."""
        found = re.match(r"^sqlite(?:\+\w+)?:///(.+)$", self.database)
        return Path(found[1]) if found and found[1] != ":memory:" else None

    @property
    def log_target(self) -> str:
        """The log target: `-` or a file."""
        beside = self.database_file.parent if self.database_file else Path()
        return self.log or str(beside / "offing.log")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of an environment, by default the process's own.

    Raises:
        UsageError: a variable has an invalid value.
    """
    env = os.environ if environ is None else environ
    _check_names(env)
    config = env.get("OFFING_CONFIG")
    found = Settings(
        database=env.get("OFFING_DATABASE") or DEFAULT_DATABASE,
        config=Path(config) if config else (Path("config") if Path("config").is_dir() else None),
        log=env.get("OFFING_LOG") or None,
        log_format=_choice(env, "OFFING_LOG_FORMAT", LogFormat.JSON),
        log_level=_choice(env, "OFFING_LOG_LEVEL", LogLevel.INFO),
        cache=_cache(env),
        allowed_hosts=_allowed_hosts(env.get("OFFING_ALLOWED_HOSTS", "")),
        host_delay=_seconds(env.get("OFFING_HOST_DELAY")),
        retry_scope=_scope(env.get("OFFING_RETRY_SCOPE")),
        contact=env.get("OFFING_CONTACT", ""),
        auth_proxy=_auth_proxy(env.get("OFFING_AUTH_PROXY", ""), env.get("OFFING_AUTH_HEADER", "")),
        second_reading=_share(env.get("OFFING_SECOND_READING")),
        zone=_zone(env.get("OFFING_TIMEZONE", "")),
        reader_key=_key(env, "OFFING_READER_KEY"),
        translation_key=_key(env, "OFFING_TRANSLATION_KEY"),
        user=_user(),
    )
    for name in SETTINGS:
        if name in env and not env[name].strip():
            raise UsageError(f"{name}: it is set, but empty: give it a value, or unset it")
    return found


def _check_names(env: Mapping[str, str]) -> None:
    """Check that all OFFING_ variables are known: a misspelt one would have no effect.

    Raises:
        UsageError: a variable is unknown.
    """
    for name in sorted(name for name in env if name.startswith("OFFING_")):
        if name not in NAMES and not _OF_CLUSTERS.fullmatch(name):
            near = get_close_matches(name, NAMES, n=1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise UsageError(f"{name}: no setting has this name; {meant}there are {', '.join(SETTINGS)}")


def _cache(env: Mapping[str, str]) -> Path | None:
    """Return the named folder, else the platform's cache folder for a program; None for none."""
    named = env.get("OFFING_CACHE")
    if named:
        return None if named.lower() == NO_CACHE else Path(named).absolute()
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA") if sys.platform == "win32" else ("XDG_CACHE_HOME",):
        if (given := Path(env.get(name, ""))).is_absolute():  # the specification says to ignore others
            return given / "offing"
    home = Path(env.get("HOME") or env.get("USERPROFILE") or "")
    return (
        home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "offing" if home.is_absolute() else None
    )


def _allowed_hosts(text: str) -> frozenset[tuple[str, int]]:
    pairs = set()
    for element in filter(None, (part.strip() for part in text.split(","))):
        found = _HOST.match(element)
        if not found or not 0 < int(found[2]) < 2**16:
            raise UsageError(f"OFFING_ALLOWED_HOSTS: {element!r} is not host:port (IPv6 in brackets: [::1]:8080)")
        pairs.add((found[1].strip("[]").lower(), int(found[2])))
    return frozenset(pairs)


def _seconds(text: str | None) -> timedelta | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 3600:  # noqa: PLR2004 -- an hour between two requests is the most anyone can mean
        raise UsageError(f"OFFING_HOST_DELAY: {text!r} is not a number of seconds from 0 to 3600")
    return timedelta(seconds=value)


def _choice(env: Mapping[str, str], name: str, default: _Choice) -> _Choice:
    """Return the value of an enum that a variable names."""
    text, kind = env.get(name), type(default)
    try:
        return kind(text.lower()) if text else default
    except ValueError:
        raise UsageError(f"{name}: {text!r} is none of {', '.join(kind)}") from None


def _scope(text: str | None) -> RetryScope | None:
    if not text:
        return None
    try:
        return RetryScope(text)
    except ValueError:
        raise UsageError(f"OFFING_RETRY_SCOPE: {text!r} is none of {', '.join(RetryScope)}") from None


def _auth_proxy(proxy: str, header: str) -> AuthProxy | None:
    if not proxy.strip() and not header.strip():
        return None
    if not header.strip():
        raise UsageError("OFFING_AUTH_PROXY is set alone: set OFFING_AUTH_HEADER too, or neither")
    if not proxy.strip():
        raise UsageError(
            "OFFING_AUTH_HEADER is set alone: anybody could send it; set OFFING_AUTH_PROXY too, or neither"
        )
    if not _HEADER.fullmatch(header.strip()):
        raise UsageError(f"OFFING_AUTH_HEADER: {header!r} is not a name of a header such as X-Remote-User")
    return AuthProxy(tuple(_network(part.strip()) for part in proxy.split(",")), header.strip().lower())


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        found = ipaddress.ip_network(text)
    except ValueError:
        raise UsageError(f"OFFING_AUTH_PROXY: {text!r} is not an address or network (10.0.0.5, 10.0.0.0/29)") from None
    if found.prefixlen == 0:
        raise UsageError(f"OFFING_AUTH_PROXY: {text!r} is everybody; name the proxy's own address")
    return found


def _key(env: Mapping[str, str], name: str) -> str:
    """Return a key that is valid in a header; from now on output redacts it."""
    key = env.get(name, "").strip()
    remember(key)
    if key and not _KEY.fullmatch(key):
        raise UsageError(f"{name}: contains characters that are not allowed in a header; the value is not shown here")
    return key


def _share(text: str | None) -> float:
    if not text:
        return SECOND_READING
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:  # noqa: PLR2004 -- percent
        raise UsageError(f"OFFING_SECOND_READING: {text!r} is not a percentage from 0 to 100")
    return value / 100


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text.strip() or "UTC").key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder, or a path
        raise UsageError(f"OFFING_TIMEZONE: {text!r} is not a time zone such as Africa/Nairobi or UTC") from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container user without a name
        return "unknown"
