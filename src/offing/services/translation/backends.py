"""What translates: a service over HTTP, or a package in a process of its own. What they answer never raises."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol

from offing.model.review.translation import TranslationRules
from offing.model.sources.page import Answer, AnswerKind
from offing.net.endpoint import Endpoint
from offing.net.translation import LONGEST_ANSWER, TranslationClient
from offing.services.translation.answers import language_code, translated_texts

PACKAGE = "argostranslate"
_CHILD = "offing.services.translation.offline"
_STATUSES = {
    400: "the service refused the request; it may not know the language",
    403: "the service does not accept the key",
    404: "there is no translation service at this address; give the address that comes before /translate",
    413: "the paragraph is too long for the service",
    429: "the service has had too many requests; try again later",
}
_ENDS = {
    AnswerKind.CONNECT: "the service cannot be reached",
    AnswerKind.DNS: "the service cannot be reached",
    AnswerKind.TIMEOUT: "the service did not answer in time",
}


@dataclass(frozen=True, slots=True)
class Untranslated:
    """Why there is no translation, in a sentence that holds nothing which the other side chose.

    `broken`: the backend is at fault, so that it is left alone for a while if this goes on.
    """

    cause: str
    broken: bool = True


class Backend(Protocol):
    """Translates some texts in one go."""

    async def translate(self, texts: Sequence[str], source: str) -> tuple[str, ...] | Untranslated:
        """Return a translation for each text, in their order.

        Args:
            texts: title, paragraphs or quotes.
            source: their language (ISO 639-1), "" if it is unknown.
        """
        ...


@dataclass(frozen=True, slots=True)
class HttpBackend:
    """A service in the format of LibreTranslate."""

    rules: TranslationRules
    endpoint: Endpoint

    async def translate(self, texts: Sequence[str], source: str) -> tuple[str, ...] | Untranslated:
        """See `Backend`."""
        async with TranslationClient(self.endpoint) as client:
            code = await self._code(client, source)
            if code is None:
                return Untranslated(f"the service does not translate from {source!r}", broken=False)
            return _read(await client.translate(self._document(texts, code)), len(texts))

    async def _code(self, client: TranslationClient, source: str) -> str | None:
        """The service's own code for a language, such as zh-Hans; what it says of languages may be missing."""
        if not source:
            return "auto"
        answer = await client.languages()
        return language_code(answer.body if answer.kind is AnswerKind.OK else b"", source)

    def _document(self, texts: Sequence[str], source: str) -> bytes:
        document = {"q": list(texts), "source": source, "target": self.rules.target, "format": "text"}
        if self.rules.secret:
            document["api_key"] = self.rules.secret
        return json.dumps(document).encode()


def _read(answer: Answer, many: int) -> tuple[str, ...] | Untranslated:
    if answer.kind is not AnswerKind.OK:
        cause = _STATUSES.get(answer.status or 0) or _ENDS.get(answer.kind, answer.detail)
        return Untranslated(cause, broken=answer.status not in {400, 413})
    return translated_texts(answer.body, many) or Untranslated("the service sent something other than a translation")


@dataclass(frozen=True, slots=True)
class ArgosBackend:
    """The package argostranslate with the models that the site installed, in a process that can be ended."""

    rules: TranslationRules

    async def translate(self, texts: Sequence[str], source: str) -> tuple[str, ...] | Untranslated:
        """See `Backend`."""
        if not is_installed():
            return Untranslated(f"{PACKAGE} is not installed here")
        if not source:
            return Untranslated("the language of the text is not known", broken=False)
        document = {"q": list(texts), "source": source, "target": self.rules.target}
        return await self._asked(json.dumps(document).encode(), len(texts))

    async def _asked(self, document: bytes, many: int) -> tuple[str, ...] | Untranslated:
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", _CHILD, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(self.rules.limit.total_seconds()):
                answer, _ = await child.communicate(document)
        except TimeoutError:
            return Untranslated(f"not finished after {self.rules.limit.total_seconds():g} s")
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
        if child.returncode == NO_MODEL:
            return Untranslated("no model for this language is installed", broken=False)
        return translated_texts(answer[:LONGEST_ANSWER], many) or Untranslated(
            "the package ended without a translation"
        )


NO_MODEL = 3  # how the process of `offline` ends where no model translates from a language


def is_installed() -> bool:
    """Return whether the package is installed; it is not imported, which takes seconds."""
    return find_spec(PACKAGE) is not None
