"""Worker processes for parsing, extraction, recognition and proposal: a time and memory limit for each item.

A poisoned page costs itself only: the pool kills the process that hangs, grows or dies, and goes on.
"""

from __future__ import annotations

import asyncio
import concurrent.futures.thread  # noqa: F401 -- ends a broken pool, also where no file can be opened any more
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import TimeoutError as WorkerTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from pickle import PicklingError
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from offing.config import cache
from offing.config.languages import load_language_signs
from offing.config.layers import Layers
from offing.config.outlets import load_outlets
from offing.config.scoring import load_scoring
from offing.errors import MachineTrouble
from offing.extract import extract_article
from offing.logs import get_logger
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
from offing.steps.memory_left import is_short
from offing.steps.pool import OUT_OF_MEMORY, result_of, scheduled
from offing.steps.remembering import remembering
from offing.steps.side_by_side import SideBySide
from offing.trouble import Trouble, trouble_with

T = TypeVar("T")
MEMORY_LIMIT = 4 * 1024**3  # address space; a worker at work on news stays under 1 GB
PAUSES = (0.5, 2.0)  # seconds before each further try of an item whose worker was killed
_KILL = 9  # SIGKILL, which Windows has no name for
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


class _Killed(Exception):
    """A worker was killed from outside: nobody knows yet whether its item had to do with it."""


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
        self._at_work = SideBySide()

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

        A worker that is killed from outside, as the system does where memory is short, blames no job: it is tried
        again with nothing else at work.

        Raises:
            WorkerDied: it took longer than `seconds`, ran out of memory, its process died, or was killed each time.
            MachineTrouble: worker processes cannot be started, or are killed while the machine has no memory left.
            Exception: whatever the job itself raised.
        """
        try:
            async with self._at_work.beside():
                return await self._once(job, args, seconds)
        except _Killed:
            return await self._alone(job, args, seconds)

    async def _alone(self, job: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
        """A job whose worker was killed, with nothing else at work: who dies so though there is memory is the cause."""
        async with self._at_work.alone():
            for pause in PAUSES:
                get_logger().warning("a worker was killed from outside; its item is tried alone")
                await asyncio.sleep(pause)
                if is_short():
                    raise trouble_with("this machine", Trouble.MEMORY, "a worker process was killed")
                with suppress(_Killed):
                    return await self._once(job, args, seconds)
        raise WorkerDied("its worker process was killed, with nothing else at work too", Fault.KILLED)

    async def _once(self, job: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
        pool = self._pool or _start_pool(self._folders, self._size, self._known)
        self._pool = pool
        try:
            return await result_of(pool, scheduled(pool, job, args, seconds))
        except WorkerTimeout as error:
            raise WorkerDied(f"took longer than {seconds:.0f} s", Fault.HANG) from error
        except ProcessExpired as error:
            if error.exitcode == OUT_OF_MEMORY:
                needed = f"needed more than {MEMORY_LIMIT // 1024**3} GiB of memory"
                raise WorkerDied(needed, Fault.MEMORY) from error
            if error.exitcode == -_KILL:
                raise _Killed from error
            raise WorkerDied(f"its worker process died ({_how(error.exitcode)})", Fault.CRASH) from error
        except BrokenProcessPool as error:
            await self._replace(pool)
            raise _told(error) from error

    async def _replace(self, broken: ProcessPool) -> None:
        """End a pool that broke, once; the next call starts another."""
        if self._pool is broken:
            self._pool = None
            broken.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(broken.join)


def _told(error: BrokenProcessPool) -> MachineTrouble | WorkerDied:
    """What a broken pool means: mostly the machine; but one also breaks over a result that cannot be read."""
    if isinstance(error.__cause__, (AttributeError, PicklingError, TypeError)):
        return WorkerDied(f"what its worker gave cannot be read ({error.__cause__})", Fault.CRASH)
    return trouble_with("this machine", Trouble.PROCESSES, str(error.__cause__ or error))


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


CONSTS.term_timeout = 0.1  # seconds until a worker that is to go is killed: it has nothing to put in order


def _start_pool(folders: tuple[Path, ...], size: int, known: Knowledge) -> ProcessPool:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as many processes as cores already
    return ProcessPool(
        max_workers=size,
        max_tasks=ITEMS_PER_WORKER,
        initializer=_prepare,
        initargs=(folders, known, cache.folder_in_use()),
        context=multiprocessing.get_context("spawn"),
    )


_layers: list[Layers] = []
_known: list[Knowledge] = [KNOWING_NOTHING]


def _prepare(folders: tuple[Path, ...], known: Knowledge = KNOWING_NOTHING, kept: Path | None = None) -> None:
    """Limit this worker's memory, leave signals to its parent, keep its config folders, knowledge and cache."""
    for number in (signal.SIGINT, signal.SIGTERM):  # of a terminal, or of a service manager, to the whole group
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    cache.set_up(kept)
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
