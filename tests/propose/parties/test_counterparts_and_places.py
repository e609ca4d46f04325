"""Which organisations and places are those of a project."""

from __future__ import annotations

from tests.propose.spans import Text, shipped_rules

from offing.model.reading.mention import MentionKind
from offing.propose.fields.places import choose_places, place_features
from offing.propose.parties.classifier import full_names
from offing.propose.parties.counterparts import choose_counterparts
from offing.propose.reading.scope import scope_of

BODY, PLACE = MentionKind.COUNTERPART, MentionKind.PLACE


def hosts_of(text: Text, *targets: str) -> list[str]:
    """The chosen organisations as written."""
    scope = scope_of(text.article, text.mentions, shipped_rules())
    return [value.votes[0][2].text for value in choose_counterparts(scope, targets)]


def places_of(text: Text, *targets: str) -> list[str]:
    """The chosen places as written."""
    scope = scope_of(text.article, text.mentions, shipped_rules())
    return [value.votes[0][2].text for value in choose_places(scope, targets)]


def test_nothing_is_chosen_from_nothing() -> None:
    """An article without organisations and places has none."""
    text = Text("Huawei builds", "Work began.")
    assert hosts_of(text, "KEN") == places_of(text, "KEN") == []


def test_an_organisation_of_another_country_takes_no_part() -> None:
    """What tells another country is left out, what tells none or the target's stays."""
    text = Text("Ministry signs with Huawei", "The Ministry of Roads and Kenya Power signed; Tanesco watched.")
    text.put(BODY, "Ministry of Roads").put(BODY, "Kenya Power", "KEN").put(BODY, "Tanesco", "TZA")
    assert set(hosts_of(text, "KEN")) == {"Ministry of Roads", "Kenya Power"}


def test_a_short_name_is_the_same_organisation() -> None:
    """A short name and the full one are one organisation; the full one is shown."""
    text = Text("Hormuud orders", "Hormuud Telecom ordered masts. Hormuud pays.")
    text.put(BODY, "Hormuud Telecom").put(BODY, "Hormuud", nth=0).put(BODY, "Hormuud", nth=2)
    assert hosts_of(text) == ["Hormuud Telecom"]


def test_onlookers_of_the_tail_stay_out() -> None:
    """A court that only the last paragraph names does not take part."""
    body = ["The Ministry of Energy signed.", "A.", "B.", "C.", "The Supreme Court ruled on another case."]
    text = Text("Ministry of Energy signs", *body)
    text.put(BODY, "Ministry of Energy").put(BODY, "Supreme Court", by="onlooker")
    assert hosts_of(text) == ["Ministry of Energy"]


def test_a_dateline_is_no_site() -> None:
    """Where a report was written is no place of the project."""
    text = Text("Dam opens at Muela", "MASERU – The dam at Muela opened.")
    text.put(PLACE, "Muela", "LSO").put(PLACE, "MASERU", "LSO")
    assert places_of(text, "LSO") == ["Muela"]
    bracketed = Text("穆埃拉大坝", "（马塞卢讯）穆埃拉大坝启用。", language="zh")
    bracketed.put(PLACE, "马塞卢", "LSO").put(PLACE, "穆埃拉", "LSO")
    assert places_of(bracketed, "LSO") == ["穆埃拉"]


def test_listed_places_belong_together() -> None:
    """All places of a list are chosen with the one that leads it, one in each spelling."""
    text = Text("Cameras for Mindelo", "Cameras come to Mindelo, Espargos and Sal Rei.", "In Mindelo work began.")
    text.put(PLACE, "Mindelo", "CPV").put(PLACE, "Espargos", None, weight=0.6).put(PLACE, "Sal Rei", None, weight=0.6)
    assert set(places_of(text, "CPV")) == {"Mindelo", "Espargos", "Sal Rei"}


def test_spellings_and_cases_are_one_place() -> None:
    """A Russian case, an accent or a word for the kind of place make no second one."""
    text = Text("Порт в Батуми", "Система в Кишинёве и в аэропорту Кишинёва.", language="ru")
    text.put(PLACE, "Кишинёве", "MDA").put(PLACE, "Кишинёва", "MDA")
    assert len(places_of(text, "MDA")) == 1


def test_places_of_other_countries_and_names_of_bodies_stay_out() -> None:
    """A town abroad, a ministry, a part of a firm's name are no sites."""
    text = Text("Dam at Muela", "Muela dam opens; Eskom in Pretoria and Lesotho Power buy.")
    text.put(PLACE, "Muela", "LSO").put(PLACE, "Pretoria", "ZAF").put(PLACE, "Lesotho Power", "LSO", by="institution")
    assert places_of(text, "LSO") == ["Muela"]


def test_where_a_contract_was_signed_counts_less() -> None:
    """The capital in which the parties met is hardly the site."""
    text = Text("Radios for Toliara", "The deal was signed in Antananarivo. Toliara, in Atsimo, gets radios.")
    text.put(PLACE, "Toliara", "MDG").put(PLACE, "Antananarivo", "MDG", by="capital").put(
        PLACE, "Atsimo", "MDG", by="region"
    )
    text.cue("status", "signed", "signed")
    assert places_of(text, "MDG")[0] == "Toliara"
    assert "Antananarivo" not in places_of(text, "MDG")


def test_a_place_beside_its_works_is_reported_by_them() -> None:
    """The Toliara railway, not the town in which a minister speaks of it: a sign of its own."""
    text = Text("Deal ends", "The Toliara railway is off, said a minister who had come from his family in Antsirabe.")
    text.put(PLACE, "Toliara", "MDG").put(PLACE, "Antsirabe", "MDG").cue("sector", "railway", "transport")
    signs = {
        each.group.key: each.features
        for each in place_features(scope_of(text.article, text.mentions, shipped_rules()), ["MDG"])
    }
    assert [signs[place]["near-works"] for place in ("toliara", "antsirabe")] == [1.0, 0.0]


def test_a_town_is_reported_by_its_noun() -> None:
    """A Russian adjective of a town is its name only where no noun stands."""
    text = Text("Мост в Витебске", "Витебская компания строит мост в Витебске.", language="ru")
    text.put(PLACE, "Витебске", "BLR", nth=0).put(PLACE, "Витебске", "BLR", nth=1).put(PLACE, "Витебская", "BLR")
    assert places_of(text, "BLR") == ["Витебске"]


def test_of_two_full_names_as_long_the_first_counts() -> None:
    """The same article gives the same bodies in each process, whatever the order in which a set holds them."""
    heads = [f"Body{letter}" for letter in "ABCDEFGHIJKL"]
    written = [name for head in heads for name in (head, f"{head} One", f"{head} Two", f"{head} Ten")]
    full = full_names(written)
    assert [full[head] for head in heads] == [f"{head} One" for head in heads]
