"""Fusion: wordings and the encoder make a value likely together; the sentences that speak for it prove it."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from offing.model.projects.project import CONVERTED
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import MentionKind, Money
from offing.model.reading.tags import Tag
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amounts import ProjectSum
from offing.propose.fields.concerns import choose_concerns, concern_features
from offing.propose.fields.facts import facts_of, proofs
from offing.propose.fields.fusion import (
    BY,
    LEAST,
    Worded,
    fused_kinds,
    fused_mode,
    fused_record_type,
    fused_role,
    fused_sector,
    fused_status,
    log_share,
)
from offing.propose.fields.mode import Known
from offing.propose.fields.project_draft import ProjectDraft, project_draft
from offing.propose.fields.topic import rank_sectors, rank_statuses
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Scope, scope_of
from propose.encodings import Told, encoded_as
from propose.spans import COUNTRY, FIRM, Text, shipped_rules

PLAIN = {"encoded": 1.0, "wording": 1.0, "chosen": 0.5}
WORRY = {"bias": -1.0, "wording": 1.0, "share": 1.0, "encoded": 1.0, "least": 0.4}


def fusion() -> dict[str, float]:
    """Weights by which a person can work out what is likeliest."""
    fields = ("status", "sector", "mode", "record_type", "role", "kind")
    levels = {f"fusion.{field}.{name}": weight for field in fields for name, weight in PLAIN.items()}
    return levels | {f"fusion.concern.{name}": weight for name, weight in WORRY.items()}


def weighted_scope(text: Text) -> Scope:
    """A text as one scope, by these weights."""
    rules = shipped_rules()
    return scope_of(text.article, text.mentions, replace(rules, levels={**rules.levels, **fusion()}))


def hall(*paragraphs: str) -> Text:
    """An article on a hall in Ghana."""
    text = Text("A hall for Ghana", *(paragraphs or ("Huawei builds it.", "Crews hang racks.", "It rains.")))
    return text.put(COUNTRY, "Ghana", "GHA")


def part(scope: Scope, **told: object) -> EncodedPart:
    """The project of a text, encoded as given."""
    return encoded_as(scope.article, Told(**told)).whole  # type: ignore[arg-type]


def status(scope: Scope, **shares: float) -> str | None:
    """The status of a text whose statuses the encoder holds that likely."""
    encoded = part(scope, fields={"status": {name.replace("_", "-"): share for name, share in shares.items()}})
    ranked = rank_statuses(scope)
    found = fused_status(scope, ranked, next(iter(ranked), None), encoded)
    return found.key if found else None


def test_a_wording_wins_over_a_weak_encoder_and_loses_to_a_strong_one() -> None:
    """What counts is the sum of both, in log-odds."""
    scope = weighted_scope(hall().cue("status", "builds", "signed", weight=2.0))
    assert status(scope, signed=0.4, completed=0.5) == "signed"
    assert status(scope, signed=0.01, completed=0.98) == "completed"
    plain = weighted_scope(hall())
    assert status(plain, signed=0.4, completed=0.5) == "completed"


def test_a_strong_wording_stands_against_any_encoder() -> None:
    """No share is taken for less than a limit."""
    assert log_share(0.0) == log_share(LEAST / 2) == math.log(LEAST)
    assert log_share(0.5) == math.log(0.5)
    scope = weighted_scope(hall().cue("status", "builds", "signed", weight=1000.0))
    assert status(scope, signed=1e-5, completed=0.99) == "signed"


def test_what_speaks_for_a_value_has_the_names_of_its_weights() -> None:
    """How likely the encoder holds it, how strong its wordings are, and whether wordings choose it."""
    chosen, other = Ranked("signed", 3.0, ()), Ranked("agreed", 1.0, ())
    worded = Worded(MentionKind.STATUS, (chosen, other), chosen)
    shares = {"signed": 0.5, "agreed": 0.25, "completed": 0.25}
    assert worded.features("signed", shares) == {"encoded": math.log(0.5), "wording": math.log(4), "chosen": 1.0}
    assert worded.features("agreed", shares) == {"encoded": math.log(0.25), "wording": math.log(2), "chosen": 0.0}
    assert worded.features("completed", shares) == {"encoded": math.log(0.25), "wording": 0.0, "chosen": 0.0}
    assert Worded(MentionKind.RECORD_TYPE, (), None).field == "record_type"
    assert Worded(MentionKind.RECORD_TYPE, (), None).features("signed", shares)["chosen"] == 0.0


def test_the_weights_decide_what_counts() -> None:
    """Each by its name."""
    text = hall().cue("status", "builds", "signed", weight=2.0)
    rules = shipped_rules()
    for deaf, found in (("encoded", "signed"), ("wording", "completed")):
        levels = {**rules.levels, **fusion(), f"fusion.status.{deaf}": 0.0, "fusion.status.chosen": 0.0}
        scope = scope_of(text.article, text.mentions, replace(rules, levels=levels))
        assert status(scope, signed=0.01, completed=0.98) == found
    levels = {**rules.levels, **fusion(), "fusion.status.chosen": 99.0}
    assert status(scope_of(text.article, text.mentions, replace(rules, levels=levels)), completed=0.98) == "signed"


def test_a_status_that_is_reported_as_past_counts_less() -> None:
    """Who has opened a hall "after signing" has signed nothing, however likely the encoder holds it."""
    said = "After signing in 2019, the hall has now opened."
    text = hall(said).cue("status", "signing", "signed").cue("status", "has now opened", "completed")
    plain = hall(said).cue("status", "signing", "signed").cue("status", "has now opened", "completed")
    past = weighted_scope(text.cue("signal", "After", "after"))
    assert past.level("limits.status_past") > 0
    assert status(past, signed=0.6, completed=0.4) == "completed"
    levels = {**past.rules.levels, "limits.status_past": 0.0, "fusion.status.wording": 0.0, "fusion.status.chosen": 0.0}
    free = scope_of(plain.article, plain.mentions, replace(past.rules, levels=levels))
    assert status(free, signed=0.6, completed=0.4) == "signed"


def test_a_value_without_a_wording_is_proved_by_its_sentences() -> None:
    """By the two that speak most for it, word for word; how surely they do is kept."""
    scope = weighted_scope(hall("Huawei builds it. Crews hang racks.", "It rains."))
    encoded = part(scope, fields={"status": {"under-construction": 0.9}}, speaks=["Crews"])
    found = fused_status(scope, [], None, encoded)
    assert found is not None
    (first, line), (second, _) = [(mention, line) for line, mention in found.mentions]
    assert (found.key, found.score) == ("under-construction", pytest.approx(0.9, abs=1e-2))
    assert (first.text, first.key, first.kind, first.by) == ("Crews hang racks.", found.key, MentionKind.STATUS, BY)
    assert first.weight == found.score
    assert (line.sentence.start, line.sentence.end) == (first.start, first.end)
    assert second.text == scope.article.text[second.start : second.end] != first.text


def test_a_value_with_a_wording_is_proved_by_it() -> None:
    """Also where wordings alone would choose another one."""
    scope = weighted_scope(hall().cue("status", "builds", "signed", weight=2.0).cue("status", "hang", "completed"))
    ranked = rank_statuses(scope)
    assert ranked[0].key == "signed"
    found = fused_status(scope, ranked, ranked[0], part(scope, fields={"status": {"completed": 0.99}}))
    assert found is next(each for each in ranked if each.key == "completed")
    assert [mention.text for _, mention in found.mentions] == ["hang"]


def test_without_an_encoder_wordings_decide_alone() -> None:
    """Also where nothing of the text was read, or the project has no lines."""
    scope = weighted_scope(hall().cue("status", "builds", "signed"))
    chosen = rank_statuses(scope)[0]
    unread = part(scope, fields={"status": {"completed": 0.99}}, pieces=0)
    read_whole = part(scope, fields={"status": {"completed": 0.99}})
    assert fused_status(scope, [chosen], chosen, None) is chosen
    assert fused_status(scope, [chosen], chosen, unread) is chosen
    assert fused_status(scope.narrowed(()), [chosen], chosen, read_whole) is chosen
    assert fused_status(scope, [], None, None) is None
    assert fused_sector(scope, [], None) is None


def test_sectors_are_fused_alike() -> None:
    """By the strongest wording and the encoder."""
    scope = weighted_scope(hall().cue("sector", "racks", "energy", weight=1.5))
    ranked = rank_sectors(scope)
    weak = fused_sector(scope, ranked, part(scope, fields={"sector": {"water": 0.3, "energy": 0.2}}))
    strong = fused_sector(scope, ranked, part(scope, fields={"sector": {"water": 0.99}}))
    assert (weak, strong and strong.key) == (ranked[0], Sector.WATER)


def test_modes_are_fused_with_what_is_known() -> None:
    """A wording of a loan, or what the encoder makes of the text."""
    scope = weighted_scope(hall().cue("mode", "builds", "loan", weight=3.0))
    known = Known(RecordType.PROJECT, None, (), ())
    weak = fused_mode(scope, known, part(scope, fields={"mode": {"loan": 0.2, "grant": 0.3}}))
    strong = fused_mode(scope, known, part(scope, fields={"mode": {"grant": 0.99}}))
    alone = fused_mode(scope, known, None)
    assert [each and each.key for each in (weak, strong, alone)] == [Mode.LOAN, Mode.GRANT, Mode.LOAN]


def test_a_record_type_keeps_what_speaks_for_it() -> None:
    """Where the encoder says the same; where it is surer of another, its sentences speak."""
    scope = weighted_scope(hall().cue("status", "builds", "under-construction", weight=2.0))
    (under_way,) = rank_statuses(scope)
    plain = fused_record_type(scope, under_way, False, None)
    same = fused_record_type(scope, under_way, False, part(scope, fields={"record_type": {"project": 0.9}}))
    assert plain == same
    assert plain[0] is RecordType.PROJECT
    sure = {"record_type": {"training-cooperation": 0.99, "project": 0.005}}
    kind, basis = fused_record_type(scope, under_way, False, part(scope, fields=sure))
    assert kind is RecordType.TRAINING_COOPERATION
    assert basis is not None
    assert {mention.by for _, mention in basis.mentions} == {BY}
    assert {mention.kind for _, mention in basis.mentions} == {MentionKind.RECORD_TYPE}


def sums(scope: Scope, *converted: bool, kind: AmountKind = AmountKind.UNSPECIFIED) -> list[ProjectSum]:
    """The sums of a text as they are chosen, each with the same kind by wordings."""
    pairs = [(line, mention) for line, mention in scope.of(MentionKind.MONEY)]
    qualifiers = [CONVERTED if each else "" for each in converted]
    return [
        ProjectSum(Money(mention.value.value, mention.value.currency, qualifier), kind, 1.0, ((line, mention),))  # type: ignore[union-attr]
        for (line, mention), qualifier in zip(pairs, qualifiers, strict=True)
    ]


def paid() -> Scope:
    """A text with three sums, the second being the first in other money."""
    text = hall("It costs $5 million (3 billion CFA), and later $2 million.")
    text.money("$5 million", "5000000", "USD").money("3 billion CFA", "3000000000", "XOF")
    return weighted_scope(text.money("$2 million", "2000000", "USD"))


def kinds(scope: Scope, found: list[ProjectSum], encoded: EncodedPart | None) -> list[AmountKind]:
    """The kinds of some sums."""
    return [each.kind for each in fused_kinds(scope, encoded, found)]


def test_a_sum_has_its_likeliest_kind_and_a_conversion_that_of_its_sum() -> None:
    """By what wordings say of it, and by the encoder."""
    scope = paid()
    told = [replace(each, kind=kind) for each, kind in zip(sums(scope, False, True, False), AmountKind, strict=False)]
    plain = kinds(scope, told, None)
    assert plain == [told[0].kind, told[0].kind, told[2].kind]
    assert len(set(plain)) == 2
    sure = part(scope, kinds={"total-cost": 0.98})
    assert kinds(scope, told, sure) == [AmountKind.TOTAL_COST] * 3
    weak = part(scope, kinds={str(told[0].kind): 0.3, "total-cost": 0.4})
    assert kinds(scope, told, weak)[:2] == [told[0].kind] * 2
    assert kinds(scope, told, part(scope, kinds={"total-cost": 0.98}, pieces=3)) == plain


def test_a_conversion_without_its_sum_has_no_kind() -> None:
    """Nothing stands before it."""
    scope = paid()
    assert kinds(scope, sums(scope, True, False, False, kind=AmountKind.LOAN), None)[0] is AmountKind.UNSPECIFIED


def role(scope: Scope, encoded: EncodedPart | None) -> Role:
    """The role of the firm of a text."""
    votes = tuple((1.0, line, mention) for line, mention in scope.of(FIRM))
    return fused_role(scope, encoded, {Role.CONTRACTOR: 1.0, Role.SUPPLIER: 0.5}, Ranked("huawei", 1.0, votes))


def test_a_firm_has_its_likeliest_role() -> None:
    """What is usual decides where the encoder hardly knows; a role that nothing words may be surest."""
    scope = weighted_scope(hall("Foo stays.").put(FIRM, "Foo", "foo"))
    assert role(scope, None) is Role.CONTRACTOR
    assert role(scope, part(scope, roles={"supplier": 0.3, "contractor": 0.25})) is Role.CONTRACTOR
    assert role(scope, part(scope, roles={"supplier": 0.9, "contractor": 0.05})) is Role.SUPPLIER
    assert role(scope, part(scope, roles={"consultant": 0.98, "contractor": 0.01})) is Role.CONSULTANT
    assert role(scope, part(scope, roles={"consultant": 0.98}, pieces=2)) is Role.CONTRACTOR


def leaks(weight: float = 2.0) -> Text:
    """An article in which a hall fails, and another sentence."""
    text = hall("Halls fail. Nothing else is told.", "The halls fail in the rain.")
    return text.cue("concern", "fail", Concern.FAILURE, weight=weight)


def found_worries(scope: Scope, encoded: EncodedPart | None) -> dict[str, list[str]]:
    """The kinds of worries with the words that prove them."""
    return {each.key: [mention.text for _, mention in each.mentions] for each in choose_concerns(scope, encoded)}


def test_a_sentence_is_a_worry_without_its_wordings() -> None:
    """It proves itself, one sentence for each worry; what is hardly likely is none."""
    scope = weighted_scope(hall("Rain drips on the racks.", "It is so."))
    encoded = part(scope, fields={"concerns": {"failure": 0.97}}, speaks=["Rain drips"])
    assert found_worries(scope, encoded) == {Concern.FAILURE: ["Rain drips on the racks."]}
    assert found_worries(scope, part(scope, fields={"concerns": {"failure": 0.2}})) == {}


def test_a_wording_is_proved_first_where_the_encoder_finds_it() -> None:
    """Of two wordings the one counts first whose sentence speaks most for the worry; no other sentence is a proof."""
    scope = weighted_scope(leaks())
    first, second = (mention.start for _, mention in scope.of(MentionKind.CONCERN))
    for words, order in (("Halls fail", [first, second]), ("The halls", [second, first]), ("Nothing", [first, second])):
        encoded = part(scope, fields={"concerns": {"failure": 0.9}}, speaks=[words])
        (worry,) = choose_concerns(scope, encoded)
        assert [mention.start for _, mention in worry.mentions] == order, words


def test_a_wording_that_the_encoder_does_not_find_needs_strength() -> None:
    """It speaks against a wording as well as for it."""
    sure, unsure = {"concerns": {"failure": 0.6}}, {"concerns": {"failure": 0.003}}
    scope = weighted_scope(leaks())
    assert set(found_worries(scope, part(scope, fields=sure))) == {Concern.FAILURE}
    assert found_worries(scope, part(scope, fields=unsure)) == {}


def test_what_speaks_for_a_worry_has_the_names_of_its_weights() -> None:
    """Each kind of worry, with its wordings and without; by shares of the strongest."""
    scope = weighted_scope(leaks().cue("concern", "rain", Concern.PROCUREMENT, weight=0.5))
    found = {
        each.kind: each
        for each in concern_features(scope, part(scope, fields={"concerns": {"failure": 0.9, "influence": 0.8}}))
    }
    assert set(found) == set(Concern)
    failure, influence, procurement = (
        found[kind] for kind in (Concern.FAILURE, Concern.INFLUENCE, Concern.PROCUREMENT)
    )
    assert set(failure.features) == set(WORRY) - {"bias", "least"}
    assert failure.strongest == influence.strongest == failure.wordings.score  # type: ignore[union-attr]
    assert failure.features["wording"] == pytest.approx(math.log1p(failure.strongest))
    assert failure.features["encoded"] == pytest.approx(math.log(9), abs=0.02)
    assert influence.features["wording"] == influence.features["share"] == 0.0
    assert influence.wordings is None
    assert 0 < procurement.features["share"] < failure.features["share"] < 1


def test_the_likeliest_worries_come_first_and_are_four_at_most() -> None:
    """By both together."""
    scope = weighted_scope(leaks())
    shares = {str(kind): 0.9 + 0.01 * place for place, kind in enumerate(Concern)}
    found = choose_concerns(scope, part(scope, fields={"concerns": shares}))
    assert len(found) == 4
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert found[0].key == Concern.FAILURE
    assert all(0 < each.score < 1 for each in found)


def test_without_an_encoder_wordings_of_worries_decide_alone() -> None:
    """Also where nothing was read."""
    scope = weighted_scope(leaks(weight=3.0).cue("signal", "told", "marks-worry"))
    alone = choose_concerns(scope)
    assert [each.key for each in alone] == [Concern.FAILURE]
    assert choose_concerns(scope, part(scope, fields={"concerns": {"influence": 0.99}}, pieces=0)) == alone
    nothing = scope.narrowed(())
    assert choose_concerns(nothing, part(scope, fields={"concerns": {"influence": 0.99}})) == []


def drafted(text: Text, **told: object) -> ProjectDraft:
    """A project as it is drawn of wordings and an encoder."""
    scope = weighted_scope(text)
    return project_draft(scope, encoded=part(scope, **told))


def test_a_draft_is_what_both_say_and_keeps_what_wordings_said() -> None:
    """Its facts hold the fused values, and every proof of them stands in the text."""
    text = hall("Huawei builds it for $5 million.", "Crews hang racks.").put(FIRM, "Huawei", "huawei")
    text.money("$5 million", "5000000", "USD").cue("sector", "racks", "energy", weight=0.1)
    fields = {
        "status": {"under-construction": 0.97},
        "sector": {"data-centre-cloud": 0.99, "energy": 0.001},
        "mode": {"grant": 0.97},
        "concerns": {"procurement": 0.97},
    }
    tags = {Tag.FIRM: {"Huawei": 0.99}, Tag.AMOUNT: {"$5 million": 0.99}}
    found = drafted(text, fields=fields, kinds={"grant": 0.97}, roles={"supplier": 0.97}, tags=tags)
    facts = facts_of(found)
    assert (facts.status, facts.sector, facts.mode) == (
        *(Status.UNDER_CONSTRUCTION, Sector.DATA_CENTRE_CLOUD, Mode.GRANT),
    )
    assert [each.kind for each in facts.concerns] == [Concern.PROCUREMENT]
    assert [(each.kind, each.value) for each in facts.amounts] == [(AmountKind.GRANT, Decimal(5_000_000))]
    assert [each.role for each in facts.firms] == [Role.SUPPLIER]
    sector, told = found.worded
    assert (sector and sector.key, told) == ("energy", None)
    by_field = {proof.field: proof.mentions for proof in proofs(found, facts)}
    assert {FieldName.STATUS, FieldName.SECTOR, FieldName.MODE, FieldName.CONCERNS} <= set(by_field)
    for mentions in by_field.values():
        assert mentions
        assert all(text.article.text[each.start : each.end] == each.text for _, each in mentions)


def test_parties_are_those_of_wordings_where_the_encoder_finds_none_likely() -> None:
    """A project has somebody who does it, though no firm is surely its own."""
    text = hall("Huawei builds it.").put(FIRM, "Huawei", "huawei")
    scope = weighted_scope(text)
    rules = replace(scope.rules, levels={**scope.rules.levels, "limits.firms_least": 1.0})
    unlikely = scope_of(text.article, text.mentions, rules)
    assert [each.key for each in project_draft(unlikely, encoded=part(unlikely)).firms] == ["huawei"]


def test_a_part_that_speaks_of_the_company_means_that_of_its_context() -> None:
    """With an encoder too, where it names no firm itself."""
    whole = hall("Huawei builds it.", "The company also lays a cable.").put(FIRM, "Huawei", "huawei")
    scope = weighted_scope(whole.cue("signal", "The company", "says-company"))
    own, context = scope.narrowed(scope.lines[2:]), scope.narrowed(scope.lines[:2])
    assert [each.key for each in project_draft(own, context, part(scope)).firms] == ["huawei"]
    assert [each.key for each in project_draft(own, context).firms] == ["huawei"]
