"""Recognition: from an article to its mentions. Pure; `Recognizer` is its door."""

from offing.recognize.own_names import NameReader
from offing.recognize.recognizer import LANGUAGES, Recognizer, reads_as

__all__ = ["LANGUAGES", "NameReader", "Recognizer", "reads_as"]
