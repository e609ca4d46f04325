"""How the reasons, the score and the quotes of a proposal look in a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from offing.model.candidate import Reason
from offing.model.evidence import Evidence, FieldName
from offing.model.project import ProjectFacts
from offing.model.vocabulary import AmountKind
from offing.steps.explain import added_up
from offing.steps.plain import one_line

_AS_GOOD_AS_EQUAL = 0.005  # half of the last digit of a score that is shown


def reason_lines(reasons: Sequence[Reason], score: float, bias: float) -> Iterator[str]:
    """A line for each reason, for the bias, and for the sum of them, so that a person can add it up.

    Args:
        reasons: those of a proposal or candidate.
        score: its own, which other rules may have made.
        bias: that of today's rules.
    """
    total, today = added_up(reasons, bias)
    for reason in reasons:
        yield _weight_line(reason.weight, reason.name, one_line(reason.text))
    yield _weight_line(bias, "bias", "What every text begins with.")
    other = abs(today - score) > _AS_GOOD_AS_EQUAL
    stands = f"; it stands at {score:.2f}, by the rules of its day" if other else ""
    yield _weight_line(total, "sum", f"score 1 / (1 + exp({-total:.2f})) = {today:.2f}{stands}")


def quote_lines(evidence: Iterable[Evidence], facts: ProjectFacts) -> Iterator[str]:
    """A line for each quote: field, value with the role of a firm or kind of a sum, and who says it, where known."""
    more = _more_of(facts)
    for proof in evidence:
        known = ", ".join(dict.fromkeys(more[proof.field, proof.value]))
        value = f"{one_line(proof.value)} ({known})" if known else one_line(proof.value)
        said = f" — {proof.said_by}" if proof.said_by else ""
        yield f"  {proof.field}: {value}  “{one_line(proof.text)}”{said}"


def _weight_line(weight: float, name: str, text: str) -> str:
    return f"  {weight:+5.2f}  {name:20}  {text}"


def _more_of(facts: ProjectFacts) -> dict[tuple[str, str], list[str]]:
    """Roles and kinds by field and value, as evidence names them; one sum may stand there with two kinds."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for firm in facts.firms:
        found[FieldName.FIRMS, firm.name].append(firm.role)
    for amount in facts.amounts:
        if amount.kind is not AmountKind.UNSPECIFIED:
            found[FieldName.AMOUNTS, f"{amount.value:f} {amount.currency}"].append(amount.kind)
    return found
