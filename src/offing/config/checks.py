"""Checks of each kind of config file, one function per kind.

Each loads the files of its kind from all layers, raises a `ConfigError` with file, line and key if they are
invalid, and returns a short summary of what it found. Loaders are imported on call: most sites have few files.
"""

from __future__ import annotations

from offing.config.files.layers import Layers

TABLES = (
    "actor_facts",
    "country_forms",
    "false_friends",
    "firm_aliases",
    "firms",
    "lender_aliases",
    "lenders",
    "name_endings",
    "places",
)


def feeds(layers: Layers) -> str:
    """The catalogue of feeds."""
    from offing.config.sites.feeds import load_catalogue

    return f"{len(load_catalogue(layers).feeds)} feeds"


def languages(layers: Layers) -> str:
    """The words by which languages are identified."""
    from offing.config.files.languages import load_language_words

    return f"{sum(map(len, load_language_words(layers).words.values()))} words by which languages are detected"


def wording(layers: Layers) -> str:
    """The wordings, and the words by which pages are read."""
    from offing.config.rules import load_rules  # which caches the rules it validated
    from offing.config.wordings.page_words import load_page_words

    load_page_words(layers)
    rules = load_rules(layers)
    number = rules.keep("number of cues", rules.wording.cues.__len__) if rules.keep else len(rules.wording.cues)
    return f"{number} cues"


def scoring(layers: Layers) -> str:
    """The scoring, with context and the learned signs."""
    from offing.config.weights.names import check_names
    from offing.config.weights.scoring import load_scoring

    rules = load_scoring(layers)
    check_names(layers)
    return f"cut {rules.cut}"


def meaning(layers: Layers) -> str:
    """The sentence-embedding model."""
    from offing.config.weights.meaning import load_meaning

    return "a model" if load_meaning(layers) else "none"


def tuned(layers: Layers) -> str:
    """The encoder of whole articles."""
    from offing.config.weights.tuned import load_tuned

    return "an encoder" if load_tuned(layers) else "none"


def matching(layers: Layers) -> str:
    """The weights for comparing accounts, matching news and recalling projects; word frequencies."""
    from offing.config.weights.matching import load_counts, load_matching, load_news, load_recall

    load_news(layers)
    load_recall(layers)
    return f"{len(load_matching(layers).weights)} weights, {len(load_counts(layers).counts)} words"


def rates(layers: Layers) -> str:
    """Fixed and yearly rates."""
    from offing.config.sites.rates import load_rates

    found = load_rates(layers)
    return f"{len(found.pegs)} fixed, {len(found.yearly)} by year"


def queue(layers: Layers) -> str:
    """The capacity of a day."""
    from offing.config.sites.queue import load_queue

    return f"{load_queue(layers).budget} a day"


def sentinel(layers: Layers) -> str:
    """When what a feed delivers differs too much from its own past."""
    from offing.config.sites.sentinel import load_sentinel

    return f"judged from {load_sentinel(layers).articles} articles a day"


def retention(layers: Layers) -> str:
    """How long what led to nothing is kept."""
    from offing.config.sites.retention import load_retention

    found = load_retention(layers)
    rules = [f"{kind} {age.days} days" for kind, age in found.ages.items()]
    rules += [f"contents of pages {found.budget / 1e6:,.0f} MB"] if found.budget else []
    rules += [f"archive in {found.archive.folder}"] if found.archive else []
    return ", ".join(rules) or "everything for good"


def records(layers: Layers) -> str:
    """The ids of records, and what a promotion asks for."""
    from offing.config.sites.records import load_promoter

    found = load_promoter(layers, "")
    asked = (
        "a second pair of eyes, " if found.rules.second_pair else ""
    ) + f"{found.rules.both_sides} for one side alone"
    return f"ids {found.prefix}-…, {asked}"


def release(layers: Layers) -> str:
    """The rules for releases."""
    from offing.config.sites.release import load_release
    from offing.model.projects.finding import Severity

    severities = list(load_release(layers).severities.values())
    return ", ".join(f"{severities.count(each)} {each}" for each in Severity)


def keys(layers: Layers) -> str:
    """The keys of review."""
    from offing.config.sites.keys import load_keys

    return f"{len(load_keys(layers).actions)} actions"


def known(layers: Layers) -> str:
    """How the rows of other bases are read."""
    from offing.config.sites.import_shapes import load_shape, shape_names

    names = shape_names(layers)
    for name in names:
        load_shape(layers, name)
    return ", ".join(names)


def outlets(layers: Layers) -> str:
    """The rules for single outlets."""
    from offing.config.sites.outlets import load_outlets

    return f"{len(load_outlets(layers).rules)} rules"


def fetching(layers: Layers) -> str:
    """Politeness and limits of fetching."""
    from offing.config.sites.fetch import load_fetch_policy

    return load_fetch_policy(layers).user_agent


def credentials(layers: Layers) -> str:
    """Credentials for access to publishers."""
    from offing.config.sites.credentials import load_credentials

    return f"for {len(load_credentials(layers))} hosts"


def reader(layers: Layers) -> str:
    """The second reader."""
    from offing.config.sites.second_reader import load_reader

    found = load_reader(layers)
    return f"{found.model} at {found.endpoint}" if found else "off"


def translation(layers: Layers) -> str:
    """What translates articles for reading."""
    from offing.config.sites.translation import load_translation

    found = load_translation(layers)
    return (f"{found.backend} at {found.endpoint}" if found.endpoint else found.backend.value) if found else "off"


def lexicons(layers: Layers) -> str:
    """The tables of firms, lenders, countries and places, without what libraries add."""
    from offing.config.lexicons.lexicon import check_tables

    return f"{check_tables(layers)} rows"
