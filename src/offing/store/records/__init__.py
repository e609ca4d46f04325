"""Project records, releases, and known projects of other bases."""
