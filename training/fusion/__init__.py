"""Feature weights for scoring: tables of `config/scoring.toml`."""
