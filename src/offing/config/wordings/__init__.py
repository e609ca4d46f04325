"""Loads `config/wording/`: words by which texts are read."""
