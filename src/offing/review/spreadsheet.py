"""The queue as a spreadsheet: one row per candidate, to be filled in by a person and read back. Pure.

A row is a mapping from column names to text. People fill in `decision`, `reason`, `until`, `of` and the fields;
everything else is only to be read. A changed field is a correction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from offing.model.pairs.pairing import Ref, RefKind
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Judgement, Verdict
from offing.redaction import redact
from offing.review.form_values import form_values
from offing.review.headline import headline

Row = Mapping[str, str]

FILLED_IN = ("decision", "reason", "until", "of")  # filled in by a person
FIELDS = tuple(form_values(ProjectFacts()))
_LINKS = 3
LINKS = tuple(f"link {number}" for number in range(1, _LINKS + 1))
COLUMNS = (
    "id",
    "kind",
    "score",
    "record",
    "headline",
    "update of",
    *FILLED_IN,
    *FIELDS,
    "quotes",
    "outlets",
    *LINKS,
    "version",
    "mark",
)
JUDGEMENTS = tuple(judgement.value for judgement in Judgement if judgement is not Judgement.UNDO)
_SAME_TEXT = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class BadRow(ValueError):
    """A row that cannot be read; `reason` is a sentence for the person who filled it in."""

    reason: str

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


@dataclass(frozen=True, slots=True)
class FilledRow:
    """The request in a filled row. `seen` is the version of the candidate that the person saw."""

    candidate_id: int
    seen: int
    mark: str
    judgement: Judgement | None
    reason: str
    until: datetime | None
    of: str
    values: dict[str, str]


def row_of(candidate: Candidate, facts: ProjectFacts) -> dict[str, str]:
    """Return the empty row of a candidate.

    Args:
        candidate: as stored.
        facts: its facts with people's corrections applied.
    """
    links = [redact(article.url) for article in candidate.articles[:_LINKS]]
    return {
        **dict.fromkeys(COLUMNS, ""),
        "id": str(candidate.id),
        "kind": candidate.kind,
        "score": f"{candidate.score:.2f}",
        "record": headline(facts),
        "headline": candidate.articles[0].title if candidate.articles else "",
        "update of": candidate.update_of or "",
        **form_values(facts),
        "quotes": _quotes(candidate),
        "outlets": "; ".join(dict.fromkeys(article.outlet for article in candidate.articles)),
        **dict(zip(LINKS, links, strict=False)),
        "version": str(candidate.version),
        "mark": mark_of(candidate.id, candidate.version),
    }


def mark_of(candidate_id: int, version: int) -> str:
    """Return a checksum that ties a row's last cell to its first, to detect columns sorted separately."""
    return hashlib.sha256(f"sheet:{candidate_id}:{version}".encode()).hexdigest()[:10]


def filled_row(row: Row) -> FilledRow:
    """Parse a filled row.

    Raises:
        BadRow: a cell cannot be parsed, or the row is none of ours.
    """
    candidate_id, version = _number(row, "id"), _number(row, "version")
    if row.get("mark", "").strip() != mark_of(candidate_id, version):
        raise BadRow("its id, version and mark do not belong together; cells were moved. Export the sheet again")
    return FilledRow(
        candidate_id,
        version,
        row["mark"].strip(),
        _judgement(row.get("decision", "")),
        row.get("reason", "").strip(),
        _day(row.get("until", "")),
        row.get("of", "").strip(),
        {name: row[name] for name in FIELDS if name in row},
    )


def verdict_of(row: FilledRow, facts: ProjectFacts, by: str) -> Verdict | None:
    """Return the verdict of a filled row; None where nothing was filled in.

    Args:
        row: the request in the row.
        facts: of its candidate, in the version that the person saw.
        by: who filled it in.

    Raises:
        BadRow: fields were changed without a decision.
    """
    before = form_values(facts)
    edits = {name: value for name, value in row.values.items() if _squeezed(value) != _squeezed(before[name])}
    if row.judgement is None:
        if edits or row.reason or row.until or row.of:
            filled = ", ".join(edits) or "the row"
            raise BadRow(f"{filled} was filled in, but `decision` is empty: {', '.join(JUDGEMENTS)}")
        return None
    verdict = Verdict(row.candidate_id, row.judgement, by, row.reason, edits, until=row.until, token=token_of(row))
    return _directed(verdict, row.of) if row.of else verdict


def _directed(verdict: Verdict, of: str) -> Verdict:
    """The verdict with the target in `of`: the original of a duplicate, or what an accepted one is an update of."""
    if verdict.judgement is Judgement.DUPLICATE:
        return replace(verdict, duplicate_of=_number({"of": of.removeprefix("candidate:")}, "of"))
    if verdict.judgement is not Judgement.ACCEPT:
        raise BadRow(f"`of` says {of!r}, but only a duplicate or an accepted update is of something")
    if of.casefold() == "new":
        return replace(verdict, alone=True)
    try:
        return replace(verdict, into=Ref.parse(of if ":" in of else f"{RefKind.PROJECT}:{of}"))
    except ValueError as error:
        raise BadRow(f"`of` is {of!r}: {error}; or `new` for a separate record") from error


def token_of(row: FilledRow) -> str:
    """Return the token of a filled row, which makes reading it idempotent: the same row read twice is one decision."""
    asked = (row.mark, row.judgement, row.reason, row.until, row.of, sorted(row.values.items()))
    return f"sheet:{hashlib.sha256(repr(asked).encode()).hexdigest()[:40]}"


def _squeezed(text: str) -> str:
    """Return a text without what a spreadsheet changes by itself: outer blanks, and the kind of blanks within."""
    return _SAME_TEXT.sub(" ", text).strip()


def _quotes(candidate: Candidate) -> str:
    outlets = {article.article_id: f" ({article.outlet})" for article in candidate.articles}
    lines = (
        f"{proof.field}: {proof.value} — “{_squeezed(proof.text)}”{outlets.get(proof.article_id, '')}"
        for proof in candidate.evidence
    )
    return "\n".join(dict.fromkeys(lines))


def _number(row: Row, name: str) -> int:
    text = row.get(name, "").strip().removesuffix(".0")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:  # noqa: PLR2004 -- more than a spreadsheet keeps exactly
        raise BadRow(f"`{name}` is not a number: {text!r}")
    return int(text)


def _judgement(text: str) -> Judgement | None:
    word = text.strip().casefold()
    if not word:
        return None
    if word not in JUDGEMENTS:
        raise BadRow(f"`decision` is {word!r}, not one of {', '.join(JUDGEMENTS)}")
    return Judgement(word)


def _day(text: str) -> datetime | None:
    written_day = text.strip()[:10]  # a spreadsheet adds midnight
    if not written_day:
        return None
    try:
        return datetime.strptime(written_day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadRow(f"`until` is {text.strip()!r}, not a day such as 2027-01-31") from error
