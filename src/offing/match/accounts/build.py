"""Build an account from an article's or a database's facts and words, without recognition."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from offing.model.pairs.matching import Account, AccountSum, Agreement
from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.text.sounds import han_names

TEXT = 6_000  # characters that are compared: a news article, whole
_NAMES = 60  # of one account
_MOSTLY = 0.6  # share of capitalised words in a title from which capitals mark no names there
_FEW_WORDS = 4
_NO_HAN = "\u3400-\u9fff"  # Chinese sets no blank between its words and a Latin name
_CAPITAL = re.compile(rf"[^\W\d_{_NO_HAN}](?:[^\W{_NO_HAN}]|[’'-])*")
_NUMBERED = re.compile(rf"(?<![^\W{_NO_HAN}])([^\W\d_{_NO_HAN}]{{2,}})[ \u00a0](\d{{2,4}})(?![^\W{_NO_HAN}]|[.,]\d)")
_COINED = re.compile(r"[a-zа-я][A-ZА-Я]|[A-ZА-Я]{2}[a-zа-я]")
_DIGIT = re.compile(r"\d")
_TWICE = 2  # mentioned once, capitals and a number are a sum, a road or a flight
_AROUND = re.compile(r"^(?:[cdjlmnst]|qu)[’'](?=\w{2})|[’']s?$", re.IGNORECASE)  # l’Ogooué, RUDA's
_BEFORE = re.compile(r"(?:^|[.!?…:;•|\n«“\"(])\s*[«“\"(]?\s*$")
_QUOTED = re.compile(r"[«“\"「《‘]([^«»“”\"「」《》‘’\n]{2,40})[»”\"」》’]")
_SHORTEST = 3
_NO_YEAR = date(1, 1, 1)

Dollars = Callable[[Decimal, str, date], float | None]


@dataclass(frozen=True, slots=True)
class AccountInput:
    """The input for one account of a project.

    Attributes:
        key: distinguishes accounts of the same words.
        facts: its fields.
        text: the words, title first.
        day: the date of the report, None if unknown.
        year: that of its commitment, where a database has it.
        projects: the known projects that the text names.
        agreement: which one it is, where a database has a row for each.
    """

    key: str
    facts: ProjectFacts
    text: str = ""
    day: date | None = None
    year: int | None = None
    projects: frozenset[str] = frozenset()
    agreement: Agreement | None = None


def account_of(source: AccountInput, dollars: Dollars) -> Account:
    """Build an account.

    Args:
        source: facts and words.
        dollars: converts a sum on a day to US dollars; None without an exchange rate.
    """
    facts, text = source.facts, source.text[:TEXT]
    year = source.year or (source.day.year if source.day else None)
    return Account(
        key=source.key,
        title=text.partition("\n")[0] or facts.title,
        text=text,
        countries=_even(facts.countries),
        firms=_even(firm.id or firm.name.casefold() for firm in facts.firms),
        lenders=_even(lender.id or lender.name.casefold() for lender in facts.lenders),
        sums=tuple(_sums(facts, source.day or date(year or 1, 7, 1), dollars)),
        days=frozenset([source.day] if source.day else ()),
        years={year: 1.0} if year else {},
        quantities=frozenset((float(size.value), size.unit) for size in facts.quantities),
        places=frozenset(facts.places),
        sectors=_even([facts.sector] if facts.sector else ()),
        statuses=_even([facts.status] if facts.status else ()),
        kinds=_even([facts.record_type] if facts.record_type else ()),
        names=frozenset(_names(facts, text)),
        projects=source.projects,
        agreement=source.agreement,
    )


def _even(keys: Iterable[str]) -> Mapping[str, float]:
    return {str(key): 1.0 for key in keys}


def _sums(facts: ProjectFacts, day: date, dollars: Dollars) -> Iterator[AccountSum]:
    for amount in facts.amounts:
        worth = dollars(amount.value, amount.currency, day) if day > _NO_YEAR else None
        yield AccountSum(float(amount.value), amount.currency, worth, main=True, kind=str(amount.kind))


def _names(facts: ProjectFacts, text: str) -> list[str]:
    """Its names, as written: places and bodies of the facts, capitalised words, names that Chinese spells by sound."""
    title, _, body = text.partition("\n")
    parties: tuple[Firm | Lender, ...] = (*facts.firms, *facts.lenders)
    known = {word for party in parties for word in _CAPITAL.findall(party.as_written)}
    # In a title-case title capitals mark no names, so only those with the spelling of one count: BOL-110, NOSi.
    in_title = filter(_is_coined, _capitals(title)) if _all_in_capitals(title) else _capitals(title)
    written = chain(_capitals(body), _quoted(text), han_names(text), in_title, _numbered(text, facts))
    own: dict[str, None] = {}
    for name in chain(facts.places, facts.counterparts, written):  # lazy: stops reading once there are enough
        if name not in known:
            own[name] = None
            if len(own) == _NAMES:
                break
    return list(own)


def _is_coined(word: str) -> bool:
    """Whether a word is a name by its spelling: iGov, NOSi, or only capitals and digits."""
    return _COINED.search(word) is not None or (word.upper() == word and _DIGIT.search(word) is not None)


def _numbered(text: str, facts: ProjectFacts) -> Iterator[str]:
    """Capitals followed by a number, more than once and in no sum: ECU 911."""
    sums = " ".join(amount.as_written for amount in facts.amounts)
    found = Counter(match.groups() for match in _NUMBERED.finditer(text) if match[1].isupper())
    for (letters, number), times in found.items():
        if times >= _TWICE and number not in sums:
            yield f"{letters}-{number}"


def _capitals(text: str) -> Iterator[str]:
    """The capitalised words within a sentence; at its start, only those with the spelling of a name."""
    for match in _CAPITAL.finditer(text):
        word, start = match[0], match.start()
        if "’" in word or "'" in word:
            word = _AROUND.sub("", word)
        if len(word) < _SHORTEST or not word[0].isupper():
            continue
        opens_sentence = _BEFORE.search(text, max(0, start - 4), start)
        if not opens_sentence or word.isupper() or _is_coined(word):
            yield word


def _all_in_capitals(title: str) -> bool:
    words = [word for word in _CAPITAL.findall(title) if len(word) > _SHORTEST]
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= _FEW_WORDS and capital >= _MOSTLY * len(words)


def _quoted(text: str) -> Iterator[str]:
    """Short quoted names, as of a system or programme: the words in them that are not lower-case."""
    for match in _QUOTED.finditer(text):
        inner = unicodedata.normalize("NFKC", match[1]).strip()
        words = inner.split()
        if len(words) <= _FEW_WORDS:
            yield from (word for word in words if word[0].isalnum() and not word[0].islower())
