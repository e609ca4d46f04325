"""Work across the tables: pruning, withholding, moving credentials out, figures."""
