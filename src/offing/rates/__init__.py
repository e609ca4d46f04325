"""The value of a sum in dollars and euros: reference rates of the European Central Bank, pegs, yearly rates."""

from offing.rates.converter import Converter, NoRate

__all__ = ["Converter", "NoRate"]
