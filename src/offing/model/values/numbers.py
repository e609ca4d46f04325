"""Row ids, and counts in sentences."""

HIGHEST_ID = 2**63 - 1  # neither database accepts a greater number in a query


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun: "1 feed", "2,000 feeds".

    Args:
        number: how many.
        noun: for one.
        nouns: for any other number; by default the noun with an s.
    """
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
