"""Which pairs are compared, and what is said of each."""
