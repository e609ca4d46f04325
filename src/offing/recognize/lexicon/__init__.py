"""Finds lexicon names in a text and decides which of them are meant."""
