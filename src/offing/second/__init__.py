"""second: a language model's answer about an article, checked against its text and set beside our reading. Pure."""

from offing.second.answer import answer_text
from offing.second.compare import compare
from offing.second.opinions import read_answer
from offing.second.pairing import paired
from offing.second.prompt import PROMPT, chat_request
from offing.second.score_adjustment import NAMES, ScoredReasons, adjusted
from offing.second.union import alone, union

__all__ = [
    "NAMES",
    "PROMPT",
    "ScoredReasons",
    "adjusted",
    "alone",
    "answer_text",
    "chat_request",
    "compare",
    "paired",
    "read_answer",
    "union",
]
