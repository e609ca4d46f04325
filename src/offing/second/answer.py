"""Parse a server's answer: the model's text and its token usage. Nothing in it is trusted."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any

from offing.model.review.second_reader import Broken, ModelAnswer, Usage

BYTES_PER_TOKEN = 3  # of UTF-8; current tokenizers take 3 to 5 in the languages that we read, so this overestimates
_MOST_TOKENS = 10_000_000  # a server that reports more miscounts
_FENCE = re.compile(r"\A\s*```[a-z]*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


def estimated(*texts: str) -> int:
    """An upper estimate of the tokens of some texts, from their bytes."""
    return math.ceil(sum(len(text.encode("utf-8", "replace")) for text in texts) / BYTES_PER_TOKEN)


def answer_text(body: bytes, sent: int) -> ModelAnswer | Broken:
    """The model's text from the body of a chat completion; Broken where there is none.

    Args:
        body: as the server sent it.
        sent: the estimated tokens of the prompt, for servers that do not report usage.
    """
    found = loaded(body.decode("utf-8", "replace"))
    try:
        choice = found["choices"][0]
        content = choice["message"]["content"]
    except (TypeError, KeyError, IndexError):
        return Broken("the answer is no chat completion")
    if not isinstance(content, str) or not content.strip():
        return Broken("the answer holds no text")
    return ModelAnswer(content, _usage(found.get("usage"), sent, content), choice.get("finish_reason") != "length")


def object_in(answer: str) -> dict[str, Any] | Broken:
    """The JSON object of an answer, even fenced as code or preceded by the model's thoughts."""
    bare = _THOUGHT.sub("", answer)
    fenced = _FENCE.match(bare)
    found = loaded(fenced[1] if fenced else bare)
    return found if isinstance(found, dict) else Broken("the answer is not a JSON object")


def loaded(text: str) -> Any:
    """JSON with exact decimals; None where it is invalid."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        return None


def _no_number(_: str) -> None:
    """Reject NaN and infinities, which JSON does not have."""
    raise ValueError


def _usage(usage: Any, sent: int, content: str) -> Usage:
    counts = usage if isinstance(usage, dict) else {}
    prompt, answer = _count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens"))
    if prompt is None or answer is None:
        return Usage(sent, estimated(content), estimated=True)
    return Usage(prompt, answer)


def _count(number: Any) -> int | None:
    is_count = isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _MOST_TOKENS
    return number if is_count else None
