"""Terminal output of the reasons, the score and the quotes of a proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import Reason
from offing.model.values.vocabulary import AmountKind
from offing.services.analysis.explain import added_up
from offing.services.views.plain import one_line

_AS_GOOD_AS_EQUAL = 0.005  # half of the last digit of a score that is shown


def reason_lines(reasons: Sequence[Reason], score: float, bias: float) -> Iterator[str]:
    """Yield a line for each reason, for the bias, and for their sum, so that a person can add it up.

    Args:
        reasons: of a proposal or candidate.
        score: its own, which other rules may have made.
        bias: of today's rules.
    """
    total, today = added_up(reasons, bias)
    for reason in reasons:
        yield _weight_line(reason.weight, reason.name, one_line(reason.text))
    yield _weight_line(bias, "bias", "Every text starts with this.")
    other = abs(today - score) > _AS_GOOD_AS_EQUAL
    stands = f"; stored score {score:.2f}, by earlier rules" if other else ""
    yield _weight_line(total, "sum", f"score 1 / (1 + exp({-total:.2f})) = {today:.2f}{stands}")


def quote_lines(evidence: Iterable[Evidence], facts: ProjectFacts) -> Iterator[str]:
    """Yield a line for each quote: field, value with the role of a firm or kind of a sum, and the speaker, if known."""
    more = _more_of(facts)
    for proof in evidence:
        known = ", ".join(dict.fromkeys(more[proof.field, proof.value]))
        value = f"{one_line(proof.value)} ({known})" if known else one_line(proof.value)
        speaker = f" — {proof.said_by}" if proof.said_by else ""
        yield f"  {proof.field}: {value}  “{one_line(proof.text)}”{speaker}"


def _weight_line(weight: float, name: str, text: str) -> str:
    return f"  {weight:+5.2f}  {name:20}  {text}"


def _more_of(facts: ProjectFacts) -> dict[tuple[str, str], list[str]]:
    """Return roles and kinds by field and value, as evidence names them; one sum may have two kinds."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for firm in facts.firms:
        found[FieldName.FIRMS, firm.name].append(firm.role)
    for amount in facts.amounts:
        if amount.kind is not AmountKind.UNSPECIFIED:
            found[FieldName.AMOUNTS, f"{amount.value:f} {amount.currency}"].append(amount.kind)
    return found
