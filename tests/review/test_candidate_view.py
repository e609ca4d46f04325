"""What a reviewer sees of a candidate, what a form changes of it, and what may be the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factories.candidate import FACTS, NOW, TEXT, stored_candidate
from offing.errors import UnknownItem, UsageError
from offing.model.projects.project import Firm, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import Entity, EntityKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Role
from offing.review import form_values, parse_edit
from offing.services.review.decisions import decide, show
from offing.services.review.queue import QueueReader
from offing.services.views.actors import Register
from offing.services.views.alike import alike
from offing.services.views.candidate_view import CandidateView, Correction, candidate_view, corrections_of, parties_of
from offing.services.views.lists import MOST, offers
from offing.store.articles.article import save_mentions
from offing.store.candidates.index import reindex
from offing.store.database.engine import Database


@pytest.fixture
def seen(sqlite_database: Database) -> CandidateView:
    """A candidate whose article names Huawei."""
    with sqlite_database.write() as conn:
        number = stored_candidate(conn)
    article_id = show(sqlite_database, number).candidate.articles[0].article_id
    start = TEXT.index("Huawei")
    with sqlite_database.write() as conn:
        named = Mention(MentionKind.FIRM, start, start + 6, "Huawei", "huawei", "Huawei")
        save_mentions(conn, article_id, (named,))
    return candidate_view(sqlite_database, number)


def test_all_of_a_candidate_at_once(seen: CandidateView, sqlite_database: Database) -> None:
    """Article, mentions, and what they offer for each field."""
    (article,) = seen.articles.values()
    assert article.text == TEXT
    assert seen.found[FieldName.FIRMS][0].value == "Huawei"
    with pytest.raises(UnknownItem):
        candidate_view(sqlite_database, 99)


def test_an_untouched_form_changes_nothing(seen: CandidateView) -> None:
    """A form that comes back as it was shown has no edits."""
    fields = {name: Correction(f" {text} ") for name, text in form_values(seen.item.facts).items()}
    assert corrections_of(seen, {**fields, "nonsense": Correction("x")}) == ({}, (), ())


def test_a_new_value_needs_a_quote_or_a_reason(seen: CandidateView) -> None:
    """What comes from the world has to be proved; so has what is taken out; a word of a closed list has not."""
    with pytest.raises(UsageError, match="no proof yet"):
        corrections_of(seen, {"countries": Correction("KEN; UGA")})
    edits, proofs, reasons = corrections_of(
        seen,
        {
            "countries": Correction("KEN; UGA", reason="said on the radio"),
            "status": Correction("agreed"),
            "lenders": Correction("", reason="no bank is named"),
        },
    )
    assert edits == {"countries": "KEN; UGA", "status": "agreed", "lenders": ""}
    assert (proofs, reasons) == ((), ("countries: said on the radio", "lenders: no bank is named"))
    with pytest.raises(UsageError, match="taken out without a reason"):
        corrections_of(seen, {"lenders": Correction("")})


def test_the_same_in_other_words_needs_no_proof(seen: CandidateView) -> None:
    """A country by its name, a lender by another of its names: nothing is brought in."""
    parties = parties_of(seen, KNOWN)
    assert corrections_of(seen, {"countries": Correction("Kenya")})[0] == {"countries": "Kenya"}
    assert corrections_of(seen, {"firms": Correction("HUAWEI")}, parties)[0] == {"firms": "HUAWEI"}


def test_a_quote_is_stored_as_the_article_has_it(seen: CandidateView, sqlite_database: Database) -> None:
    """Its words come from the article, whatever the form says, and stand with the decision."""
    number = seen.item.candidate.articles[0].article_id
    start = TEXT.index("Nairobi")
    edits, proofs, _ = corrections_of(seen, {"places": Correction("Nairobi", (f"{number}:{start}:{start + 7}",))})
    assert proofs[0].text == "Nairobi"
    made = decide(
        sqlite_database, Verdict(seen.item.candidate.id, Judgement.ACCEPT, "ana", edits=edits, proofs=proofs), NOW
    )
    assert made.proofs == proofs
    assert show(sqlite_database, seen.item.candidate.id).decisions[0].proofs == proofs


def test_names_may_be_those_of_lexicon_and_article(seen: CandidateView) -> None:
    """Firms and lenders of the lexicon, and the firm that the article names, with their ids."""
    found = {(type(each).__name__, each.name, each.id) for each in parties_of(seen, KNOWN)}
    assert found == {
        ("Firm", "China Harbour Engineering Company", "chec"),
        ("Lender", "Export-Import Bank of China", "cexim"),
        ("Firm", "Huawei", "huawei"),
    }


@pytest.mark.parametrize("place", ["", "1", "a:b:c", "1:5:2", "1:0:99999", "99:0:3", "1:-1:3", "1:0:3:4", "1:²:3"])
def test_a_quote_that_stands_nowhere_is_refused(seen: CandidateView, place: str) -> None:
    """Only a place of an article of the story is one."""
    with pytest.raises(UsageError, match="is not in any article"):
        corrections_of(seen, {"places": Correction("Nairobi", (place,))})


def test_what_cannot_be_read_is_refused_in_words(seen: CandidateView) -> None:
    """A value that does not fit, a quote for a field that has none."""
    with pytest.raises(UsageError, match="not a country"):
        corrections_of(seen, {"countries": Correction("Atlantis", reason="x")})
    number = seen.item.candidate.articles[0].article_id
    with pytest.raises(UsageError, match="no quotes"):
        corrections_of(seen, {"title": Correction("Another", (f"{number}:0:3",))})


def test_candidates_that_may_be_the_same(sqlite_database: Database) -> None:
    """By a search; else of the same country and firm."""
    with sqlite_database.write() as conn:
        ids = [stored_candidate(conn) for _ in range(2)]
        reindex(conn, *ids)
    reader = QueueReader("ana", NOW)
    assert {line.id for line in alike(sqlite_database, FACTS, "", reader)} == set(ids)
    assert {line.id for line in alike(sqlite_database, FACTS, "Nairobi", reader)} == set(ids)
    assert alike(sqlite_database, FACTS, "Atlantis", reader) == ()


KNOWN = Register(
    {
        "chec": Entity("chec", "China Harbour Engineering Company", EntityKind.FIRM, "中国港湾"),
        "cexim": Entity("cexim", "Export-Import Bank of China", EntityKind.POLICY_BANK),
    },
    aliases={"chec": ("CHEC",), "cexim": ("China Exim Bank",)},
)


@pytest.mark.parametrize(
    ("field", "typed", "first"),
    [
        ("firms", "chec", "China Harbour Engineering Company"),
        ("firms", "中国港", "China Harbour Engineering Company"),
        ("firms", "harb", "China Harbour Engineering Company"),
        ("lenders", "exim", "Export-Import Bank of China"),
        ("countries", "cote", "Côte d’Ivoire"),
        ("countries", "ken", "Kenya"),
        ("concerns", "debt", "debt-finance"),
        ("roles", "contr", "contractor"),
        ("events", "aud", "audit"),
    ],
)
def test_lists_complete_what_is_typed(field: str, typed: str, first: str) -> None:
    """By any name, in any script, without accents; firms and lenders each from their own list."""
    assert offers(field, typed, KNOWN)[0].value == first


ALIKE = Register(
    {
        "cccc-international": Entity("cccc-international", "CCCC International", EntityKind.FIRM, "", "cccc"),
        "cccc": Entity("cccc", "China Communications Construction Company", EntityKind.FIRM),
        "tunnel": Entity("tunnel", "Tunnel Works", EntityKind.FIRM, "", "group"),
        "group": Entity("group", "Tunnel and Bridge Group", EntityKind.FIRM),
        "chec": Entity("chec", "China Harbour Engineering Company", EntityKind.FIRM),
        "huadian": Entity("huadian", "Huadian Science and Technology", EntityKind.FIRM),
        "ctg": Entity("ctg", "CTG", EntityKind.FIRM),
        "telecom": Entity("telecom", "China Telecom Global", EntityKind.FIRM),
        "icbc-asia": Entity("icbc-asia", "ICBC (Asia)", EntityKind.STATE_BANK),
        "icbc": Entity("icbc", "Industrial and Commercial Bank of China", EntityKind.STATE_BANK),
    },
    aliases={"cccc": ("CCCC",), "chec": ("CHEC",), "huadian": ("CHEC",), "telecom": ("CTG",), "icbc": ("ICBC",)},
)


@pytest.mark.parametrize(
    ("field", "typed", "wanted"),
    [
        ("firms", "cccc", ["China Communications Construction Company", "CCCC International"]),
        ("firms", "CCC", ["China Communications Construction Company", "CCCC International"]),
        ("firms", "tunnel", ["Tunnel and Bridge Group", "Tunnel Works"]),
        ("firms", "CHEC", ["China Harbour Engineering Company", "Huadian Science and Technology"]),
        ("lenders", "ICBC", ["Industrial and Commercial Bank of China", "ICBC (Asia)"]),
        ("countries", "Congo", ["Congo - Brazzaville", "Congo - Kinshasa"]),
        ("countries", "Guinea", ["Guinea", "Guinea-Bissau", "Papua New Guinea", "Equatorial Guinea"]),
        ("countries", "Niger", ["Niger", "Nigeria"]),
        ("countries", "drc", ["Congo - Kinshasa"]),
    ],
)
def test_who_is_called_so_is_offered_first(field: str, typed: str, wanted: list[str]) -> None:
    """Exact names before those that begin so, owners before those whom they own."""
    assert [offer.value for offer in offers(field, typed, ALIKE)] == wanted


@pytest.mark.parametrize(
    ("typed", "called"), [("CCCC", "cccc"), ("ctg", "ctg"), ("China Telecom Global", "telecom"), ("Sino", None)]
)
def test_a_name_means_who_is_called_so(seen: CandidateView, typed: str, called: str | None) -> None:
    """Its own name or its only alias; a name of nobody stays what was typed."""
    (firm,) = parse_edit("firms", typed, ProjectFacts(), parties_of(seen, ALIKE))  # type: ignore[misc]
    assert (firm.as_written.casefold(), firm.id) == (typed.casefold(), called)


def test_an_alias_of_two_is_asked_about_unless_the_article_says_whose(seen: CandidateView) -> None:
    """Neither the form nor the decision guesses; what the article or the candidate calls so is meant."""
    with pytest.raises(UsageError, match=r"'chec' may be China Harbour Engineering Company \(chec\) or Huadian"):
        corrections_of(seen, {"firms": Correction("Huawei; chec", reason="a sign")}, parties_of(seen, ALIKE))
    mention = Mention(MentionKind.FIRM, 0, 4, "CHEC", "huadian", "Huadian Science and Technology")
    told = replace(seen, mentions={1: (mention,)})
    (firm,) = parse_edit("firms", "CHEC", ProjectFacts(), parties_of(told, ALIKE))  # type: ignore[misc]
    assert firm.id == "huadian"
    held = ProjectFacts(firms=(Firm("China Harbour", "CHEC", Role.SUPPLIER, "chec"),))
    (firm,) = parse_edit("firms", "CHEC", held, parties_of(told, ALIKE))  # type: ignore[misc]
    assert (firm.id, firm.role) == ("chec", Role.SUPPLIER)


def test_owners_are_named_before_those_whom_they_own(seen: CandidateView) -> None:
    """Of several that an alias may mean; beyond four it is said how many more there are."""
    works = {f"w{n}": Entity(f"w{n}", f"Works {n}", EntityKind.FIRM, "", "group") for n in range(5)}
    group = {"group": Entity("group", "Works Group", EntityKind.FIRM)}
    known = Register({**works, **group}, aliases=dict.fromkeys((*works, *group), ("TWG",)))
    with pytest.raises(UsageError) as told:
        corrections_of(seen, {"firms": Correction("TWG", reason="a sign")}, parties_of(seen, known))
    asked = "Works Group (group) or Works 0 (w0) or Works 1 (w1) or Works 2 (w2) or 2 more"
    assert str(told.value) == f"firms: 'TWG' may be {asked}: write the full name"


def test_lists_are_short_and_of_their_field() -> None:
    """A dozen at most; no lender among firms; nothing for a field without a list."""
    assert len(offers("countries", "a", KNOWN)) == MOST
    assert offers("firms", "exim", KNOWN) == ()
    assert offers("title", "x", KNOWN) == ()
