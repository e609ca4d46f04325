"""Recognition: from an article to its mentions. Pure; `Recognizer` is its door."""

from offing.recognize.recognizer import Recognizer

__all__ = ["Recognizer"]
