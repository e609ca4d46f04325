"""Follow-ups: news of a known project is relevant although nobody Chinese is named; a name alone is not."""

from __future__ import annotations

from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import KnownName, MentionKind, NameReliability
from offing.model.review.candidate import Proposed
from offing.model.values.vocabulary import EventKind, Status
from offing.propose import propose
from offing.propose.score.reasons import FOLLOW_UP
from propose.spans import COUNTRY, FIRM, PLACE, Text, shipped_rules

KEY = "project:off-2026-000001"
OWN = KnownName(("CPV",), "e-government", NameReliability.OWN)
SITE = KnownName(("CPV",), "e-government", NameReliability.SITE)
PROJECT = MentionKind.PROJECT


def outage(name: KnownName | None = OWN, sector: str | None = "e-government") -> Text:
    """A network went down; nobody Chinese is named."""
    text = Text("NOSi network offline for days in Cape Verde", "The network of NOSi went offline after malware.")
    text.put(COUNTRY, "Cape Verde", "CPV").cue("event", "offline", EventKind.INCIDENT)
    if name:
        text.put(PROJECT, "NOSi", KEY, value=name)
    if sector:
        text.cue("sector", "network", sector)
    return text


def reasons_of(found: Proposed) -> dict[str, float]:
    """The reasons of the best proposal, by name."""
    return {reason.name: reason.weight for reason in found.proposals[0].reasons}


def proposed(text: Text) -> Proposed:
    """What the rules that ship make of a text."""
    return propose(text.article, text.mentions, shipped_rules())


def test_what_befell_a_known_project_is_a_candidate() -> None:
    """The name is a named reason, the event and country are proved, and no firm is missed."""
    found = proposed(outage())
    assert found.score >= shipped_rules().cut
    facts = found.proposals[0].facts
    assert (facts.countries, [event.kind for event in facts.events]) == (("CPV",), [EventKind.INCIDENT])
    assert FOLLOW_UP in reasons_of(found)
    assert "no-named-party" not in reasons_of(found)
    assert "NOSi" in next(r.text for r in found.proposals[0].reasons if r.name == FOLLOW_UP)


def test_without_a_known_name_it_is_screened_out() -> None:
    """The same text says nothing of a Chinese project as long as none is known."""
    assert proposed(outage(None)).screened_out


def test_a_site_counts_where_the_text_is_about_the_same_matter() -> None:
    """A town's name alone tells no project: football in Suai is no road."""
    assert not proposed(outage(SITE)).screened_out
    assert proposed(outage(SITE, "transport")).screened_out
    assert proposed(outage(SITE, None)).screened_out


def test_a_name_without_news_of_it_is_no_candidate() -> None:
    """The lake beside the tower turned green: the tower is only named."""
    text = Text(
        "Lake turns green", "The lake beside the Lotus Tower turned green.", "Drains run.", "A dredger is idle."
    )
    text.put(PROJECT, "Lotus Tower", KEY, value=KnownName(("LKA",), "", NameReliability.OWN))
    assert proposed(text).screened_out
    text.cue("status", "idle", Status.SUSPENDED)
    assert proposed(text).screened_out


def test_what_heads_a_text_is_news_of_a_project_that_its_second_paragraph_names() -> None:
    """Title and lead tell what happened, the next paragraph to what; a later one only mentions it."""
    told = ("Officials go offline", "Nobody can pay. Clerks write by hand.")

    def found(*paragraphs: str) -> bool:
        text = Text(*told, *paragraphs)
        text.put(PROJECT, "NOSi", KEY, value=OWN).cue("event", "offline", EventKind.INCIDENT)
        return not proposed(text).screened_out

    assert found("It rains. The NOSi network is old.")
    assert not found("It rains.", "The sea is calm.", "Sailors wait.", "The NOSi network is old.")


def test_how_it_stands_is_news_where_title_or_lead_name_it() -> None:
    """That a tower works today is worth less than that it fell."""
    text = Text("Lotus Tower opened to visitors", "It is finished.")
    text.put(PROJECT, "Lotus Tower", KEY, value=KnownName(("LKA",), "", NameReliability.OWN))
    text.cue("status", "opened", Status.COMPLETED, weight=1.5)
    stands = reasons_of(proposed(text))[FOLLOW_UP]
    text.cue("status", "finished", Status.SUSPENDED, weight=3.0)
    assert 0 < stands < reasons_of(proposed(text))[FOLLOW_UP]


def test_a_text_at_home_gets_the_country_of_the_project() -> None:
    """Where no country is named the project's own is the target, proved by its name."""
    text = Text("NOSi network offline", "The network of NOSi went offline after malware.")
    text.put(PROJECT, "NOSi", KEY, value=OWN).cue("event", "offline", EventKind.INCIDENT)
    proposal = proposed(text).proposals[0]
    assert proposal.facts.countries == ("CPV",)
    quote = next(e for e in proposal.evidence if e.field is FieldName.COUNTRIES)
    assert "NOSi" in quote.text


def test_a_project_elsewhere_is_not_meant() -> None:
    """A name of a project of another country than the text is about tells none."""
    text = outage(KnownName(("AGO",), "e-government", NameReliability.OWN))
    assert proposed(text).screened_out


def test_further_names_make_it_surer_and_the_surest_project_counts() -> None:
    """Two sites of one project say more than one."""
    text = Text("Karonga line cut", "The network line from Karonga to Nsanje was cut in Malawi.")
    text.put(COUNTRY, "Malawi", "MWI").put(PLACE, "Karonga", "MWI").cue("event", "cut", EventKind.INCIDENT)
    text.cue("sector", "line", "telecom-connectivity")
    value = KnownName(("MWI",), "telecom-connectivity", NameReliability.SITE)
    text.put(PROJECT, "Karonga", KEY, value=value)
    alone = reasons_of(proposed(text))[FOLLOW_UP]
    text.put(PROJECT, "Nsanje", KEY, value=value)
    assert reasons_of(proposed(text))[FOLLOW_UP] > alone


def test_beside_a_chinese_party_the_name_says_little() -> None:
    """Who builds it is said already."""
    alone = reasons_of(proposed(outage()))[FOLLOW_UP]
    text = Text("Huawei repairs NOSi network in Cape Verde", "The network of NOSi, built by Huawei, went offline.")
    text.put(COUNTRY, "Cape Verde", "CPV").put(FIRM, "Huawei", "huawei").cue("event", "offline", EventKind.INCIDENT)
    text.put(PROJECT, "NOSi", KEY, value=OWN)
    assert 0 < reasons_of(proposed(text))[FOLLOW_UP] < alone


def test_background_sentences_name_no_project_of_the_text() -> None:
    """What stands elsewhere is somebody else's news."""
    text = Text("Ministry network offline", "The network went offline. Elsewhere, NOSi runs well.")
    text.put(PROJECT, "NOSi", KEY, value=OWN).cue("event", "offline", EventKind.INCIDENT)
    text.cue("signal", "Elsewhere", "marks-elsewhere")
    assert proposed(text).screened_out


def test_a_body_on_its_side_counts_beside_another_name_only() -> None:
    """A ministry has many projects; with the system that it runs it tells one."""
    part = KnownName(("CPV",), "e-government", NameReliability.PART)
    text = Text("Ministry offline for days in Cape Verde", "The network of the Ministry went offline after malware.")
    text.put(COUNTRY, "Cape Verde", "CPV").cue("event", "offline", EventKind.INCIDENT)
    text.cue("sector", "network", "e-government").put(PROJECT, "Ministry", KEY, value=part)
    assert proposed(text).screened_out
    text.put(PROJECT, "network", KEY, value=SITE)
    assert proposed(text).score >= shipped_rules().cut


def test_a_name_of_its_own_in_a_title_is_news_of_it() -> None:
    """Whatever happened: that it is what the article is about is enough beside sector and country."""
    text = Text("NOSi network and its critics in Cape Verde", "The network of NOSi has many critics.")
    text.put(COUNTRY, "Cape Verde", "CPV").put(PROJECT, "NOSi", KEY, value=OWN)
    assert FOLLOW_UP in reasons_of(proposed(text))
    site = Text("NOSi network and its critics in Cape Verde", "The network of NOSi has many critics.")
    site.put(COUNTRY, "Cape Verde", "CPV").put(PROJECT, "NOSi", KEY, value=SITE)
    site.cue("sector", "network", "e-government")
    assert proposed(site).screened_out


def test_a_known_project_is_where_it_is_known_to_be() -> None:
    """Another country beside its own name, that of who takes over, is not where it stands."""
    text = Text("NOSi network goes on with a Moroccan firm", "A Moroccan firm took it over.", "Cape Verde pays.")
    text.put(COUNTRY, "Moroccan", "MAR").put(COUNTRY, "Cape Verde", "CPV").put(PROJECT, "NOSi", KEY, value=OWN)
    text.cue("event", "took", EventKind.PROVIDER_REPLACED)
    assert proposed(text).proposals[0].facts.countries == ("CPV",)


def test_the_one_of_its_kind_in_a_country_is_not_meant_in_another() -> None:
    """News of Angola's cards that also names Zambia tells nothing of those of Zambia; a name of its own does."""

    def found(name: str) -> Proposed:
        text = Text("Card lines for Luanda fail", "Luanda buys no cards. The firm works in Zambia.")
        text.put(PLACE, "Luanda", "AGO").put(COUNTRY, "Zambia", "ZMB").cue("event", "fail", EventKind.INCIDENT)
        text.cue("sector", "cards", "digital-identity")
        value = KnownName(("ZMB",), "digital-identity", NameReliability.SITE)
        text.put(PROJECT, "Card", KEY, name=name, value=value)
        return proposed(text)

    assert found("id-cards · *").screened_out
    text = outage()
    assert not proposed(text).screened_out


def test_who_pays_or_takes_over_later_speaks_little_against_what_is_known() -> None:
    """A network that is known went dark, and a French firm mends it: that is later news of it all the same."""

    def weight(value: KnownName) -> float:
        text = Text("French company mends NOSi network in Cape Verde", "The network of NOSi went offline.")
        text.put(COUNTRY, "French", "FRA", by="demonym").put(COUNTRY, "Cape Verde", "CPV")
        text.cue("signal", "company", "company-word").cue("event", "offline", EventKind.INCIDENT)
        text.cue("sector", "network", "e-government").put(PROJECT, "NOSi", KEY, value=value)
        return reasons_of(proposed(text)).get("foreign-party", 0.0)

    assert weight(SITE) < weight(OWN) < 0


def test_a_second_paragraph_with_a_site_does_not_say_what_was_opened() -> None:
    """A plant opened; the towns that the pipe serves are named further down, and nothing is new of the pipe."""
    text = Text("Plant opened in Djibouti", "The plant was opened. It is large.", "Ali Sabieh still waits for water.")
    text.put(COUNTRY, "Djibouti", "DJI").cue("event", "opened", EventKind.HANDOVER).cue("sector", "water", "water")
    text.put(PROJECT, "Ali Sabieh", KEY, value=KnownName(("DJI",), "water", NameReliability.SITE))
    assert proposed(text).screened_out


def test_two_names_in_title_and_lead_are_what_a_text_is_about() -> None:
    """Whatever the wording of what happened is: both towns of the line head the text."""
    text = Text("Karonga counts its losses", "Nsanje does, too, along the network line in Malawi.")
    text.put(COUNTRY, "Malawi", "MWI").cue("sector", "network", "telecom-connectivity")
    value = KnownName(("MWI",), "telecom-connectivity", NameReliability.SITE)
    text.put(PROJECT, "Karonga", KEY, value=value)
    assert proposed(text).screened_out
    text.put(PROJECT, "Nsanje", KEY, value=value)
    assert not proposed(text).screened_out


def test_a_title_with_kind_and_place_is_about_the_works() -> None:
    """The road to Karonga heads the text; that the town does, says nothing of its road."""

    def screened(name: str) -> bool:
        text = Text("Karonga road counts its years", "Traders in Malawi talk of little else.")
        text.put(COUNTRY, "Malawi", "MWI").cue("sector", "road", "transport")
        value = KnownName(("MWI",), "transport", NameReliability.SITE)
        return proposed(text.put(PROJECT, "Karonga", KEY, name=name, value=value)).screened_out

    assert (screened("road · Karonga"), screened("Karonga")) == (False, True)


def test_a_site_tells_nothing_in_a_text_that_is_mainly_about_something_else() -> None:
    """The hospital is overrun; its records system is not what the text is about."""

    def screened(strength: float) -> bool:
        text = Text("Viana hospital network closed", "Tents. Beds. The Viana network is closed in Angola.")
        text.put(COUNTRY, "Angola", "AGO").cue("event", "closed", EventKind.INCIDENT)
        text.cue("sector", "network", "digital-health").cue("sector", "Tents", "buildings", weight=strength)
        value = KnownName(("AGO",), "digital-health", NameReliability.SITE)
        return proposed(text.put(PROJECT, "Viana", KEY, value=value)).screened_out

    assert (screened(0.1), screened(3.0)) == (False, True)
