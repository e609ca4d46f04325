"""Matching of candidates with other candidates, records and the projects of other bases."""
