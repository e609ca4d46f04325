"""A user: a person who may log in; and a log-in that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UserRole(StrEnum):
    """What a person does here.

    viewer      reads
    analyst     judges candidates
    curator     also looks after sources, lists and wordings
    dataset     also publishes
    ops         looks after runs and machines
    """

    ANALYST = "analyst"
    CURATOR = "curator"
    DATASET = "dataset"
    OPS = "ops"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class User:
    """An account, without its password."""

    id: int
    name: str
    role: UserRole
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LogIn:
    """A session: whose it is, the token that its forms carry, when it began and was last used."""

    user: User
    csrf: str
    created_at: datetime
    seen_at: datetime
