"""Comments as their pages and programs are shown them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from offing.model.review.comment import Comment, pieces


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment with its text in pieces, each with whether it calls a person; `changeable` by the visitor, now."""

    comment: Comment
    pieces: tuple[tuple[str, bool], ...]
    changeable: bool


@dataclass(frozen=True, slots=True)
class TalkView:
    """What is said on a candidate or a project; `address` is its page; `hidden`: what others say is not shown."""

    address: str
    comments: tuple[CommentView, ...]
    within: str = ""
    hidden: bool = False


def comment_views(
    comments: Iterable[Comment], people: Collection[str], reader: str, now: datetime
) -> tuple[CommentView, ...]:
    """Return comments as a person is shown them; `people` are those who may be called."""
    return tuple(CommentView(each, pieces(each.text, people), each.changeable_by(reader, now)) for each in comments)


def plain_comment(comment: Comment) -> dict[str, Any]:
    """Return a comment as a program is shown it: as it stands, without its former wordings."""
    names = ("id", "by", "at", "text", "edited_at", "deleted_at")
    return {name: getattr(comment, name) for name in names}
