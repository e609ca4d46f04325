"""Recognises signs that a text continues: calls to read on, calls to subscribe, dangling ends.

Each phrase of `config/wording/page-notices/` is a whole call: "Read more" as a line of its own, never the same words
inside a sentence. A call to subscribe is about reading this text, not about newsletters, and addresses subscribers, not
the members of some assembly.
"""

from __future__ import annotations

import re

from offing.model.sources.page_words import PageWords

DANGLING = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\]|\((?:…|\.\.\.)\))[\s\"”’»)\]]*$")
_LONGEST_AT_END = 160


class CallsToAction:
    """Recognises calls to read on and to subscribe.

    Args:
        words: the page words.
    """

    def __init__(self, words: PageWords) -> None:
        choice, names = words.notices.choice, words.markup.choice
        every = choice("of_this", "more")
        start = rf"(?:^|[.!?:»>|,\n]\s{{0,3}}|\b(?:{choice('clause_starts')}) )"
        self.for_money = re.compile(rf"{start}(?:{choice('for_money_first')})|{choice('for_money')}")
        self._of_this = re.compile(rf"[\W_]{{0,6}}(?:{choice('of_this')})[\W_]{{0,6}}", re.IGNORECASE)
        self._more = re.compile(rf"[\W_]{{0,6}}(?:{every})[\W_]{{0,6}}", re.IGNORECASE)
        # At the end of a paragraph a call must follow the end of a sentence.
        self._at_end = re.compile(
            rf"(?<=[.!?…。！？؟”\"»\]\)])\s*([\[(«»›→>|]?\s*(?:{every})[\s.…»›→>\])|]*)$", re.IGNORECASE
        )
        self._gate = re.compile(rf"(?:^|[\s_-])(?:{names('gates')})(?:$|[\s_-])|{names('gate_parts')}", re.IGNORECASE)

    def are_for_money(self, text: str) -> bool:
        """Whether a line says that only subscribers, members or logged-in users can read on."""
        return bool(self.for_money.search(text.lower()))

    def are_of_this(self, text: str) -> bool:
        """Whether a line is nothing but a call to read on in this very text."""
        return bool(self._of_this.fullmatch(text))

    def are_more(self, text: str) -> bool:
        """Whether a line is nothing but a call to read more, of this text or anything else."""
        return bool(self._more.fullmatch(text))

    def at_end(self, text: str) -> str:
        """The call to read on that follows a paragraph's last sentence, or ""."""
        found = self._at_end.search(text[-_LONGEST_AT_END:])
        return found[1] if found and found.start() > 0 else ""

    def is_gate(self, names: str) -> bool:
        """Whether an element's names mark it as a paywall box in place of the remaining text."""
        return bool(self._gate.search(names))
