"""How projects, news and later news are told to be the same: `config/matching.toml`."""
