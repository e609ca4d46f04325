"""Files generated from packages, without training: ISO codes, towns, the encoder's graph."""
