"""The fetch policy, from `fetch.toml` of all layers."""

from __future__ import annotations

import re
from datetime import timedelta

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

import offing
from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.errors import UsageError
from offing.model.sources.policy import FetchPolicy, RetryScope

_FILE = "fetch.toml"
_MB = 1024 * 1024
_WITHOUT_CONTACT = re.compile(r"\s*\(\+?\{contact\}\)|\{contact\}")
# A product token (RFC 9309 2.2.1), then anything allowed in a header.
_AGENT = re.compile(r"[A-Za-z_-]+(/[\x20-\x7e]*)?")
_CONTACT = re.compile(r"[\x21-\x27\x2a-\x7e]*")  # printable ASCII without space and brackets


class _FetchFile(Strict):
    """The shape of the file. Bounds keep a typo from harming publishers or ourselves."""

    user_agent: str
    deadline_seconds: float = Field(ge=1, le=300)
    connect_timeout_seconds: float = Field(gt=0, le=60)
    feed_limit_mb: float = Field(gt=0, le=100)
    page_limit_mb: float = Field(gt=0, le=100)
    max_hops: int = Field(ge=0, le=20)
    host_delay_seconds: float = Field(ge=0, le=3600)
    min_interval_minutes: float = Field(ge=15)  # not more often, whatever the config (docs/limits.md, Retries)
    max_interval_hours: float = Field(gt=0, le=24 * 7)
    interval_minutes: float
    max_tries: int = Field(ge=1, le=50)
    retry_scope: RetryScope
    obey_robots: bool
    honour_reservations: bool

    @field_validator("user_agent")
    @classmethod
    def _sendable(cls, value: str) -> str:
        if not _AGENT.fullmatch(value):
            raise PydanticCustomError("agent", "must be a name, a slash and printable ASCII, as in offing/1.0")
        return value

    @field_validator("interval_minutes")
    @classmethod
    def _between(cls, value: float, info: ValidationInfo) -> float:
        low = info.data.get("min_interval_minutes", value)
        high = info.data.get("max_interval_hours", value) * 60
        if not low <= value <= high:
            raise PydanticCustomError("between", "must lie between min_interval_minutes and max_interval_hours")
        return value

    def policy(self, user_agent: str) -> FetchPolicy:
        """Return the policy that the file describes."""
        return FetchPolicy(
            user_agent=user_agent,
            deadline=timedelta(seconds=self.deadline_seconds),
            connect_timeout=timedelta(seconds=self.connect_timeout_seconds),
            feed_limit=int(self.feed_limit_mb * _MB),
            page_limit=int(self.page_limit_mb * _MB),
            max_hops=self.max_hops,
            host_delay=timedelta(seconds=self.host_delay_seconds),
            min_interval=timedelta(minutes=self.min_interval_minutes),
            max_interval=timedelta(hours=self.max_interval_hours),
            interval=timedelta(minutes=self.interval_minutes),
            max_tries=self.max_tries,
            retry_scope=self.retry_scope,
            obey_robots=self.obey_robots,
            honour_reservations=self.honour_reservations,
        )


def load_fetch_policy(layers: Layers, contact: str = "", version: str = offing.__version__) -> FetchPolicy:
    """Return the policy of all layers; no private host is allowed here, only by the environment.

    Args:
        layers: the config folders.
        contact: address or URL for the user agent; "" for none.
        version: offing's version for the user agent.

    Raises:
        ConfigError: a file has an unknown key or a wrong value.
        UsageError: the contact is not allowed in a header.
    """
    if not _CONTACT.fullmatch(contact):
        raise UsageError(f"OFFING_CONTACT: {contact!r} must be an e-mail address or URL in plain ASCII")
    found = read_merged(layers, _FILE, _FetchFile)
    template = found.user_agent if contact else _WITHOUT_CONTACT.sub("", found.user_agent)
    return found.policy(template.replace("{version}", version).replace("{contact}", contact))
