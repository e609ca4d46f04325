"""Names of places inside names of persons and things: "Chad Smith", "América Latina", "Michael Jordan"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.mention import Mention, MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.draft import Draft

_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'.-]{0,30})[ \u00a0]$")
_WORD_BEHIND = re.compile(r"[ \u00a0]([^\W\d_][\w’'-]{0,30})")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n»”\"(–—-]\s*)$")
_TITLED = 0.6  # the share of capitalised words from which a line is in title case and its capitals tell nothing
_LONG_WORD = 4
# Behind a place these start the name of a body or a thing of that place ("Kenya Ministry of Education").
_NO_SURNAMES = frozenset(
    {
        *(
            "Ministry",
            "Government",
            "Power",
            "Railways",
            "Railway",
            "Ports",
            "Port",
            "Airways",
            "Airlines",
            "Electricity",
        ),
        *(
            "Revenue",
            "National",
            "Telecom",
            "Telecommunications",
            "Central",
            "University",
            "Police",
            "Roads",
            "Highways",
        ),
        *("Airports", "Bank", "Investment", "Authority", "Agency", "Valley", "River", "Pipeline", "Customs", "Defence"),
        *(
            "Space",
            "Civil",
            "Medical",
            "Water",
            "Petroleum",
            "Phosphate",
            "Broadcasting",
            "News",
            "Parliament",
            "Rural",
        ),
        *("Urban", "Electric", "Energy", "Airport", "Health", "Export", "Mission", "Stadium", "Province", "District"),
    }
)
# Before a place these are capitalised in titles and names of the place itself.
_BEFORE_PLACES = frozenset(
    [
        "The",
        "In",
        "Of",
        "New",
        "South",
        "North",
        "East",
        "West",
        "Southern",
        "Northern",
        "Eastern",
        "Western",
        "Greater",
        "Port",
        "De",
        "La",
        "Le",
        "Da",
        "Do",
        "El",
        "Central",
    ]
)


def given_names(words: Iterable[PatternWord]) -> frozenset[str]:
    """The names of places that people bear too."""
    return frozenset(word.text for word in words if word.role is PatternRole.GIVEN_NAME)


def drop_parts_of_names(draft: Draft, given: frozenset[str]) -> None:
    """Take away places that are a part of another name; a country only if people are named like it."""
    draft.drop([m for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if _is_part(draft, m, given)])


def _is_part(draft: Draft, mention: Mention, given: frozenset[str]) -> bool:
    if not mention.text.isalpha() or not mention.text[0].isupper() or _in_title_case(draft.text, mention):
        return False
    before = _WORD_BEFORE.search(draft.text, max(0, mention.start - 40), mention.start)
    is_given = mention.text in given
    if before and (is_given or mention.by == "city") and _is_name_part(draft.text, before):
        return True
    behind = _WORD_BEHIND.match(draft.text, mention.end)
    surname = behind is not None and behind[1][0].isupper() and len(behind[1]) > 1 and behind[1] not in _NO_SURNAMES
    return is_given and surname


def _is_name_part(text: str, before: re.Match[str]) -> bool:
    """Whether the word before is capitalised for its own sake: it starts no sentence and is no "New"."""
    word = before[1]
    if not word[0].isupper() or word in _BEFORE_PLACES or word.endswith((".", "'s", "’s")):
        return False
    return _SENTENCE_START.search(text[max(0, before.start() - 3) : before.start()]) is None


def _in_title_case(text: str, mention: Mention) -> bool:
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    words = [w for w in re.findall(r"[^\W\d_]+", text[start : end if end >= 0 else None][:400]) if len(w) >= _LONG_WORD]
    return bool(sum(word[0].isupper() for word in words) >= _TITLED * len(words))
