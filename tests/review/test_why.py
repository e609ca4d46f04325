"""Why a candidate is in the queue, in one line."""

from __future__ import annotations

from datetime import date

from offing.model.review.candidate import CandidateKind, Reason
from offing.review.why import put_off, why

_REASONS = (
    Reason("learned-signs", 3.0, "Learned from annotated articles: a, b."),
    Reason("amount", 0.9, "It gives the project's money: EUR 85 million."),
    Reason("party-in-title", 1.8, "The title names a Chinese firm or lender: Huawei."),
    Reason("opinion", -0.8, "It is an opinion: I think."),
    Reason("china-in-lead", 0.2, "The title or lead mentions China: Beijing."),
    Reason("question", -0.1, "The title asks a question."),
)


def test_the_strongest_reasons_are_said_for_and_against() -> None:
    """Two for it, one against it; what was learned shows a reader nothing and stands back."""
    assert why(CandidateKind.NEW, _REASONS) == (
        "The title names a Chinese firm or lender: Huawei. It gives the project's money: EUR 85 million. "
        "But: it is an opinion: I think."
    )
    assert why(CandidateKind.NEW, _REASONS[:1]) == "Learned from annotated articles: a, b."
    assert why(CandidateKind.NEW, ()) == ""


def test_an_update_says_of_what() -> None:
    """An update names its project and what the two have in common, the strongest three."""
    agrees = ("same country", "same firm", "title 0.81", "same sector")
    assert why(CandidateKind.UPDATE, _REASONS, "Smart Zambia (off-2026-000012)", agrees) == (
        "News of Smart Zambia (off-2026-000012): same country, same firm, title 0.81. "
        "The title names a Chinese firm or lender: Huawei."
    )
    assert why(CandidateKind.UPDATE, (), "off-2026-000012") == "News of off-2026-000012."


def test_a_drawn_one_says_what_let_it_fall() -> None:
    """The audit sample is told apart; weak reasons are left out."""
    assert why(CandidateKind.AUDIT, _REASONS) == (
        "Drawn at random from what fell below the cut. It is an opinion: I think."
    )


def test_long_reasons_are_cut_between_words() -> None:
    """A sentence of an article stands in the line as far as there is room, on one line, with a sign that it goes on."""
    long = Reason("core-sentence", 2.0, "One sentence says who does what:\n" + "word " * 60)
    said = why(CandidateKind.NEW, (long, Reason("no-target", -1.0, "AIIB is named.")))
    assert said.startswith("One sentence says who does what: word word")
    assert said.endswith("word… But: AIIB is named.")
    assert "\n" not in said


def test_a_reason_that_fits_is_reported_whole() -> None:
    """110 characters stand as they are; of one more the last word goes."""
    fits = "a" * 105 + " word"
    assert why(CandidateKind.NEW, (Reason("core-sentence", 1.0, fits),)) == f"{fits}."
    assert why(CandidateKind.NEW, (Reason("core-sentence", 1.0, f"{fits}s"),)) == "a" * 105 + "…"


def test_only_what_weighs_something_is_reported() -> None:
    """A reason of no weight speaks for nothing; one against it is told from 0.3 on, the strongest alone."""
    nothing, faint, some = (Reason("opinion", weight, f"{weight}") for weight in (0.0, -0.29, -0.3))
    assert why(CandidateKind.NEW, (nothing, faint)) == ""
    assert why(CandidateKind.NEW, (nothing, some, Reason("sport", -0.4, "Sport"))) == "But: sport."
    assert why(CandidateKind.AUDIT, (some, Reason("sport", -0.4, "Sport"), faint)).endswith("cut. Sport. -0.3.")


def test_each_kind_is_reported_in_its_own_way() -> None:
    """Only an update is news of what is known, and one of which nothing is known is told like a new one."""
    pro = _REASONS[1:3]
    plain = "The title names a Chinese firm or lender: Huawei. It gives the project's money: EUR 85 million."
    assert why(CandidateKind.NEW, pro, "Smart Zambia") == why(CandidateKind.UPDATE, pro) == plain
    assert why(CandidateKind.AUDIT, pro, "Smart Zambia") == "Drawn at random from what fell below the cut."
    assert why(CandidateKind.NEW, (Reason("unopposed", 9.0, "Nothing"), *pro)) == plain


def test_a_word_in_capitals_stays_behind_a_colon() -> None:
    """Of all others the first letter is small there."""
    told = {"PMs met": "PMs met", "A summit": "a summit", "AIIB": "AIIB", "It is": "it is"}
    for text, said in told.items():
        assert why(CandidateKind.NEW, (Reason("x", -1.0, text),)) == f"But: {said}."


def test_what_was_put_off_says_until_when() -> None:
    """The day stands as people write it everywhere here."""
    assert put_off(date(2026, 11, 25)) == "Deferred until 2026-11-25."
