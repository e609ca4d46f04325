"""The files of the lexicon: which of them define firms and lenders, and the version of all."""

from __future__ import annotations

from offing.config.files.layers import Layers
from offing.config.lexicons.actor_facts import FILE as FACTS

FOLDER = "lexicons"
ORDINARY = ("wording/ordinary-words/*.toml", "wording/*.toml")
ACTOR_FILES = (
    *(f"{FOLDER}/{table}.csv" for table in ("firms", "firm_aliases", "lenders", "lender_aliases")),
    FACTS,
)


def lexicon_version(layers: Layers) -> str:
    """Return a digest of the files behind the lexicon."""
    return layers.digest(f"{FOLDER}/*.csv", *ORDINARY)
