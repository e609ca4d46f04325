"""The client of a translation service in the format of LibreTranslate."""

from __future__ import annotations

from offing.model.sources.page import Answer
from offing.net.endpoint import EndpointClient

LONGEST_ANSWER = 1024 * 1024  # bytes; a request of 20,000 characters comes back as some 80 kB


class TranslationClient(EndpointClient):
    """Asks one service."""

    async def translate(self, document: bytes) -> Answer:
        """Return the answer to a request for a translation, whatever it is. Never raises because of the server.

        Raises:
            MachineTrouble: this machine has no file descriptor, memory or thread left for the request.
        """
        return await self.send("/translate", document, LONGEST_ANSWER)

    async def languages(self) -> Answer:
        """Return what the service answers about its languages.

        Raises:
            MachineTrouble: as `translate`.
        """
        return await self.send("/languages", None, LONGEST_ANSWER)
