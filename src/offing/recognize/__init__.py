"""Recognition: from an article to its mentions. Pure; `Recognizer` is its door."""

from offing.recognize.recognizer import Recognizer, reads_as

__all__ = ["Recognizer", "reads_as"]
