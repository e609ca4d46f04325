"""By what projects, news and later news are the same: `config/matching.toml`."""
