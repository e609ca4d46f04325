"""What a thing is where nobody says it: empty, unknown or no, but for the few that are listed here."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from offing.model.operation.run import Spent
from offing.model.operation.user import Key
from offing.model.pairs.matching import AccountWords, CommonWords
from offing.model.projects.finding import Citation
from offing.model.projects.promotion import BothSides, PromotionRules
from offing.model.reading.context import ContextRules
from offing.model.reading.rules import CaseRule, LanguageWords
from offing.model.review.queue_filter import Order, QueueView
from offing.model.review.replay import Standing
from offing.model.review.second_reader import Budget, KeySource, Prices, Spending
from offing.model.review.translation import TranslationKey
from offing.model.sources.article import Completeness
from offing.model.sources.feed import FeedKind
from offing.model.sources.links import DatePlace, DateRule
from offing.model.sources.outlet import OutletRules
from offing.model.sources.policy import RetryScope
from offing.model.sources.symptom import DayOfFeed
from offing.model.values.vocabulary import SourceKind

MEGABYTE = 1024 * 1024
LISTED: dict[str, dict[str, Any]] = {
    "Alias": {"language": "*", "case": CaseRule.ANY},
    "Article": {"completeness": Completeness.COMPLETE},
    "Candidate": {"version": 1, "outlets": 1, "independent": 1},
    "Claim": {"spent": Spent()},
    "Column": {"form": "string"},
    "ContextForm": {"weight": 1.0},
    "ContextRules": {"least": 1.0, "members_least": 3, "other_matter": 1.5},
    "Credential": {"path": "/"},
    "Cue": {"weight": 1.0},
    "CurrencyForm": {"language": "*"},
    "DateRule": {"place": DatePlace.USUAL},
    "ExtractedArticle": {"completeness": Completeness.COMPLETE},
    "ExtractionRules": {
        "outlets": OutletRules(),
        "language_words": LanguageWords(),
    },  # of a site that has none of its own
    "FalseFriend": {"case": CaseRule.ANY},
    "FeedFacts": {"lately": DayOfFeed()},
    "FeedSpec": {"groups": ("default",), "publisher": SourceKind.MEDIA, "kind": FeedKind.FEED},
    "FetchPolicy": {  # as docs/limits.md has them
        "deadline": timedelta(seconds=30),
        "connect_timeout": timedelta(seconds=5),
        "feed_limit": 10 * MEGABYTE,
        "page_limit": 5 * MEGABYTE,
        "max_hops": 5,
        "host_delay": timedelta(seconds=2),
        "min_interval": timedelta(minutes=15),
        "max_interval": timedelta(hours=24),
        "interval": timedelta(hours=1),
        "max_tries": 5,
        "retry_scope": RetryScope.HOST,
        "obey_robots": True,
        "honour_reservations": True,
    },
    "KnownShape": {"parted_by": "|"},
    "LinkRule": {"dates": DateRule()},
    "LogIn": {"key": Key.BROWSER},
    "LanguageTraits": {"adjectives_before": True, "adjectives_behind": True, "accents_tell": True},
    "CommonWords": {"grammar": AccountWords()},
    "MatchRules": {"common": CommonWords()},
    "Mention": {"weight": 1.0},
    "NameEnding": {"language": "*"},
    "NumberWord": {"scale": True},
    "Outcome": {"is_try": True},
    "Outline": {"citation": Citation()},
    "ParsedFeed": {"whole": True},
    "PatternWord": {"language": "*"},
    "Peg": {"since": date.min, "until": date.max},
    "PipelineSpec": {"timezone": "UTC", "concurrency": 200},
    "ProjectRecord": {"version": 1},
    "Promoter": {"prefix": "off", "rules": PromotionRules()},
    "PromotionRules": {"both_sides": BothSides.NOTHING},
    "Prices": {"currency": "USD"},
    "QueueFilter": {"view": QueueView.TODAY, "order": Order.SCORE, "size": 50},
    "QueueLine": {"articles": 1, "independent": 1},
    "QueueRules": {"budget": 40, "audit": 2},
    "ReaderRules": {  # as config/reader.toml has them
        "key": KeySource.NONE,
        "limit": timedelta(seconds=120),
        "tries": 3,
        "concurrency": 2,
        "band": 0.15,
        "characters": 24_000,
        "answer_tokens": 4_000,
        "run_limit": timedelta(minutes=10),
        "cache": True,
        "budget": Budget(),
        "prices": Prices(),
    },
    "RateRules": {"base_year": 2021},  # as config/rates.toml has it
    "Replayed": {"standing": Standing.WAITING},
    "Request": {"accept": "*/*", "body_limit": 5 * MEGABYTE},
    "ModelAnswer": {"whole": True},
    "ScoringRules": {"context": ContextRules()},
    "SecondTally": {"spending": Spending(), "left": (None, None), "currency": "USD"},
    "StoryArticle": {"completeness": Completeness.COMPLETE},
    "Telling": {"alone": True},
    "TranslationRules": {
        "key": TranslationKey.NONE,
        "target": "en",
        "limit": timedelta(seconds=20),
        "page_limit": timedelta(seconds=45),
        "characters": 2_000,
        "concurrency": 2,
        "tries": 3,
        "rest": timedelta(minutes=5),
        "budget": 200_000,
    },
    "Wording": {"language_words": LanguageWords({}, frozenset(), {})},
}
NO_VALUES = {"Claim.token", "_List.part"}  # one of its own for each; a function
HIDDEN = {"Article.text", "Carried.password", "Carried.query", "Carried.user", "Credential.headers", "Credential.query"}
HIDDEN |= {"TranslationRules.secret"}
NOT_COMPARED = {"Article.text", "LifeEvent.id"}
WORKED_OUT = {"Article.text"}


def _fields() -> Iterator[tuple[str, str, dataclasses.Field[Any]]]:
    """Each field of each dataclass of the model and of the stages behind review, with its class."""
    for package in ("model", "promote", "review", "publish"):
        folder = importlib.import_module(f"offing.{package}").__path__
        for module in pkgutil.walk_packages(folder, f"offing.{package}."):
            found = importlib.import_module(module.name)
            for name, each in inspect.getmembers(found, inspect.isclass):
                if dataclasses.is_dataclass(each) and each.__module__ == found.__name__:
                    yield from ((name, field.name, field) for field in dataclasses.fields(each))


FIELDS = [(name, field_name, field) for name, field_name, field in _fields()]


def _default(field: dataclasses.Field[Any]) -> Any:
    made = field.default_factory
    return field.default if made is dataclasses.MISSING else made()


def test_what_is_left_out_is_nothing_unless_it_is_listed() -> None:
    """A default that claims something stands in the list, with what it claims."""
    claimed: dict[str, dict[str, Any]] = {}
    for name, field_name, field in FIELDS:
        value = _default(field)
        if value is not dataclasses.MISSING and value and f"{name}.{field_name}" not in NO_VALUES:
            claimed.setdefault(name, {})[field_name] = value
    assert claimed == LISTED
    assert {name: list(map(type, each.values())) for name, each in claimed.items()} == {
        name: list(map(type, each.values())) for name, each in LISTED.items()
    }


def test_secrets_show_in_no_repr_and_what_is_worked_out_is_not_compared() -> None:
    """All other fields show, count in a comparison, and are given."""
    assert {f"{name}.{key}" for name, key, field in FIELDS if not field.repr} == HIDDEN
    assert {f"{name}.{key}" for name, key, field in FIELDS if not field.compare} == NOT_COMPARED
    assert {f"{name}.{key}" for name, key, field in FIELDS if not field.init} == WORKED_OUT
