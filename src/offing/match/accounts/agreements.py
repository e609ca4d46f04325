"""A contract and its loan: two agreements on one project, which some databases keep as two records.

News of either reports one project here. For a record of only one of the two, an account of the other is linked.
"""

from __future__ import annotations

from offing.model.pairs.matching import Account, Agreement
from offing.model.values.sums import NEAR_IN_NEWS

_LOANS = frozenset({"loan", "credit"})
_WORDS = {
    Agreement.CONTRACT: "the contract here, its loan there",
    Agreement.LOAN: "the loan here, its contract there",
}


def of_the_other_agreement(one: Account, other: Account, gap: float | None) -> bool:
    """Whether one of two accounts is only the contract of a project, and the other only its loan.

    An equal sum in both means one agreement, whatever it is called.

    Args:
        one: an account.
        other: another one.
        gap: the least relative difference of their sums, None where none can be compared.
    """
    apart = _apart(one, other) or _apart(other, one)
    return apart and (gap is None or gap > NEAR_IN_NEWS)


def _apart(record: Account, news: Account) -> bool:
    agreement = only_agreement(news)
    return record.agreement is not None and agreement is not None and agreement is not record.agreement


def only_agreement(account: Account) -> Agreement | None:
    """The one agreement that an account describes: a contract without lender, or a loan without the contract's price.

    None for an account of both, of the total cost or of no sum: it describes the project.
    """
    if account.agreement is not None:
        return account.agreement
    kinds = {each.kind for each in account.sums}
    if kinds == {"contract"} and not account.lenders:
        return Agreement.CONTRACT
    return Agreement.LOAN if kinds and kinds <= _LOANS else None


def agreements_in_words(one: Account) -> str:
    """The wording for an account that is the other agreement of a known project."""
    return _WORDS[only_agreement(one) or Agreement.CONTRACT]
