"""What servers send is taken apart without believing any of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.review.second_reader import Broken, ModelAnswer, Usage
from offing.second.answer import answer_text, estimated, object_in


def body(content: Any = '{"projects": []}', **further: Any) -> bytes:
    """A chat completion."""
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    return json.dumps({"choices": [choice | further.pop("choice", {})], **further}).encode()


def test_text_and_tokens() -> None:
    """The text, and what the server counts."""
    found = answer_text(body(usage={"prompt_tokens": 812, "completion_tokens": 90}), 1)
    assert found == ModelAnswer('{"projects": []}', Usage(812, 90))


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": -1, "completion_tokens": 5}, {"prompt_tokens": True}, []]
)
def test_what_a_server_does_not_count_is_estimated(usage: Any) -> None:
    """Tokens by the bytes, never zero."""
    found = answer_text(body(usage=usage), 700)
    assert isinstance(found, ModelAnswer)
    assert found.usage == Usage(700, estimated('{"projects": []}'), estimated=True)


def test_a_broken_off_answer_is_not_whole() -> None:
    """A model that ran into the longest answer says so."""
    found = answer_text(body(choice={"finish_reason": "length"}), 1)
    assert isinstance(found, ModelAnswer)
    assert not found.whole


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", b"<html>busy</html>", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b"\xff\xfe", b"null"),
        *(body(None), body(""), body(["text"]), b"[" * 100_000, b'{"choices": ' + b"9" * 5000 + b"}"),
    ],
)
def test_what_is_no_completion_is_broken(sent: bytes) -> None:
    """Whatever it is, it is a value with a cause."""
    found = answer_text(sent, 1)
    assert isinstance(found, Broken)
    assert found.cause.startswith("the answer ")


@given(st.binary(max_size=200))
def test_nothing_that_is_sent_raises(sent: bytes) -> None:
    """Any bytes end as an answer or as a broken one."""
    assert isinstance(answer_text(sent, 1), Broken | ModelAnswer)


@pytest.mark.parametrize(
    "said", ['{"a": 1}', '```json\n{"a": 1}\n```', '```\n{"a": 1}```', '<think>{no}</think>\n\n{"a": 1}']
)
def test_an_object_may_be_fenced(said: str) -> None:
    """Models put code fences around JSON, and thoughts before it."""
    assert object_in(said) == {"a": 1}


@pytest.mark.parametrize(
    "said", ["", "Sure! Here it is", '{"a": 1', '{"a": NaN}', '{"a": 1} and more', "[1]", '{"a":' * 9999]
)
def test_half_an_object_is_none(said: str) -> None:
    """Nothing is mended: a mended answer would be ours."""
    assert isinstance(object_in(said), Broken)
