"""What sentences and stretches of them mean, as vectors: a small multilingual encoder (docs/decisions/0010)."""

from offing.propose.encoder.reader import LONGEST, around, cleaned, forget, is_there, states_of, vectors_of, why_not

__all__ = ["LONGEST", "around", "cleaned", "forget", "is_there", "states_of", "vectors_of", "why_not"]
