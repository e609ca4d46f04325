"""The files of the lexicon: which of them tell firms and lenders, and the version of all."""

from __future__ import annotations

from offing.config.actor_facts import FILE as FACTS
from offing.config.layers import Layers

FOLDER = "lexicons"
ORDINARY = ("wording/ordinary-words/*.toml", "wording/*.toml")
ACTOR_FILES = (
    *(f"{FOLDER}/{table}.csv" for table in ("firms", "firm_aliases", "lenders", "lender_aliases")),
    FACTS,
)


def lexicon_version(layers: Layers) -> str:
    """A digest of the files behind the lexicon."""
    return layers.digest(f"{FOLDER}/*.csv", *ORDINARY)
