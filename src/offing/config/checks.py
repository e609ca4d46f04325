"""Checks: what each kind of config file has to hold to, one function a kind.

Each loads the files of its kind from all layers, raises a `ConfigError` with file, line and key where they cannot be
used, and says in some words what it found. Loaders are imported when they are called: most sites have few files.
"""

from __future__ import annotations

from offing.config.layers import Layers

TABLES = (
    "actor_facts",
    "country_forms",
    "false_friends",
    "firm_aliases",
    "firms",
    "lender_aliases",
    "lenders",
    "places",
)


def feeds(layers: Layers) -> str:
    """The catalogue of feeds."""
    from offing.config.feeds import load_catalogue

    return f"{len(load_catalogue(layers).feeds)} feeds"


def languages(layers: Layers) -> str:
    """The words by which languages are detected."""
    from offing.config.languages import load_language_signs

    return f"{sum(map(len, load_language_signs(layers).words.values()))} words by which languages are detected"


def wording(layers: Layers) -> str:
    """The wordings, and the words by which pages are read."""
    from offing.config.pages import load_page_words
    from offing.config.rules import load_rules  # which keeps what it found right

    load_page_words(layers)
    rules = load_rules(layers)
    number = rules.keep("number of cues", rules.wording.cues.__len__) if rules.keep else len(rules.wording.cues)
    return f"{number} cues"


def scoring(layers: Layers) -> str:
    """The scoring, with context and what was learned."""
    from offing.config.names import check_names
    from offing.config.scoring import load_scoring

    rules = load_scoring(layers)
    check_names(layers)
    return f"cut {rules.cut}"


def meaning(layers: Layers) -> str:
    """The model of meaning."""
    from offing.config.meaning import load_meaning

    return "a model" if load_meaning(layers) else "none"


def matching(layers: Layers) -> str:
    """The weights by which accounts are compared, news is matched and recalled; what words are worth."""
    from offing.config.matching import load_counts, load_matching, load_news, load_recall

    load_news(layers)
    load_recall(layers)
    return f"{len(load_matching(layers).weights)} weights, {len(load_counts(layers).counts)} words"


def rates(layers: Layers) -> str:
    """Fixed and yearly rates."""
    from offing.config.rates import load_rates

    found = load_rates(layers)
    return f"{len(found.pegs)} fixed, {len(found.yearly)} by year"


def queue(layers: Layers) -> str:
    """What a day can take."""
    from offing.config.queue import load_queue

    return f"{load_queue(layers).budget} a day"


def keys(layers: Layers) -> str:
    """The keys of review."""
    from offing.config.keys import load_keys

    return f"{len(load_keys(layers).actions)} actions"


def known(layers: Layers) -> str:
    """How the rows of other bases are read."""
    from offing.config.known import load_shape, shape_names

    names = shape_names(layers)
    for name in names:
        load_shape(layers, name)
    return ", ".join(names)


def outlets(layers: Layers) -> str:
    """How single outlets are read."""
    from offing.config.outlets import load_outlets

    return f"{len(load_outlets(layers).rules)} rules"


def fetching(layers: Layers) -> str:
    """Manners and limits of fetching."""
    from offing.config.fetch import load_fetch_policy

    return load_fetch_policy(layers).user_agent


def credentials(layers: Layers) -> str:
    """What is kept apart to be let in by publishers."""
    from offing.config.credentials import load_credentials

    return f"for {len(load_credentials(layers))} hosts"


def reader(layers: Layers) -> str:
    """The second reader."""
    from offing.config.reader import load_reader

    found = load_reader(layers)
    return f"{found.model} at {found.endpoint}" if found else "off"


def lexicons(layers: Layers) -> str:
    """The tables of firms, lenders, countries and places, without what libraries add to them."""
    from offing.config.lexicon import check_tables

    return f"{check_tables(layers)} rows"
