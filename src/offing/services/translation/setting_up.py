"""Builds what translates at a site from its config files and its key."""

from __future__ import annotations

from dataclasses import replace

from offing.config.files.layers import Layers
from offing.config.sites.fetch import load_fetch_policy
from offing.config.sites.translation import load_translation
from offing.errors import UsageError
from offing.model.review.translation import TranslationBackend, TranslationKey
from offing.net.endpoint import Endpoint
from offing.services.translation.backends import ArgosBackend, HttpBackend
from offing.services.translation.translating import Translator

_NO_KEY = 'the translation service has no key: set OFFING_TRANSLATION_KEY, or `key = "none"` in translation.toml'


def translator(layers: Layers, key: str = "", contact: str = "") -> Translator | None:
    """Return what translates at a site; None if it is off.

    Args:
        layers: the config folders.
        key: the key from the environment; "" for none.
        contact: named in the user agent.

    Raises:
        ConfigError: a config file is wrong.
        UsageError: the file wants a key, and there is none.
    """
    rules = load_translation(layers)
    if rules is None:
        return None
    if rules.backend is TranslationBackend.ARGOS:
        return Translator(rules, ArgosBackend(rules))
    if rules.key is TranslationKey.ENVIRONMENT:
        if not key:
            raise UsageError(_NO_KEY)
        rules = replace(rules, secret=key)
    agent = load_fetch_policy(layers, contact).user_agent
    endpoint = Endpoint(rules.endpoint, agent, rules.private, rules.limit)
    return Translator(rules, HttpBackend(rules, endpoint))
