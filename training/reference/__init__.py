"""Files that are written from packages: codes, towns, the graph of the encoder. Nothing is learned here."""
