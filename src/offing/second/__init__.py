"""second: what a language model answers about an article, checked against its text and set beside our reading. Pure."""

from offing.second.answer import said_of
from offing.second.compare import compare
from offing.second.joined import alone, joined
from offing.second.opinions import read_answer
from offing.second.pairing import paired
from offing.second.prompt import PROMPT, asked
from offing.second.weigh import NAMES, Standing, weighed

__all__ = [
    "NAMES",
    "PROMPT",
    "Standing",
    "alone",
    "asked",
    "compare",
    "joined",
    "paired",
    "read_answer",
    "said_of",
    "weighed",
]
