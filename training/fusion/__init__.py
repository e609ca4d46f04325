"""How much each sign counts: tables of `config/scoring.toml`."""
