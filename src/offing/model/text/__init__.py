"""Text: decoding, cleaning, folding, scripts, languages, dates."""
