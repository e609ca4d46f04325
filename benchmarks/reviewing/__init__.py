"""The generated newsroom of `benchmarks/review.py`, and its measurements."""
