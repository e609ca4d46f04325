"""The newsroom that `benchmarks/review.py` makes up, and how it measures."""
