"""A small multilingual encoder: sentence vectors (docs/decisions/0010), and whole articles through its tuned layers."""

from offing.propose.encoder.sentence_encoder import LONGEST, cleaned, forget, is_there, vectors_of, why_not

__all__ = ["LONGEST", "cleaned", "forget", "is_there", "vectors_of", "why_not"]
