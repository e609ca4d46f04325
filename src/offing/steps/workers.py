"""Worker processes for parsing, extraction, recognition and proposal: a time and memory limit for each item.

A poisoned page costs itself only: the pool kills the process that hangs, grows or dies, and goes on.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import TimeoutError as WorkerTimeout
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from offing.config.languages import load_language_signs
from offing.config.layers import Layers
from offing.config.outlets import load_outlets
from offing.config.scoring import load_scoring
from offing.extract import extract_article
from offing.model.article import Article, ExtractedArticle, NoArticle
from offing.model.candidate import Proposed
from offing.model.feed import FeedSpec, NotAFeed, ParsedFeed
from offing.model.languages import LanguageSigns
from offing.model.links import link_rule
from offing.model.memory import Memory
from offing.model.mention import Mention
from offing.model.naming import ProjectName
from offing.model.outlet import OutletRules
from offing.model.page import StoredPage
from offing.model.rules import ScoringRules
from offing.model.run import Fault
from offing.poll import parse_feed, parse_links
from offing.propose import propose
from offing.propose.story import sketch_of
from offing.recognize import Recognizer
from offing.steps.analyse import Analyst
from offing.steps.analyst import recognizer_of
from offing.steps.remembering import remembering

T = TypeVar("T")
MEMORY_LIMIT = 4 * 1024**3  # address space; a worker at work on news stays under 1 GB
OUT_OF_MEMORY = 71  # exit code of a worker that ends because of it
ITEMS_PER_WORKER = 500  # libxml2 and spaCy leak a little; a fresh process does not


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of projects when a run starts: their names, and what their news means."""

    names: tuple[ProjectName, ...] = ()
    memory: Memory | None = None


KNOWING_NOTHING = Knowledge()


class WorkerDied(Exception):
    """A worker hung, grew beyond its memory or died over one item.

    Args:
        sentence: what happened.
        fault: the same as a class.
    """

    def __init__(self, sentence: str, fault: Fault) -> None:
        super().__init__(sentence)
        self.fault = fault


class Workers:
    """A pool of worker processes. Use as a context manager; nothing is started before the first call.

    Args:
        folders: the layers of config.
        size: how many processes.
        known: what is known of projects, which recognition looks for.
    """

    def __init__(self, folders: tuple[Path, ...], size: int = 2, known: Knowledge = KNOWING_NOTHING) -> None:
        self._folders, self._size, self._known = folders, size, known
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        """The pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, at once after an error."""
        if self._pool is not None:
            if error:
                self._pool.stop()  # type: ignore[no-untyped-call]
            else:
                self._pool.close()  # type: ignore[no-untyped-call]
            self._pool.join()

    async def call(self, job: Callable[..., T], *args: Any, seconds: float) -> T:
        """What a job gives for its arguments, run in a worker.

        Raises:
            WorkerDied: it took longer than `seconds`, ran out of memory, or its process died.
            Exception: whatever the job itself raised.
        """
        if self._pool is None:
            self._pool = _start_pool(self._folders, self._size, self._known)
        future = self._pool.schedule(_run, args=(job, args), timeout=seconds)
        try:
            found: T = await asyncio.wrap_future(future)
        except WorkerTimeout as error:
            raise WorkerDied(f"took longer than {seconds:.0f} s", Fault.HANG) from error
        except ProcessExpired as error:
            if error.exitcode == OUT_OF_MEMORY:
                needed = f"needed more than {MEMORY_LIMIT // 1024**3} GiB of memory"
                raise WorkerDied(needed, Fault.MEMORY) from error
            raise WorkerDied(f"its worker process died ({_how(error.exitcode)})", Fault.CRASH) from error
        return found


def _run(job: Callable[..., T], args: tuple[Any, ...]) -> T:
    """Run a job; a process that ran out of memory is fit for nothing more, so it ends."""
    try:
        return job(*args)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def _start_pool(folders: tuple[Path, ...], size: int, known: Knowledge) -> ProcessPool:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as many processes as cores already
    return ProcessPool(
        max_workers=size,
        max_tasks=ITEMS_PER_WORKER,
        initializer=_prepare,
        initargs=(folders, known),
        context=multiprocessing.get_context("spawn"),
    )


_layers: list[Layers] = []
_known: list[Knowledge] = [KNOWING_NOTHING]


def _prepare(folders: tuple[Path, ...], known: Knowledge = KNOWING_NOTHING) -> None:
    """Limit this worker's memory, leave Ctrl-C to its parent, keep the config folders and what is known of projects."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    _layers[:] = [Layers(folders)]
    _known[:] = [known]


@lru_cache(maxsize=1)
def _recognizer() -> Recognizer:
    return recognizer_of(_layers[0]).knowing(_known[0].names)


@lru_cache(maxsize=1)
def _scoring() -> ScoringRules:
    return load_scoring(_layers[0])


@lru_cache(maxsize=1)
def _analyst() -> Analyst:
    return remembering(Analyst(_recognizer(), _scoring()), _known[0].memory, _layers[0])


@lru_cache(maxsize=1)
def _outlets() -> OutletRules:
    return load_outlets(_layers[0])


@lru_cache(maxsize=1)
def _signs() -> LanguageSigns:
    return load_language_signs(_layers[0])


def parse_job(body: bytes, content_type: str, url: str, now: datetime, zone: str | None) -> ParsedFeed | NotAFeed:
    """Parse a feed's document."""
    return parse_feed(body, content_type, url, now, zone)


def parse_page_job(body: bytes, content_type: str, url: str, now: datetime, spec: FeedSpec) -> ParsedFeed | NotAFeed:
    """Read the links of a watched page."""
    return parse_links(body, content_type, url, now, link_rule(spec.links, spec.dates, spec.timezone))


def extract_job(
    page: StoredPage, now: datetime, repeated: frozenset[str] = frozenset()
) -> ExtractedArticle | NoArticle:
    """Draw the article from a page, by the rules of its outlet and without the lines that the outlet repeats."""
    return extract_article(page, now, _outlets(), repeated, _signs())


def recognize_job(article: Article) -> tuple[Mention, ...]:
    """Find the mentions of an article; none where screening tells that it cannot concern us."""
    return _analyst().mentions(article)


def propose_job(article: Article, mentions: tuple[Mention, ...]) -> Proposed:
    """Draw proposals from an article and its mentions, and a sketch of its text where there are any."""
    found = propose(article, mentions, _scoring())
    return replace(found, sketch=sketch_of(article.paragraphs)) if found.proposals else found
