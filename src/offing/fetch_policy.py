"""The policy of fetching, with what the environment overrides."""

from __future__ import annotations

from dataclasses import replace

from offing.config.files.layers import Layers
from offing.config.sites.credentials import load_credentials
from offing.config.sites.fetch import load_fetch_policy
from offing.model.sources.policy import FetchPolicy
from offing.settings import Settings


def fetch_policy(settings: Settings, layers: Layers) -> FetchPolicy:
    """Return the policy of fetching: config files, overridden by the environment.

    Raises:
        ConfigError: a config file is wrong.
    """
    policy = load_fetch_policy(layers, settings.contact)
    changes: dict[str, object] = {
        "allowed": policy.allowed | settings.allowed_hosts,
        "credentials": load_credentials(layers),
    }
    if settings.host_delay is not None:
        changes["host_delay"] = settings.host_delay
    if settings.retry_scope is not None:
        changes["retry_scope"] = settings.retry_scope
    return replace(policy, **changes)  # type: ignore[arg-type]
