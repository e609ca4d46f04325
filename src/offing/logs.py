"""Logging: structlog, one JSON object a line; each carries run, pipeline, feed and url where it has them."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Any

import structlog

_PASSWORD = re.compile(r"(://[^/\s:@]*):[^/\s@]+@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
STDERR = "-"


def redact(text: str) -> str:
    """The text without passwords in URLs and without control characters that could forge a line."""
    return _PASSWORD.sub(r"\1:***@", _CONTROL.sub(" ", text))


def _redacted(_: Any, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    texts = {k: _encodable(v) for k, v in event.items() if isinstance(v, str)}
    return {**event, **{k: text if k == "exception" else redact(text) for k, text in texts.items()}}


def _encodable(text: str) -> str:
    """The text with halves of characters written out; a page may hold them, no file can."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def set_up(target: Path | str | None) -> None:
    """Send log lines to a file, to stderr (`-`), or nowhere (None). May be called again."""
    root = logging.getLogger("offing")
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    handler: logging.Handler = logging.NullHandler()
    if target == STDERR:
        handler = logging.StreamHandler(sys.stderr)
    elif target is not None:
        handler = logging.FileHandler(target, encoding="utf-8", delay=True)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redacted,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: logging.getLogger("offing"),
        cache_logger_on_first_use=False,
    )


def get_logger() -> Any:
    """The logger; bind run, pipeline, feed and url with `structlog.contextvars`. Silent until it is set up."""
    if not structlog.is_configured():
        set_up(None)
    return structlog.get_logger()
