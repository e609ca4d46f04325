"""Phrases: what a wording of a sector is to its neighbours, and whether it only names an office.

In "highway cameras" the cameras are the thing and the highway tells where; in "caméras de l'aéroport" it is the other
way round. "The Ministry of Housing" and 交通部 tell who, not what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from offing.model.mention import Mention

_REACH = 14  # characters between two wordings of one phrase
_OFFICE_REACH = 28
_HEAD_LAST = frozenset({"en", "zh"})  # languages that set what is qualified last
_LINKS = {
    "of": re.compile(r"^ (?:of|de|du|des|da|do|das|dos|del)(?: (?:the|la|el|los|las|l['’]|its|their))? ?$|^ d['’]$"),
    "for": re.compile(r"^ (?:for|pour|para|для|por)(?: (?:the|la|le|les|el|los|las|a|o|as|os|its|their))? $|^ ل"),
    "in": re.compile(
        r"^ (?:in|on|at|along|dans|sur|à|au|aux|en|sobre|no|na|nos|nas|em|в|на|в области|في|على)"
        r"(?: (?:the|la|le|les|el|los|las|its|their))? $"
    ),
}
_OFFICE = re.compile(
    r"(?:\bminist\w*|\bsecretar\w*|\bsecrétair\w*|\bsecretári\w*|\bdepartment\w*|\bauthorit\w*|\bcommission\w*"
    r"|\bcomisi\w*|\bcomiss\w*|\bautorid\w*|\bautorité\w*|\bdirec[ct]\w*|\bcommittee\w*|\bcomité\w*|\bcomitê\w*"
    r"|\bминистр\w*|\bминистерств\w*|\bдепартамент\w*|\bкомитет\w*|\bуправлени\w*|\bагентств\w*"
    r"|وزير\w*|وزارة|هيئة|مديرية|لجنة|مؤسسة|جامعة)"
    r"(?: (?:of|for|de|du|des|da|do|das|dos|del|la|le|les|l['’]|el|los|las|the|d['’]|по|и|y|e|et|and|و)?){0,3}"
    r"(?:[\w'’-]+(?:,| (?:and|et|y|e|и))? ){0,3}(?:[\w'’]*['’]|و?ال|و)?$",
    re.IGNORECASE,
)
_OFFICE_BEHIND = re.compile("^(?:部|厅|局|署|委|司)(?!分|门|位|件|队|地)")
_TITLE_BEHIND = re.compile(
    r"^ (?:minister|ministry|authority|department|secretary|commission|committee|agency)\b", re.IGNORECASE
)


def relations(text: str, mentions: Sequence[Mention], language: str) -> dict[int, str]:
    """What the wordings of one sentence are to each other, by the start of the wording.

    Args:
        text: the article's text.
        mentions: the wordings, in their order.
        language: of the text.
    """
    found: dict[int, str] = {}
    for one, other in pairwise(mentions):
        if one.key == other.key or not 0 <= other.start - one.end <= _REACH:
            continue
        between = text[one.end : other.start]
        if between.strip() in ("", "的"):
            lower, upper = (one, other) if language in _HEAD_LAST else (other, one)
            found[lower.start], found[upper.start] = "qualifies", "qualified"
        else:
            for link, pattern in _LINKS.items():
                if pattern.match(between):
                    found[other.start] = f"behind-{link}"
                    found.setdefault(one.start, f"before-{link}")
    return found


def is_office(text: str, mention: Mention) -> bool:
    """Whether a wording only names an office: "the Minister of Transport"."""
    before = text[max(0, mention.start - _OFFICE_REACH) : mention.start]
    behind = text[mention.end : mention.end + _OFFICE_REACH]
    return bool(_OFFICE.search(before) or _OFFICE_BEHIND.match(behind) or _TITLE_BEHIND.match(behind))


def related(text: str, mentions: Sequence[Mention], language: str) -> Iterator[tuple[Mention, dict[str, float]]]:
    """The wordings of a sentence with these traits."""
    roles = relations(text, mentions, language)
    for mention in mentions:
        traits = {roles[mention.start]: 1.0} if mention.start in roles else {}
        yield mention, traits | {"office": float(is_office(text, mention))}
