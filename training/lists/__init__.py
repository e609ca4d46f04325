"""Usage counts of the wordings in `config/wording`, and pruning of those that are never used."""
