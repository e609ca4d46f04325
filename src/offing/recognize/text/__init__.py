"""The basis of all readers: folding, scripts, patterns, spans, the draft of an article."""
