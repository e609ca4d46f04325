"""Parts of a page: headline, byline, date, section, and the lines that are no text."""
