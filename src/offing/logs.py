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


class LogFile(logging.FileHandler):
    """A log file that stops no work: what a full or read-only disk does not take is lost, and `lost` says why."""

    lost = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; the file is opened by the first."""
        try:
            super().emit(record)
        except OSError as error:
            self._lose(error)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the library's name
        """Called where a line could not be written."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self._lose(error)
        else:
            super().handleError(record)

    def close(self) -> None:
        """Close the file; what is still to be written may be lost."""
        try:
            super().close()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        self.lost = self.lost or f"the log {self.baseFilename} cannot be written to ({error.strerror}): see to its disk"


def lost() -> str:
    """Why lines of the log were lost, as a sentence; empty where none was."""
    handlers = logging.getLogger("offing").handlers
    return next((each.lost for each in handlers if isinstance(each, LogFile) and each.lost), "")


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
        handler = LogFile(target, encoding="utf-8", delay=True)
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
