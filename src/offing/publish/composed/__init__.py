"""What a release composes from records and reference data: names, descriptions, scores, places, worth of sums. Pure."""
