"""Numbers, sums, sizes, loan terms, and counts of progress."""
