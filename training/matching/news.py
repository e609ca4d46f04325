"""Fit the weights for matching news (`[news]` of `config/matching.toml`), and cross-validate them.

    python -m training.matching.news --pairs PAIRS.jsonl.gz --records RECORDS.jsonl.gz            cross-validate
    python -m training.matching.news --pairs … --records … --write                                also write the weights

Fitted to pairs of annotated articles from sets open to training (story groups and the open gold set) and, with a small
weight, to AidData projects that were written up twice, beside their neighbours in the same country. Pairs that rules
already separate (another phase, an umbrella, another site) are excluded. Weights keep their expected sign. Folds are
whole countries. The fit is deterministic.
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
HELD_OUT = f"{PARTS} parts of the countries"
L2 = 2.0  # strength of the L2 penalty that pulls weights to the prior
# Prior weights as an analyst would set them without data, in log-odds. A few hundred pairs cannot teach that 900
# cameras are not 650, because articles of later years report other sums beside the project's own.
PRIOR = {
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
READ = frozenset("abce")  # parts of groups that are open to training
BASE = 0.05  # sample weight of a pair of AidData accounts; a pair of news has 1
NEIGHBOURS, LOOKED_AT = 8, 60
FIXED = {"other-country": -6.0}  # not fitted: training pairs never span two countries

LAYERS = Layers.of(None)
RARITY = rarity_of(LAYERS)
DOLLARS = dollars_by(Converter(load_rates(LAYERS)))


@dataclass(frozen=True)
class NewsItem:
    """An article on one project: its gold project, its profile, and whether the product proposes a candidate."""

    article: str
    project: str
    profile: NewsProfile
    proposed: bool


@dataclass(frozen=True)
class Row:
    """A training pair: feature strengths, gold label, sample weight, and the country that determines its fold."""

    strengths: list[float]
    gold: bool
    counts: float
    country: str


def main() -> None:
    """Cross-validate, and write the weights if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = [*news_rows(), *base_rows(given.pairs, given.records)]
    table = np.array([row.strengths for row in rows])
    gold = np.array([row.gold for row in rows], float)
    counts = np.array([row.counts for row in rows])
    report(table, gold, counts, [row.country for row in rows])
    if given.write:
        write(fit(table, gold, counts))


# ---------------------------------------------------------------- data


def news_rows() -> Iterator[Row]:
    """Yield the pairs of articles within each file."""
    for items in [list(news_items(file)) for file in files()]:
        for one, other in combinations(items, 2):
            if one.article == other.article or not (one.proposed and other.proposed):
                continue  # articles that name no Chinese party are matched by project name or recalled
            features = compare_news(other.profile, one.profile, RARITY)
            gold = one.project == other.project
            near = "other-country" not in features and ("country" in features or "name" in features)
            if (gold or near) and not any(name in features for name in PARTING):
                yield row_of(features, gold, 1.0, min(one.profile.account.countries, default=one.article))


def files() -> list[Path]:
    """Return the files of story groups, and the open gold set."""
    tests = ROOT / "tests"
    own = sorted((ROOT / "training/data/groups").glob("*.jsonl"))
    return [tests / "eval/story_groups.jsonl", tests / "eval/story_shorts.jsonl", tests / "data/gold_open.jsonl", *own]


def news_items(file: Path) -> Iterator[NewsItem]:
    """Yield the articles of a file that are open to training and report exactly one project."""
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
        yield NewsItem(row["id"], project, profile_of(article, facts), bool(found))


def country(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Return the country mentioned most often, for an article without proposals; empty if there is none."""
    kinds = (MentionKind.COUNTRY, MentionKind.PLACE)
    named_ = Counter(m.key for m in mentions if m.kind in kinds and m.key and m.key not in ("CHN", "HKG"))
    return tuple(key for key, _ in named_.most_common(1))


def profile_of(article: Article, facts: ProjectFacts) -> NewsProfile:
    """Return the news profile of an article's project."""
    day = article.published.date() if article.published else None
    return news_profile(account_of(AccountInput(str(article.id), facts, article.text, day), DOLLARS), RARITY)


def base_rows(pairs: Path, records: Path) -> Iterator[Row]:
    """Yield each AidData project written up twice, and its earlier account beside its hardest negatives.

    Negatives are the `NEIGHBOURS` accounts with the largest feature sum among `LOOKED_AT` random ones of its country.
    """
    accounts = {int(account.key): account for account in base(records)}
    profiles = {key: news_profile(account, RARITY) for key, account in accounts.items()}
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
            early_profile = news_profile(early, RARITY)
            compared = [compare_news(early_profile, profiles[int(key)], RARITY) for key in chosen]
            hardest = sorted(compared, key=lambda each: -sum(each.values()))[:NEIGHBOURS]
            yield row_of(compare_news(early_profile, profiles[pair["id"]], RARITY), True, BASE, code)  # noqa: FBT003 -- the gold label
            yield from (row_of(features, False, BASE, code) for features in hardest)  # noqa: FBT003 -- the gold label


def row_of(features: dict[str, float], gold: bool, counts: float, country_: str) -> Row:
    """Return a pair as a training row."""
    return Row([features.get(name, 0.0) for name in NEWS_FEATURES], gold, counts, country_)


# ---------------------------------------------------------------- fitting


def fit(table: np.ndarray, gold: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Fit a logistic regression by Newton steps that keep the sign of each weight, with an L2 penalty to the prior.

    Args:
        table: feature strengths, shape `(n_pairs, n_features)`.
        gold: 1.0 if a pair is one project, else 0.0, shape `(n_pairs,)`.
        counts: sample weights, shape `(n_pairs,)`.

    Returns:
        Weights, shape `(n_features + 1,)`; the last is the bias.
    """
    full = np.hstack([table, np.ones((len(table), 1))])
    sign = np.array([-1.0 if name in NEWS_AGAINST else 1.0 for name in NEWS_FEATURES] + [0.0])
    penalty = np.array([L2] * len(NEWS_FEATURES) + [1e-6])
    prior = np.array([PRIOR.get(name, 0.0) for name in NEWS_FEATURES] + [0.0])
    weights = np.zeros(full.shape[1])

    def loss(values: np.ndarray) -> float:
        log_odds = full @ values
        return float(
            (counts * (np.logaddexp(0, log_odds) - gold * log_odds)).sum() + (penalty * (values - prior) ** 2).sum() / 2
        )

    for _ in range(200):
        probability = 1 / (1 + np.exp(-np.clip(full @ weights, -30, 30)))
        gradient = full.T @ (counts * (probability - gold)) + penalty * (weights - prior)
        hessian = (full.T * (counts * probability * (1 - probability))) @ full + np.diag(penalty)
        free = ~((sign * weights <= 0) & (sign * gradient > 0))
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        for halving in range(20):
            moved = weights - step / 2**halving
            moved = np.where(sign * moved < 0, 0.0, moved)
            if loss(moved) < loss(weights):
                break
        if np.abs(moved - weights).max() < 1e-6:
            break
        weights = moved
    return weights


def report(table: np.ndarray, gold: np.ndarray, counts: np.ndarray, countries: list[str]) -> None:
    """Print cross-validated precision, recall and F1 at several thresholds, for pairs of news and of AidData."""
    names = sorted(set(countries))
    order = np.random.default_rng(SEED).permutation(len(names))
    part_of = {name: int(place) % PARTS for name, place in zip(names, order, strict=True)}
    parts = np.array([part_of[name] for name in countries])
    log_odds = np.zeros(len(gold))
    for part in range(PARTS):
        held_out = parts == part
        weights = fit(table[~held_out], gold[~held_out], counts[~held_out])
        log_odds[held_out] = table[held_out] @ weights[:-1] + weights[-1]
    for name, chosen in (("news", counts == 1.0), ("base", counts != 1.0)):
        for cut in (-0.5, 0.0, 0.2, 0.5, 1.0):
            predicted = log_odds[chosen] > cut
            hits = float((predicted * gold[chosen]).sum())
            precision, recall = hits / max(predicted.sum(), 1), hits / gold[chosen].sum()
            f1 = 2 * precision * recall / (precision + recall)
            probability = 1 / (1 + np.exp(-cut))
            at = {"precision": round(precision, 3), "recall": round(recall, 3), "F1": round(f1, 3)}
            note(**{f"{name} at {probability:.2f}": {"examples": int(chosen.sum()), "left_out": HELD_OUT, **at}})
            print(f"{name}  at {probability:.2f}: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


def write(weights: np.ndarray) -> None:
    """Write the weights to the file, preserving its comments and thresholds."""
    named = zip(NEWS_FEATURES, weights[:-1], strict=True)
    numbers = [("news.weights", name, FIXED.get(name, value)) for name, value in named]
    put_all([*numbers, ("news", "bias", weights[-1])])


if __name__ == "__main__":
    main()
