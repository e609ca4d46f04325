"""The numbers by which rows are told apart."""

HIGHEST_ID = 2**63 - 1  # a greater number cannot be asked for on either database
