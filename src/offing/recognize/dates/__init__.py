"""Dates, absolute or relative to the article's own."""
