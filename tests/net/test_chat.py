"""The client of a chat endpoint: to the host that the site names and to no other, by plain http only at home."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from offing.model.sources.credentials import Credential
from offing.model.sources.page import Answer, AnswerKind
from offing.net.chat import LONGEST_ANSWER, ChatClient
from offing.net.endpoint import Endpoint
from second.chat_server import Chat, Sent, chat_server, completed


@pytest.fixture
def chat() -> Iterator[Chat]:
    """A chat endpoint."""
    with chat_server() as found:
        yield found


async def ask(endpoint: Endpoint, lookup: Any = None) -> Answer:
    """One question."""
    async with ChatClient(endpoint, lookup) as client:
        return await client.complete(b'{"model": "tiny"}')


def at(url: str, **changed: Any) -> Endpoint:
    """An endpoint that is said to be private."""
    return Endpoint(url, "offing-test", private=changed.pop("private", True), **changed)


async def test_a_question_and_its_answer(chat: Chat) -> None:
    """JSON goes out as POST below the address, with the key of this host; JSON comes back."""
    host, port = chat.place.split(":")
    kept = Credential(host, int(port), "/", (("Authorization", "Bearer s3cret-of-ours"),))
    answer = await ask(at(chat.url, credentials=(kept,)))
    assert (answer.kind, chat.asked) == (AnswerKind.OK, [{"model": "tiny"}])
    (sent,) = chat.headers
    assert (sent["path"], sent["content-type"]) == ("/v1/chat/completions", "application/json")
    assert sent["authorization"] == "Bearer s3cret-of-ours"
    assert "s3cret" not in repr(at(chat.url, credentials=(kept,)))


async def test_a_private_address_has_to_be_named_as_such(chat: Chat) -> None:
    """Without the site's word the guard holds, as for every other address."""
    answer = await ask(at(chat.url, private=False))
    assert answer.kind in {AnswerKind.BLOCKED_ADDRESS, AnswerKind.BLOCKED_PORT}
    assert not chat.asked


async def test_a_redirect_is_refused_even_to_itself(chat: Chat) -> None:
    """What was asked, and the key, go nowhere else."""
    for status in (301, 302, 303, 307, 308):
        for to in ("http://169.254.169.254/latest", f"{chat.url}/elsewhere", "https://example.org/"):
            chat.sends(Sent(status=status, headers={"Location": to}))
            answer = await ask(at(chat.url))
            assert answer.kind in {AnswerKind.REDIRECT_REFUSED, AnswerKind.BLOCKED_ADDRESS}
    assert len(chat.asked) == 15


def leading_to(*addresses: str) -> Any:
    """A look-up that gives some addresses."""

    def lookup(host: str, port: int, *_: int, **__: int) -> Sequence[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return lookup


async def test_plain_http_goes_to_own_networks_only(chat: Chat) -> None:
    """A name that leads to the open network is refused before anything is sent, also where another address is ours."""
    port = chat.place.split(":")[1]
    url = f"http://llm.lan:{port}/v1"
    assert (await ask(at(url), leading_to("127.0.0.1"))).kind is AnswerKind.OK
    for addresses in (("93.184.216.34",), ("127.0.0.1", "93.184.216.34"), ("2606:4700::1111",)):
        answer = await ask(at(url), leading_to(*addresses))
        assert answer.kind is AnswerKind.BLOCKED_ADDRESS
        assert "plain http" in answer.detail
    assert len(chat.asked) == 1


async def test_a_hanging_server_ends_with_its_time(chat: Chat) -> None:
    """One deadline around the whole of it."""
    chat.sends(Sent(waits=True))
    answer = await ask(at(chat.url, limit=timedelta(seconds=0.2)))
    assert answer.kind is AnswerKind.TIMEOUT


async def test_a_huge_answer_is_refused(chat: Chat) -> None:
    """Nobody fills our memory."""
    chat.sends(Sent(b"x" * (LONGEST_ANSWER + 1)))
    assert (await ask(at(chat.url))).kind is AnswerKind.TOO_LARGE


async def test_an_answer_that_breaks_off_is_none(chat: Chat) -> None:
    """Fewer bytes than were announced."""
    chat.sends(Sent(completed({"projects": []}).body, cut=100))
    assert (await ask(at(chat.url, limit=timedelta(seconds=5)))).kind is AnswerKind.PROTOCOL


async def test_nobody_there() -> None:
    """A refused connection is a value."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
    assert (await ask(at(url))).kind is AnswerKind.CONNECT
