"""Excludes place names inside other names: "Chad Smith", "América Latina", "Michael Jordan"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar

_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'.-]{0,30})[ \u00a0]$")
_WORD_BEHIND = re.compile(r"[ \u00a0]([^\W\d_][\w’'-]{0,30})")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n»”\"(–—-]\s*)$")
_TITLED = 0.6  # the share of capitalised words from which a line is in title case and its capitals are no evidence
_LONG_WORD = 4


class PersonNames:
    """Recognises place names that are part of another name.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        words = tuple(words)
        grammar = PatternGrammar(words)
        self._given = frozenset(word.text for word in words if word.role is PatternRole.GIVEN_NAME)
        # Words that start a body's name after a place ("Kenya Ministry of Education").
        self._no_surnames = frozenset(grammar.words("no_surnames"))
        self._before_places = frozenset(grammar.words("before_places"))

    def is_part(self, draft: Draft, mention: Mention) -> bool:
        """Whether a place is part of another name; for a country only if it is also a given name."""
        if not mention.text.isalpha() or not mention.text[0].isupper() or _in_title_case(draft.text, mention):
            return False
        before = _WORD_BEFORE.search(draft.text, max(0, mention.start - 40), mention.start)
        is_given = mention.text in self._given
        if before and (is_given or mention.by == "city"):
            # A name's word is capitalised, starts no sentence, and is no "New".
            word, near = before[1], draft.text[max(0, before.start() - 3) : before.start()]
            other = word in self._before_places or word.endswith((".", "'s", "’s"))
            if word[0].isupper() and not other and _SENTENCE_START.search(near) is None:
                return True
        behind = _WORD_BEHIND.match(draft.text, mention.end)
        if behind is None or not is_given:
            return False
        return behind[1][0].isupper() and len(behind[1]) > 1 and behind[1] not in self._no_surnames


def drop_parts_of_names(draft: Draft, names: PersonNames) -> None:
    """Drop places that are part of another name."""
    draft.drop([m for m in draft.of(MentionKind.COUNTRY, MentionKind.PLACE) if names.is_part(draft, m)])


def _in_title_case(text: str, mention: Mention) -> bool:
    """Whether most longer words of the mention's line are capitalised."""
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    words = [w for w in re.findall(r"[^\W\d_]+", text[start : end if end >= 0 else None][:400]) if len(w) >= _LONG_WORD]
    return bool(sum(word[0].isupper() for word in words) >= _TITLED * len(words))
