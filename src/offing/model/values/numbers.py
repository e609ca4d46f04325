"""Row ids."""

HIGHEST_ID = 2**63 - 1  # neither database accepts a greater number in a query
