"""The second reader at work: it is asked about articles after the steps of a run, and its opinions are stored."""

from offing.services.second_reader.asking import SecondReader
from offing.services.second_reader.due_articles import TurnLimits, read_again
from offing.services.second_reader.setting_up import second_reader

__all__ = ["SecondReader", "TurnLimits", "read_again", "second_reader"]
