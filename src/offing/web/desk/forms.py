"""Parses the review forms into verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from offing.errors import Conflict, RemarkMissing, UsageError
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.keys import ReviewKeys
from offing.model.text.text import clean_text
from offing.review import form_values
from offing.services.views.actors import Register
from offing.services.views.candidate_view import PARTY_FIELDS, CandidateView, Correction, corrections_of, parties_of

LONGEST_REASON = 1000
WAITS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
_EDIT, _PROOF, _BECAUSE = "edit.", "proof.", "because."


@dataclass(frozen=True, slots=True)
class Writer:
    """Who fills a form, and the firms and lenders whose names they can use."""

    name: str
    known: Register


async def read_form(request: Request) -> FormData:
    """The form of a request, already read by `guard_form`."""
    return await request.form()


Form = Annotated[FormData, Depends(read_form)]


@dataclass(frozen=True, slots=True)
class JudgementForm:
    """A judgement as a button sends it: `reject:no-project`, `defer:week`, `duplicate:12`, `update:project:off-…`."""

    judgement: Judgement
    reason: str = ""
    until: datetime | None = None
    duplicate_of: int | None = None
    into: Ref | None = None
    alone: bool = False


def text_of(form: FormData, name: str) -> str:
    """A field of a form as text; empty if it is missing or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def asked_of(form: FormData, keys: ReviewKeys, now: datetime) -> JudgementForm:
    """What the pressed button asks for.

    Raises:
        UsageError: no such judgement, reason, day or number.
    """
    word, _, detail = text_of(form, "judgement").partition(":")
    try:
        judgement = Judgement("accept" if word in {"update", "alone"} else word)
    except ValueError as error:
        problem = f"{word[:40]!r} is no decision" if word else "nothing was chosen"
        raise UsageError(f"{problem}: accept, reject, defer or duplicate") from error
    note = clean_text(text_of(form, "reason"))[:LONGEST_REASON]
    match judgement:
        case Judgement.REJECT:
            return JudgementForm(judgement, _reason(detail, note, keys))
        case Judgement.DEFER:
            return JudgementForm(judgement, note, _until(detail, text_of(form, "until"), now))
        case Judgement.DUPLICATE:
            return JudgementForm(judgement, note, duplicate_of=_number(detail or text_of(form, "of")))
        case Judgement.ACCEPT if word == "update":
            return JudgementForm(judgement, note, into=_ref(detail or text_of(form, "of")))
        case _:
            return JudgementForm(judgement, note, alone=word == "alone")


def verdict_of(form: FormData, seen: CandidateView, asked: JudgementForm, who: Writer) -> Verdict:
    """The verdict of a filled form on the candidate that it was shown for.

    Raises:
        UsageError: a correction is invalid.
        Conflict: the form was made for another candidate.
    """
    parties = parties_of(seen, who.known)
    edits, proofs, because = corrections_of(seen, _corrections(form), parties)
    reason = "; ".join(filter(None, (asked.reason, *because, *_dismissed(form))))
    return Verdict(
        candidate_id=seen.item.candidate.id,
        judgement=asked.judgement,
        by=who.name,
        reason=reason[:LONGEST_REASON],
        edits=edits,
        duplicate_of=asked.duplicate_of,
        until=asked.until,
        token=token_of(form, seen.item.candidate.id),
        proofs=proofs,
        into=asked.into,
        alone=asked.alone,
        parties=parties if PARTY_FIELDS & edits.keys() else (),
    )


def token_of(form: FormData, candidate_id: int) -> str | None:
    """The token of a form; None if it has none.

    Raises:
        Conflict: it belongs to another candidate's page, so the person saw another one than is to be decided.
    """
    token = text_of(form, "token")[:100]
    shown, dot, _ = token.partition(".")
    if dot and shown.isdecimal() and shown != str(candidate_id):
        raise Conflict(f"this form was made for candidate {shown[:20]}, not for {candidate_id}: look at it first")
    return token or None


def version_of(form: FormData) -> int | None:
    """The version of the candidate that the form was made for."""
    written = text_of(form, "version")
    return int(written) if written.isdecimal() and len(written) < 10 else None  # noqa: PLR2004 -- of no candidate


def typed_in(form: FormData, seen: CandidateView) -> Mapping[str, Correction]:
    """The changes a person typed into a form, to show them again."""
    before = form_values(seen.item.facts)
    return {
        name: each
        for name, each in _corrections(form).items()
        if each.places or each.reason or each.text.strip() != before.get(name, "").strip()
    }


def _corrections(form: FormData) -> dict[str, Correction]:
    found = {}
    for key in form:
        if key.startswith(_EDIT):
            name = key.removeprefix(_EDIT)
            places = tuple(each for each in form.getlist(_PROOF + name) if isinstance(each, str) and each)
            found[name] = Correction(clean_text(text_of(form, key)), places[:10], text_of(form, _BECAUSE + name))
    return found


def _dismissed(form: FormData) -> list[str]:
    """The pointers that a person dismissed as wrong, in words stored with the decision."""
    dismissed = [clean_text(each)[:80] for each in form.getlist("dismissed") if isinstance(each, str)]
    return [f"pointer wrong: {each}" for each in dismissed if each][:10]


def _reason(name: str, note: str, keys: ReviewKeys) -> str:
    """The name of a reason, followed by the person's own words: `no-project: a visit only`.

    Raises:
        UsageError: no reason has this name.
        RemarkMissing: the reason says too little without a remark.
    """
    known = keys.reason(name)
    if name and known is None:
        raise UsageError(f"{name[:40]!r} is not a reason of a rejection: choose one of the list")
    if known and known.remark and not note:
        raise RemarkMissing(f"“{known.text}” needs a remark: write what the reason is, then reject again")
    return ": ".join(filter(None, (name, note)))


def _until(detail: str, day: str, now: datetime) -> datetime | None:
    if detail in WAITS:
        return datetime.combine((now + WAITS[detail]).astimezone(UTC).date(), time(), UTC)
    if not day:
        return None
    try:
        return datetime.combine(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC).date(), time(), UTC)
    except ValueError as error:
        raise UsageError(f"{day[:40]!r} is not a day: write it as 2027-01-31") from error


def _ref(written: str) -> Ref:
    """The target of an update: `project:off-…`, or the id or number alone."""
    name = written.strip()
    if name.isdecimal():
        name = f"{RefKind.CANDIDATE}:{name}"
    elif ":" not in name and name:
        name = f"{RefKind.PROJECT}:{name}"
    try:
        return Ref.parse(name)
    except ValueError as error:
        raise UsageError("an update of what? Choose a known project, or write its id") from error


def _number(written: str) -> int:
    digits = written.strip().removeprefix("candidate:").removeprefix("#")
    if not digits.isdecimal() or len(digits) > 15:  # noqa: PLR2004 -- no candidate has such a number
        raise UsageError("a duplicate of which candidate? Choose one, or write its number")
    return int(digits)
