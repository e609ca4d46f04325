"""The lexicon of a site: checking it, trying it on a text, and finding names that it lacks."""
