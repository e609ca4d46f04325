"""Lists that are counted from texts, and what a list of wordings is worth."""
