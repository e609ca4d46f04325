"""Builds the second reader of a site from its config files and its key."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from offing.config.files.layers import Layers
from offing.config.sites.credentials import load_credentials
from offing.config.sites.fetch import load_fetch_policy
from offing.config.sites.second_reader import load_reader
from offing.errors import UsageError
from offing.model.review.second_reader import KeySource, ReaderRules
from offing.model.sources.credentials import Credential
from offing.net.endpoint import Endpoint
from offing.services.second_reader.asking import SecondReader

_NO_KEY = {
    KeySource.ENVIRONMENT: "set OFFING_READER_KEY, or say another `key` in reader.toml",
    KeySource.CREDENTIALS: "credentials.toml keeps nothing for its host; a port that is not 443 has to be named there",
}


def second_reader(layers: Layers, key: str = "", contact: str = "") -> SecondReader | None:
    """Return the second reader of a site, with its credentials; None if it is off.

    Args:
        layers: the config folders.
        key: the key from the environment for its endpoint; "" for none.
        contact: named in the user agent.

    Raises:
        ConfigError: a config file is wrong.
        UsageError: there is no key in the configured source.
    """
    rules = load_reader(layers)
    if rules is None:
        return None
    agent = load_fetch_policy(layers, contact).user_agent
    endpoint = Endpoint(rules.endpoint, agent, rules.private, rules.limit)
    kept = _credentials(rules, endpoint, layers, key)
    if rules.key is not KeySource.NONE and not kept:
        raise UsageError(f"the second reader has no key: {_NO_KEY[rules.key]}")
    return SecondReader(rules, replace(endpoint, credentials=kept))


def _credentials(rules: ReaderRules, endpoint: Endpoint, layers: Layers, key: str) -> tuple[Credential, ...]:
    host, port = endpoint.place
    if rules.key is KeySource.CREDENTIALS:
        path = urlsplit(f"{rules.endpoint}/").path
        return tuple(each for each in load_credentials(layers) if each.fits(host, port, path))
    if rules.key is KeySource.NONE or not key:
        return ()
    return (Credential(host, port, "/", (("Authorization", f"Bearer {key}"),)),)
