"""Recognition: from an article to its mentions. Pure; `Recognizer` is its door."""

from offing.recognize.own_names import NameReader
from offing.recognize.recognizer import Recognizer

__all__ = ["NameReader", "Recognizer"]
