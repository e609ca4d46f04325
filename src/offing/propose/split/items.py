"""Items of a roundup: paragraphs, sentences or clauses that each report a project of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.fields.topic import rank_sectors
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import DEMONYM, NEVER_TARGETS, rank_countries
from offing.propose.sentences.core_sentence import CHINESE_SIGNALS, OTHER_NEWS, gives

_WHERE = (MentionKind.PLACE, MentionKind.COUNTRY)
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
BACKGROUND = frozenset({"elsewhere", "separate", "loser"})
_EVENTS = frozenset({"ground-breaking", "handover", "tender-award"})
_OTHER_HANDS = frozenset({"other-donor", "other-contractor"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_NO_ITEM = OTHER_NEWS | {"loses"}
_SEVERAL_KEY = "several"
# The gap between a number and the noun that it counts: three words, or four Chinese characters.
_COUNTED = re.compile(r"\s?(?:[\w'’-]+\s){0,3}|[\u3400-\u9fff]{0,4}")
_CLAUSE = re.compile(r"[;；]\s*|\s[•·–—]\s")
_LABEL = re.compile(r"[^\W\d_][\w\u064b-\u0652'’-]*(?: [\w\u064b-\u0652'’-]+){0,3}\s?(?::|：| [—–-]) ?[^\s\"“«「]")
# "Punta Huete." and then its story.
_HEADING = re.compile(r"[^\W\d_][\w'’-]*(?:, [^\W\d_a-zа-яß-ÿ][\w'’-]*)?(?: [\w'’-]+){0,4}[.。]")
_BULLET = re.compile(
    r"\s*(?:[•·▪■●◦*–—-]|\(?\d{1,2}[.)、]|[一二三四五六七八九]、|【[^】\n]{1,12}】|其[一二三四五六][。，、：])\s?\S"
)
_AT_START = 3  # characters before a word with which a sentence opens
_SEVERAL, _MANY = 2, 3
_NEEDED = 1.0
_ANNOUNCED, _OPENED, _HEADLESS, _PARTED, _ABROAD = 1.0, 0.5, 0.5, 0.4, 0.4


@dataclass(frozen=True, slots=True)
class Item:
    """The lines of one project of a roundup, and the facts that distinguish it from others."""

    lines: tuple[Line, ...]
    firms: frozenset[str]
    country: str
    sector: str

    def same_as(self, other: Item) -> bool:
        """Whether another item may be the same project: neither firms nor country nor sector conflict."""
        parted = bool(self.firms and other.firms and not self.firms & other.firms)
        abroad = bool(self.country and other.country and self.country != other.country)
        other_work = bool(self.sector and other.sector and self.sector != other.sector)
        return not (parted or abroad or other_work)


def items_of(whole: Scope) -> list[Item]:
    """The items of a roundup in order; empty where an article reports one project.

    An article is a roundup with enough evidence: title or lead count several projects, paragraphs open with a label or
    "the second", title and lead report none themselves, and each part has a firm or a country of its own.
    """
    count, paragraphs = count_announced(whole), paragraphs_of(whole)
    items = _joined(_items(whole, paragraphs, count))
    opening = [place for place, item in enumerate(items) if _opens(whole, item)]
    if len(opening) >= _MANY:  # what follows a list is no part of it
        # Where more are announced, items before and among those count, too: "The most visible is …".
        items = items[: opening[-1] + 1] if count > len(opening) else [items[place] for place in opening]
    if len(items) < max(_SEVERAL, count) and count:  # the projects may be listed in one paragraph
        clauses = [[clause] for lines in paragraphs for line in lines for clause in clauses_of(whole, line)]
        items = max(items, _joined(_items(whole, clauses, count if count > 1 else 0)), key=len)
    if len(items) < _SEVERAL or _evidence(whole, items, announced=count > 0) < _NEEDED:
        return []
    return items[:count] if count > 1 else items


def paragraphs_of(whole: Scope) -> list[list[Line]]:
    """The lines of each paragraph, without the title."""
    body = [line for line in whole.lines if line.zone is not Zone.TITLE]
    return [list(lines) for _, lines in groupby(body, key=lambda line: line.sentence.paragraph)]


def _evidence(whole: Scope, items: Sequence[Item], *, announced: bool) -> float:
    """The evidence for several projects."""
    firms = [item.firms for item in items if item.firms]
    parted = len(firms) >= _MANY and len(frozenset().union(*firms)) >= sum(map(len, firms))
    countries = {item.country for item in items if item.country}
    alike = len(countries) < _SEVERAL and len({item.sector for item in items}) < _SEVERAL
    lead = (line for line in whole.lines if line.zone is Zone.LEAD)
    lead_reports_one = any(_is_self_contained(line) and not any(_counts(whole.article.text, line)) for line in lead)
    if alike or (lead_reports_one and not announced):
        return 0.0
    return (
        _ANNOUNCED * announced * (0.5 if lead_reports_one else 1.0)
        + _OPENED * (sum(_opens(whole, item) for item in items) >= _SEVERAL)
        + _HEADLESS * (not lead_reports_one)
        + _PARTED * parted
        + _ABROAD * (len(countries) >= _SEVERAL)
    )


def count_announced(whole: Scope) -> int:
    """The number of projects that title or lead announce; 1 for several without a number, 0 for none.

    Several countries in the title announce several projects, too.
    """
    head = [line for line in whole.lines if line.zone in _HEAD]
    counts = [count for line in head for count in _counts(whole.article.text, line)]
    if counts:
        return max(counts)
    if any("roundup" in line.signals() for line in head):
        return 1
    if sum(_is_labelled(whole, paragraph[0]) for paragraph in paragraphs_of(whole)[1:]) >= _MANY - 1:
        return 1
    if _is_list(whole):
        return 1
    title = [line for line in head if line.zone is Zone.TITLE]
    places = {m.key for line in title for m in line.of(*_WHERE) if m.by != DEMONYM}
    return int(len(places - NEVER_TARGETS) > 1)


def _is_list(whole: Scope) -> bool:
    """Whether paragraphs open with the names of places or with "First", "Second", "Third"."""
    firsts = [paragraph[0] for paragraph in paragraphs_of(whole) if len(paragraph) > 1]
    headed = sum(is_headed(whole, line) and bool(line.of(*_WHERE)) for line in firsts)
    opening = [(line, cue) for line in firsts for cue in line.of(MentionKind.SIGNAL) if cue.key == "list-opening"]
    counted = {line.sentence for line, cue in opening if cue.start - line.sentence.start <= _AT_START}
    return headed >= _MANY or len(counted) >= _MANY


def _counts(text: str, line: Line) -> Iterator[int]:
    """The numbers of projects that a sentence states: "three Gulf deals", "quatre commandes publiques"."""
    numbers = [m for m in line.of(MentionKind.SIGNAL) if (m.key or "").startswith(_SEVERAL_KEY)]
    counted = [m for m in line.of(MentionKind.SIGNAL) if m.key == "deal-word"]
    for number in numbers:
        if any(noun.start >= number.end and _COUNTED.fullmatch(text, number.end, noun.start) for noun in counted):
            yield int((number.key or "").removeprefix(_SEVERAL_KEY).removeprefix("-") or 1)


def clauses_of(whole: Scope, line: Line) -> Iterator[Line]:
    """The clauses of a sentence, each with its mentions: "In Talas …; near Batken …"."""
    text, start = whole.article.text, line.sentence.start
    borders = [m.end() for m in _CLAUSE.finditer(text, start, line.sentence.end)]
    for end in (*borders, line.sentence.end):
        inside = tuple(m for m in line.mentions if start <= m.start < end)
        yield replace(line, sentence=replace(line.sentence, start=start, end=end), mentions=inside)
        start = end


def _items(whole: Scope, units: Iterable[Sequence[Line]], announced: int) -> list[Item]:
    """The units that report a project of their own, each with the units that continue it.

    A unit continues the item before it where it names no other firm and no other country.

    Args:
        whole: the article.
        units: paragraphs or clauses.
        announced: how many projects title and lead announce. If any, party and event may be in two sentences of a unit;
            where the number is known, a firm and its sector are enough.
    """
    items: list[Item] = []
    for unit in units:
        item = item_of(whole, unit)
        if item and (any(_is_self_contained(line) for line in unit) or _stands_together(whole, unit, announced)):
            items.append(item)
        elif item and items:
            last, is_clear = items[-1], not any(line.marks & BACKGROUND for line in item.lines)
            if is_clear and item.firms <= last.firms and item.country in ("", last.country):
                items[-1] = replace(last, lines=(*last.lines, *item.lines))
    return items


def item_of(whole: Scope, unit: Sequence[Line]) -> Item | None:
    """Some lines as an item; None where all are background."""
    clear = [line for line in unit if not line.marks & BACKGROUND]
    if not clear:
        return None
    scope = whole.narrowed(clear)
    countries, sectors = rank_countries(scope), rank_sectors(scope)
    return Item(
        lines=tuple(unit),
        firms=frozenset(identity(m) for _, m in scope.of(MentionKind.FIRM)),
        country=countries[0].key if countries else "",
        sector=sectors[0].key if sectors else "",
    )


def identity(mention: Mention) -> str:
    """The identity of a party: its id, else its name."""
    return mention.key or mention.name or mention.text


def _is_self_contained(line: Line) -> bool:
    """Whether a sentence reports a project by itself: party, event, and sector or figure."""
    if line.marks & BACKGROUND or line.signals() & _NO_ITEM:
        return False
    what = line.of(MentionKind.SECTOR, MentionKind.MONEY, MentionKind.QUANTITY)
    return bool(has_party(line) and happens(line) and what)


def has_party(line: Line) -> bool:
    """Whether a sentence has a Chinese party that may take part: a name, "a Chinese firm", or China as giver."""
    return bool(line.of(*_PARTIES) or line.signals() & CHINESE_SIGNALS) or gives(line)


def happens(line: Line) -> bool:
    """Whether a sentence states a status or an event."""
    return bool(line.of(MentionKind.STATUS) or line.signals() & _EVENTS)


def _stands_together(whole: Scope, unit: Sequence[Line], announced: int) -> bool:
    """Whether the sentences of a unit of an announced roundup together report a project.

    A lead does so only as the first item of the list: under a heading or label.
    """
    if not announced:
        return False
    listed = unit[0].zone is not Zone.LEAD or is_headed(whole, unit[0])
    clear = [line for line in unit if listed and not (line.marks & BACKGROUND or "loses" in line.signals())]
    firm = any(line.of(*_PARTIES) for line in clear)
    who = firm or any(line.signals() & CHINESE_SIGNALS for line in clear) or _is_of_chinese_list(whole, clear)
    happened = any(map(happens, clear))
    money = any(line.of(MentionKind.MONEY) for line in clear)
    what = any(line.of(MentionKind.SECTOR, MentionKind.QUANTITY) for line in clear)
    if announced > 1:
        return what and (firm or (happened and (money or who)))
    return who and what and (happened or money)


def _is_of_chinese_list(whole: Scope, lines: Sequence[Line]) -> bool:
    """Whether lines belong to a list whose title says that its projects are Chinese."""
    if not lines or not is_headed(whole, lines[0]) or not _is_list(whole):
        return False
    title = [line for line in whole.lines if line.zone is Zone.TITLE]
    chinese = any(line.of(MentionKind.CHINA) or line.signals() & CHINESE_SIGNALS for line in title)
    return chinese and not any(line.signals() & _OTHER_HANDS or "negation" in line.marks for line in lines)


def _joined(items: Sequence[Item]) -> list[Item]:
    """The items, with those of the same project merged."""
    joined: list[Item] = []
    for item in items:
        place = next((number for number, known in enumerate(joined) if known.same_as(item)), None)
        if place is None:
            joined.append(item)
        else:
            known = joined[place]
            joined[place] = replace(known, lines=(*known.lines, *item.lines), firms=known.firms | item.firms)
    return joined


def _opens(whole: Scope, item: Item) -> bool:
    """Whether an item opens like a list item: with a label, a bullet, or "the second"."""
    first = item.lines[0]
    return opens_list(first) or _is_labelled(whole, first) or (len(item.lines) > 1 and is_headed(whole, first))


def opens_list(line: Line) -> bool:
    """Whether a sentence opens a part of a list explicitly: "First", "the second project"."""
    return bool(line.signals() & {"second-project", "list-opening"})


def is_headed(whole: Scope, line: Line) -> bool:
    """Whether a sentence is a heading, or begins with a label."""
    heading = bool(_HEADING.fullmatch(_text(whole, line))) and not line.of(MentionKind.STATUS)
    return heading or _is_labelled(whole, line)


def _is_labelled(whole: Scope, line: Line) -> bool:
    """Whether a sentence begins with a bullet, a number or a label: "Vanuatu: …", "• Laos – …"."""
    text = _text(whole, line)
    return bool(_BULLET.match(text) or _LABEL.match(text))


def _text(whole: Scope, line: Line) -> str:
    return whole.article.text[line.sentence.start : line.sentence.end]
