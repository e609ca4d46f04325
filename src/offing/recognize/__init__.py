"""Recognition: from an article to its mentions. Pure; `Recognizer` is its door."""

from offing.recognize.own_names import NameReader
from offing.recognize.recognizer import Recognizer, reads_as

__all__ = ["NameReader", "Recognizer", "reads_as"]
