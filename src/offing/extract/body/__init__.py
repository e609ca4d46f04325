"""The paragraphs of an article: passes, votes and choice."""
