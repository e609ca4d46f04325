"""recognize: from an article to its mentions. Pure; `Recognizer` is the entry point."""

from offing.recognize.pipeline.recognizer import Recognizer
from offing.recognize.projects.own_names import NameReader

__all__ = ["NameReader", "Recognizer"]
