"""The second reader at work: asks about articles after the steps of a run, and sets its word beside theirs."""

from offing.steps.second.asking import SecondReader
from offing.steps.second.setting_up import second_reader
from offing.steps.second.turn import Course, read_again

__all__ = ["Course", "SecondReader", "read_again", "second_reader"]
