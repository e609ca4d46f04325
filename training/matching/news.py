"""Fits the weights by which news is matched (`[news]` of `config/matching.toml`), and says how they do.

    python -m training.matching.news --pairs PAIRS.jsonl.gz --records RECORDS.jsonl.gz            cross-validate
    python -m training.matching.news --pairs … --records … --write                                and write the weights

Fitted to pairs of annotated articles that may be read (the groups of stories, and the open gold set), and
with a small part to AidData's projects that were written up twice beside their neighbours of one country. What the
rules part by themselves (another phase, an umbrella, another site) is left out. Weights keep the sign of their sense.
Parts are whole countries. Deterministic.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import numpy as np

from offing.config.files.layers import Layers
from offing.config.sites.rates import load_rates
from offing.match.accounts.build import AccountInput, account_of
from offing.match.accounts.compare_news import compare_news
from offing.match.accounts.news_profile import NewsProfile, news_profile
from offing.model.pairs.matching import NEWS_AGAINST, NEWS_FEATURES, PARTING
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import Mention, MentionKind
from offing.model.sources.article import Article
from offing.rates.converter import Converter
from offing.services.analysis.analyse import article_of
from offing.services.analysis.analyst import load_analyst
from offing.services.matching.dollars import dollars_by
from offing.services.matching.match_rules import rarity_of
from training.matching.table import put_all
from training.metrics import note
from training.words.rarity import base

ROOT = Path(__file__).parents[2]
PARTS, SEED = 5, 0
LEFT_OUT = f"{PARTS} parts of the countries"
FIRM = 2.0  # how firmly weights are held at what an analyst would say
# What an analyst would say without any figures, in log-odds: a few hundred pairs cannot teach that 900 cameras are not
# 650, as articles of later years tell other sums beside the project's own.
SENSE = {
    "project-name": 3.0,
    "firm": 1.0,
    "lender": 0.5,
    "name": 0.5,
    "names": 0.7,
    "sound": 0.8,
    "title": 1.0,
    "text": 1.5,
    "sum": 2.0,
    "sum-near": 1.0,
    "quantity": 1.5,
    "sector": 1.0,
    "phase": 0.5,
    "other-firm": -1.5,
    "other-lender": -1.0,
    "other-name": -0.7,
    "other-place": -0.8,
    "other-sum": -1.0,
    "other-quantity": -1.0,
    "other-sector": -0.8,
    "other-beginning": -1.5,
}
READ = frozenset("abce")  # parts of groups that may be read
BASE = 0.05  # what a pair of the base counts beside a pair of news
NEIGHBOURS, LOOKED_AT = 8, 60
FIXED = {"other-country": -6.0}  # pairs of two countries are never looked at, so that nothing can be fitted

LAYERS = Layers.of(None)
RARITY = rarity_of(LAYERS)
DOLLARS = dollars_by(Converter(load_rates(LAYERS)))


@dataclass(frozen=True)
class NewsItem:
    """What one article tells of one project: its sketch, whether it names a party, the project it is known to be."""

    article: str
    project: str
    profile: NewsProfile
    proposed: bool


@dataclass(frozen=True)
class Row:
    """A pair: strengths, whether it is one project, what it counts, the country by which parts are made."""

    strengths: list[float]
    right: bool
    counts: float
    country: str


def main() -> None:
    """Cross-validate, and write where told so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = [*news_rows(), *base_rows(given.pairs, given.records)]
    table = np.array([row.strengths for row in rows])
    right = np.array([row.right for row in rows], float)
    counts = np.array([row.counts for row in rows])
    report(table, right, counts, [row.country for row in rows])
    if given.write:
        write(fit(table, right, counts))


# ---------------------------------------------------------------- data


def news_rows() -> Iterator[Row]:
    """Yield the pairs of articles within each set."""
    for told in [list(news_items(file)) for file in files()]:
        for one, other in combinations(told, 2):
            if one.article == other.article or not (one.proposed and other.proposed):
                continue  # what names nobody Chinese is known by name, or recalled
            features = compare_news(other.profile, one.profile, RARITY)
            right = one.project == other.project
            near = "other-country" not in features and ("country" in features or "name" in features)
            if (right or near) and not any(name in features for name in PARTING):
                yield row_of(features, right, 1.0, min(one.profile.account.countries, default=one.article))


def files() -> list[Path]:
    """Return the files of groups, and the open set."""
    tests = ROOT / "tests"
    own = sorted((ROOT / "training/data/groups").glob("*.jsonl"))
    return [tests / "eval/story_groups.jsonl", tests / "eval/story_shorts.jsonl", tests / "data/gold_open.jsonl", *own]


def news_items(file: Path) -> Iterator[NewsItem]:
    """Yield what each article of a file tells, as far as it may be read.

    Those with several projects tell none alone.
    """
    analyst = load_analyst(None)
    country_of = lru_cache(1024)(analyst.country_of)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    first: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        before = row.get("same_project_as")
        first[row["id"]] = first.get(before, before) or row["id"]
        part = row.get("half") or row.get("part") or "a"
        if part not in READ or not row["relevant"] or len(row["projects"]) != 1:
            continue
        article = article_of(row, number, country_of)
        found = analyst.study(article).proposals
        facts = found[0].facts if found else ProjectFacts(countries=country(analyst.recognizer.recognize(article)))
        project = row["projects"][0].get("project_id") or first[row["id"]]
        yield NewsItem(row["id"], project, sketch(article, facts), bool(found))


def country(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Return the country that an article without proposals names most."""
    kinds = (MentionKind.COUNTRY, MentionKind.PLACE)
    named_ = Counter(m.key for m in mentions if m.kind in kinds and m.key and m.key not in ("CHN", "HKG"))
    return tuple(key for key, _ in named_.most_common(1))


def sketch(article: Article, facts: ProjectFacts) -> NewsProfile:
    """Return the sketch of what an article tells."""
    day = article.published.date() if article.published else None
    return news_profile(account_of(AccountInput(str(article.id), facts, article.text, day), DOLLARS), RARITY)


def base_rows(pairs: Path, records: Path) -> Iterator[Row]:
    """Yield each project written up twice, and the earlier account beside the likeliest others of its country."""
    accounts = {int(account.key): account for account in base(records)}
    sketches = {key: news_profile(account, RARITY) for key, account in accounts.items()}
    near: dict[str, list[int]] = defaultdict(list)
    for key, account in accounts.items():
        for code in account.countries:
            near[code].append(key)
    rng = np.random.default_rng(SEED)
    with gzip.open(pairs, "rt", encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            known = accounts.get(pair["id"])
            if known is None or not known.countries:
                continue
            early = replace(
                known,
                title=pair["v1_title"],
                text=f"{pair['v1_title']}\n{pair['v1_description']}",
                sums=known.sums if rng.random() < 0.5 else (),
            )
            code = min(known.countries)
            others = [key for key in near[code] if key != pair["id"] and key not in pair["linked_ids"]]
            chosen = rng.permutation(others)[:LOOKED_AT]
            mine = news_profile(early, RARITY)
            compared = [compare_news(mine, sketches[int(key)], RARITY) for key in chosen]
            likeliest = sorted(compared, key=lambda each: -sum(each.values()))[:NEIGHBOURS]
            yield row_of(compare_news(mine, sketches[pair["id"]], RARITY), True, BASE, code)  # noqa: FBT003 -- whether it is right, as `row_of` names it
            yield from (row_of(features, False, BASE, code) for features in likeliest)  # noqa: FBT003 -- whether it is right, as `row_of` names it


def row_of(features: dict[str, float], right: bool, counts: float, country_: str) -> Row:
    """Return a pair as a row of the table."""
    return Row([features.get(name, 0.0) for name in NEWS_FEATURES], right, counts, country_)


# ---------------------------------------------------------------- fitting


def fit(table: np.ndarray, right: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return weights of the features and, last, the bias: by Newton steps that keep each sign."""
    full = np.hstack([table, np.ones((len(table), 1))])
    signs = np.array([-1.0 if name in NEWS_AGAINST else 1.0 for name in NEWS_FEATURES] + [0.0])
    held = np.array([FIRM] * len(NEWS_FEATURES) + [1e-6])
    sense = np.array([SENSE.get(name, 0.0) for name in NEWS_FEATURES] + [0.0])
    weights = np.zeros(full.shape[1])

    def loss(values: np.ndarray) -> float:
        sums = full @ values
        return float((counts * (np.logaddexp(0, sums) - right * sums)).sum() + (held * (values - sense) ** 2).sum() / 2)

    for _ in range(200):
        chance = 1 / (1 + np.exp(-np.clip(full @ weights, -30, 30)))
        slope = full.T @ (counts * (chance - right)) + held * (weights - sense)
        curve = (full.T * (counts * chance * (1 - chance))) @ full + np.diag(held)
        free = ~((signs * weights <= 0) & (signs * slope > 0))
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        for halving in range(20):
            moved = weights - step / 2**halving
            moved = np.where(signs * moved < 0, 0.0, moved)
            if loss(moved) < loss(weights):
                break
        if np.abs(moved - weights).max() < 1e-6:
            break
        weights = moved
    return weights


def report(table: np.ndarray, right: np.ndarray, counts: np.ndarray, countries: list[str]) -> None:
    """Print what pairs come to by weights that were fitted without their country."""
    names = sorted(set(countries))
    order = np.random.default_rng(SEED).permutation(len(names))
    part_of = {name: int(place) % PARTS for name, place in zip(names, order, strict=True)}
    parts = np.array([part_of[name] for name in countries])
    odds = np.zeros(len(right))
    for part in range(PARTS):
        mine = parts == part
        weights = fit(table[~mine], right[~mine], counts[~mine])
        odds[mine] = table[mine] @ weights[:-1] + weights[-1]
    for name, chosen in (("news", counts == 1.0), ("base", counts != 1.0)):
        for cut in (-0.5, 0.0, 0.2, 0.5, 1.0):
            told = odds[chosen] > cut
            hits = float((told * right[chosen]).sum())
            precision, recall = hits / max(told.sum(), 1), hits / right[chosen].sum()
            f1 = 2 * precision * recall / (precision + recall)
            chance = 1 / (1 + np.exp(-cut))
            at = {"precision": round(precision, 3), "recall": round(recall, 3), "F1": round(f1, 3)}
            note(**{f"{name} at {chance:.2f}": {"examples": int(chosen.sum()), "left_out": LEFT_OUT, **at}})
            print(f"{name}  at {chance:.2f}: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def write(weights: np.ndarray) -> None:
    """Put the numbers into the file; its comments and cuts stay."""
    named = zip(NEWS_FEATURES, weights[:-1], strict=True)
    numbers = [("news.weights", name, FIXED.get(name, value)) for name, value in named]
    put_all([*numbers, ("news", "bias", weights[-1])])


if __name__ == "__main__":
    main()
