"""Words and names of accounts, normalised and weighted."""
