"""What operators look at: feeds, outlets, quarantine, figures, the digest, checks of the data."""
