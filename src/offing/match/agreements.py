"""A contract and its loan: two agreements on one work, which some bases keep as two records.

News of either tells of one project here. Beside an account that stands for one of the two alone, the other is linked.
"""

from __future__ import annotations

from offing.model.matching import Account, Agreement

_LOANS = frozenset({"loan", "credit"})
_NEAR = 0.06  # relative difference of sums that are one
_WORDS = {
    Agreement.CONTRACT: "the contract here, its loan there",
    Agreement.LOAN: "the loan here, its contract there",
}


def of_the_other_agreement(one: Account, other: Account, gap: float | None) -> bool:
    """Whether one of two accounts stands for the contract of a work alone, and the other tells of its loan alone.

    One sum that both tell is one agreement, whatever it is called.

    Args:
        one: an account.
        other: another one.
        gap: the least relative difference of their sums, None where none can be compared.
    """
    apart = _apart(one, other) or _apart(other, one)
    return apart and (gap is None or gap > _NEAR)


def _apart(record: Account, news: Account) -> bool:
    told = agreement_told(news)
    return record.agreement is not None and told is not None and told is not record.agreement


def agreement_told(account: Account) -> Agreement | None:
    """The agreement that an account tells of alone: a contract without lender, or a loan without the price of the work.

    Whoever tells of both, of the total cost or of no sum at all tells of the project.
    """
    if account.agreement is not None:
        return account.agreement
    kinds = {each.kind for each in account.sums}
    if kinds == {"contract"} and not account.lenders:
        return Agreement.CONTRACT
    return Agreement.LOAN if kinds and kinds <= _LOANS else None


def agreements_in_words(one: Account) -> str:
    """What an account is to another that is of the other agreement."""
    return _WORDS[agreement_told(one) or Agreement.CONTRACT]
