"""The second reader of a site, out of its config files and the key that it is given."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from offing.config.credentials import load_credentials
from offing.config.fetch import load_fetch_policy
from offing.config.layers import Layers
from offing.config.reader import load_reader
from offing.errors import UsageError
from offing.model.credentials import Credential
from offing.model.second import KeySource, ReaderRules
from offing.net.chat import Endpoint
from offing.steps.second.asking import SecondReader

_NO_KEY = {
    KeySource.ENVIRONMENT: "set OFFING_READER_KEY, or say another `key` in reader.toml",
    KeySource.CREDENTIALS: "credentials.toml keeps nothing for its host; a port that is not 443 has to be named there",
}


def second_reader(layers: Layers, key: str = "", contact: str = "") -> SecondReader | None:
    """The second reader of a site, with what lets it in; None where it is off.

    Args:
        layers: the config folders.
        key: what the environment has for its endpoint; "" for nothing.
        contact: what the user agent names.

    Raises:
        ConfigError: a config file is wrong.
        UsageError: its key is to come from where there is none.
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
