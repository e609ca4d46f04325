"""The client of a chat endpoint."""

from __future__ import annotations

from offing.model.sources.page import Answer
from offing.net.endpoint import EndpointClient

LONGEST_ANSWER = 2 * 1024 * 1024  # bytes; 100,000 tokens are some 400 kB
_PATH = "/chat/completions"


class ChatClient(EndpointClient):
    """Asks one endpoint for chat completions."""

    async def complete(self, document: bytes) -> Answer:
        """Return the answer to a completion request, whatever it is. Never raises because of the server.

        Raises:
            MachineTrouble: this machine has no file descriptor, memory or thread left for the request.
        """
        return await self.send(_PATH, document, LONGEST_ANSWER)
