"""Weights for matching projects, news and follow-up news: `config/matching.toml`."""
