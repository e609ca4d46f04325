"""Reads organisations in Chinese: a country, town or transliterated name before 部, 局, 大学; or a phrase with one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.reading.mention import MentionKind
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span

_REACH = 12
_BOUNDARY = "，。、；：！？（）“”\\s"  # an organisation may begin after these
_SIGNS = "，。、；：！？（）“”《》\\s"  # not part of any name


class HanBodyReader:
    """Reads organisations by the words that end their names.

    Args:
        tails: the words that end names.
        grammar: the words of names.
    """

    def __init__(self, tails: Iterable[str], grammar: PatternGrammar) -> None:
        vague = frozenset(grammar.words("vague_tails"))
        listed = sorted(tails, key=len, reverse=True)
        ends, clear = _choice(listed), _choice(tail for tail in listed if tail not in vague)
        behind = f"(?!{grammar.choice('no_tail_before')})"
        department = f"(?<![{grammar.characters('no_departments')}]部){behind}"
        plain = f"[^{grammar.characters('not_in_bodies')}{_SIGNS}\\d]"
        name = rf"[{grammar.characters('transliterating')}·\-]{{2,8}}"
        ends_ = rf"(?:{ends}){department}"
        self._behind_place = re.compile(rf"{plain}{{0,{_REACH}}}?{ends_}(?:{ends_}|{plain}{{0,4}}{ends_})?")
        self._behind_name = re.compile(rf"{name}{plain}{{0,{_REACH - 4}}}?{ends_}")
        boundary = f"(?:^|(?<=[{_BOUNDARY}{grammar.characters('before_bodies')}]))"
        self._alone = re.compile(rf"{boundary}{plain}{{2,6}}?(?:{clear}){department}")

        self._joined_fields = re.compile(_joined_fields(grammar))
        firm_words = grammar.choice("firm_words")
        # Words that introduce a local firm right before its name, and what follows the name.
        introductions, firms, acts = map(grammar.choice, ("local_leads", "local_firms", "local_acts"))
        local_firm = (
            f"(?:{introductions})的?[\u4e00-\u9fff]{{0,4}}?(?:(?:{firms})[“「《]?"
            f"(?P<name>[A-Za-z\u4e00-\u9fff·]{{2,12}}?)(?=[”」》]|{acts}|，|。|、|（)"
            f"|(?P<firm>[A-Za-z\u4e00-\u9fff·]{{2,10}}?(?:{firm_words}))"
            f"(?=[{grammar.characters('partner_follows')}，。、（]))"
        )
        # A name in quotes between a word for "with" or the like and what the firm does.
        links, acts = grammar.characters("partner_leads"), grammar.choice("partner_acts")
        partner = f"[{links}][^，。；]{{0,8}}“(?P<name>[^”“，。]{{2,10}})”(?:{firm_words})?(?={acts})"
        self._partners = tuple(map(re.compile, (local_firm, partner)))
        self._no_firm = re.compile(
            f"^(?:{grammar.choice('no_local_firms')})|[0-9{grammar.characters('not_in_partners')}]"
        )
        self._no_name = re.compile(grammar.choice("no_body_names"))

    def read(self, draft: Draft) -> Iterator[Span]:
        """The spans of organisations, longer ones first."""
        text = draft.text
        for place in draft.of(MentionKind.COUNTRY, MentionKind.PLACE):
            if fields := self._joined_fields.match(text, place.end):
                yield place.start, fields.end()
            tail = self._behind_place.match(text, place.end)
            if tail and not self._no_name.search(tail[0]):
                yield place.start, tail.end()
        yield from (found.span() for found in self._joined_fields.finditer(text))
        for partner in self._partners:
            for found in partner.finditer(text):
                group = found.lastgroup or "name"
                if not self._no_firm.search(found[group]):
                    yield found.span(group)
        for pattern in (self._behind_name, self._alone):
            for found in pattern.finditer(text):
                if not self._no_name.search(found[0]):
                    yield found.span()


def _choice(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"


def _joined_fields(grammar: PatternGrammar) -> str:
    """教育、大学教育和体育部: several remits of one ministry or office."""
    field, joins = f"(?:{grammar.choice('body_fields')})", f"[{grammar.characters('fields_joined')}]"
    return (
        f"{field}{{1,4}}+(?:、{field}{{1,4}}+){{0,4}}+(?:{joins}{field}{{1,4}}+)?部(?<=[\u4e00-\u9fff、]{{5}})"
        f"(?!{grammar.choice('no_ministry_before')})|{field}{{1,3}}+{joins}{field}{{1,3}}+(?:{grammar.choice('field_bodies')})"
        f"(?!{grammar.choice('no_office_before')})"
    )
