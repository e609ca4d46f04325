"""Who counts as Chinese: each rule of docs/codebook.md, tried on a text by the shipped recognition and proposal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from eval.codebook_cases import CASES
from offing.model.review.candidate import Proposed
from offing.model.sources.article import Article

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/codebook.md"


def rows() -> dict[str, tuple[str, str]]:
    """The rules of the page: where each is decided, and whether it is followed."""
    found = re.findall(
        r"^\| `([a-z-]+)` [^|]+\|[^|]+\|([^|]+)\|([^|]+)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {name: (decided, followed.strip()) for name, decided, followed in found}


def cases() -> list[Any]:
    """Each rule of the page; those that it says are not followed yet have to fail."""
    return [
        pytest.param(name, id=name, marks=pytest.mark.xfail(strict=True, reason=followed))
        if followed.startswith("not yet")
        else pytest.param(name, id=name)
        for name, (_, followed) in rows().items()
    ]


def test_each_rule_has_a_test() -> None:
    """No rule without a text, no text without a rule; each says whether it is followed."""
    assert set(rows()) == set(CASES)
    assert {followed.partition(":")[0] for _, followed in rows().values()} == {"yes", "not yet"}


def test_the_files_that_decide_exist() -> None:
    """Where the page names a file of code or config, there is one."""
    named = {path for decided, _ in rows().values() for path in re.findall(r"`((?:src|config)/[^`]+)`", decided)}
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("rule", cases())
def test_the_product_follows_the_rule(rule: str, analyst: Any) -> None:
    """Firms, lenders and countries of the record are those that the rule wants, and the queue holds it or not."""
    case = CASES[rule]
    found = analyst.study(Article(1, case.title, (case.lead,), "en"))
    assert told(found) == (case.firms, case.lenders, case.countries)
    if case.queued is not None:
        assert (found.score >= analyst.scoring.cut) is case.queued


def told(found: Proposed) -> tuple[tuple[str, ...], ...]:
    """Firms, lenders (by id, else name) and countries of the best proposal."""
    if not found.proposals:
        return (), (), ()
    facts = found.proposals[0].facts
    firms = tuple(firm.id or firm.name for firm in facts.firms)
    return firms, tuple(lender.id or lender.name for lender in facts.lenders), facts.countries


def test_what_a_text_leaves_open_has_a_reason(analyst: Any) -> None:
    """The empty field is explained."""
    case = CASES["open"]
    (best, *_) = analyst.study(Article(1, case.title, (case.lead,), "en")).proposals
    assert "no-named-party" in {reason.name for reason in best.reasons}
