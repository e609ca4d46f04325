"""Loading the lexicon: what ships is sound, a site lies over it, mistakes are told by file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_lexicon
from offing.errors import ConfigError
from offing.model.reading.rules import Alias, CaseRule, CountryForm, Entity, EntityKind, FalseFriend, NameEnding

HEADS = {
    "firms": "id,name,name_zh,parent,kind,source,note",
    "firm_aliases": "firm,alias,lang,case,near,source,note",
    "lenders": "id,name,name_zh,kind,source,note",
    "lender_aliases": "lender,alias,lang,case,near,source,note",
    "false_friends": "phrase,lang,case,kind,note",
    "country_forms": "country,lang,form,kind,note",
    "places": "place,lang,country,kind,near,note",
    "name_endings": "ending,lang,instead,note",
}
FIRM = "huawei,Huawei,华为,,firm,own,"


def layers(folder: Path, **tables: str) -> Layers:
    """A config folder with some rows in some tables."""
    (folder / "lexicons").mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        (folder / "lexicons" / f"{table}.csv").write_text(f"{HEADS[table]}\n{rows}\n", encoding="utf-8")
    return Layers((folder,))


def test_what_ships_is_sound():
    """The shipped lexicon has firms, lenders, false friends and all countries."""
    lexicon = load_lexicon(Layers.of())
    assert len(lexicon.firms) >= 300
    assert len(lexicon.lenders) >= 40
    assert {form.country for form in lexicon.countries} >= {"CHN", "KEN", "PAK", "XKX"}
    assert sum(form.language == "ar" and form.country == "KEN" for form in lexicon.countries) >= 1
    assert lexicon.version


def test_towns_come_from_libraries():
    """Capitals and large towns are there in several scripts; ordinary words and names of countries are not."""
    places = {(place.text, place.language): place.country for place in load_lexicon(Layers.of()).places}
    assert places["Nairobi", "*"] == "KEN"
    assert places["Le Caire", "fr"] == "EGY"
    assert places["内罗毕", "zh"] == "KEN"
    assert ("Reading", "*") not in places
    assert ("Singapore", "*") not in places
    assert ("Китая", "ru") not in places


def test_rows_become_rules(tmp_path: Path):
    """Every column arrives in the rule; an empty language is any, an empty case any."""
    lexicon = load_lexicon(
        layers(
            tmp_path,
            firms=FIRM + "\nhw-cloud,Huawei Cloud,,huawei,firm,own,",
            firm_aliases="huawei,HW,,exact,China|phone,own,\nhuawei,هواوي,ar,,,own,",
            lenders="cdb,China Development Bank,,policy-bank,own,",
            false_friends="India Exim Bank,*,any,lender,",
            country_forms="KEN,en,Kenyan*,demonym,",
            places="Konza,en,KEN,site,Kenya|Nairobi,",
            name_endings="S.p.A.,it,,\ndi Cina,it,della Repubblica Popolare Cinese,",
        )
    )
    assert lexicon.firms[1] == Entity("hw-cloud", "Huawei Cloud", EntityKind.FIRM, "", "huawei")
    assert lexicon.aliases == (
        Alias("huawei", "HW", "*", CaseRule.EXACT, ("China", "phone")),
        Alias("huawei", "هواوي", "ar"),
    )
    assert lexicon.lenders[0].kind is EntityKind.POLICY_BANK
    assert lexicon.false_friends == (FalseFriend("India Exim Bank", "*", "lender"),)
    assert lexicon.countries[0] == CountryForm("KEN", "Kenyan*", "en", "demonym")
    assert lexicon.places[0].near == ("Kenya", "Nairobi")
    in_full = NameEnding("di Cina", "it", "della Repubblica Popolare Cinese")
    assert lexicon.endings == (NameEnding("S.p.A.", "it"), in_full)


def test_a_site_lies_over_what_ships(tmp_path: Path):
    """A site's row replaces the shipped one of the same id, another row is added, and the version changes."""
    shipped = Layers.of()
    site = layers(tmp_path, firms="huawei,Huawei of ours,,,firm,own,\nlanjing-li,Lanjing Li,,,firm,own,")
    lexicon = load_lexicon(Layers((*shipped.folders, *site.folders)))
    names = {firm.id: firm.name for firm in lexicon.firms}
    assert names["huawei"] == "Huawei of ours"
    assert names["lanjing-li"] == "Lanjing Li"
    assert lexicon.version != load_lexicon(shipped).version


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"firms": "Hua Wei,Huawei,,,firm,own,"}, "firms.csv:2: id: 'Hua Wei' is not an id"),
        ({"firms": "huawei,H,,,firm,own,"}, "firms.csv:2: name: 'H' is empty or a single character"),
        ({"firms": "huawei,Huawei,华,,firm,own,"}, "firms.csv:2: name_zh: '华' is empty or a single character"),
        ({"firms": "huawei,Huawei,,nobody,firm,own,"}, "firms.csv:2: parent: 'nobody' is not an id of this table"),
        ({"firms": "huawei,Huawei,,,company,own,"}, "firms.csv:2: kind: 'company' is none of firm, maker, public-body"),
        ({"firms": FIRM + "\n" + FIRM}, "firms.csv:3: id: 'huawei' is already in line 2"),
        (
            {"firms": FIRM, "firm_aliases": "zte,ZTE,*,any,,own,"},
            "firm_aliases.csv:2: firm: 'zte' is not an id of firms.csv",
        ),
        ({"firms": FIRM, "firm_aliases": "huawei,,*,any,,own,"}, "alias: '' is empty or a single character"),
        ({"firms": FIRM, "firm_aliases": "huawei,H*,*,any,,own,"}, "alias: 'H*' is empty or a single character"),
        ({"firms": FIRM, "firm_aliases": "huawei,HW,english,any,,own,"}, "lang: 'english' is no language"),
        ({"firms": FIRM, "firm_aliases": "huawei,HW,*,upper,,own,"}, "case: 'upper' is none of any, exact"),
        (
            {"firms": FIRM + "\nhw,Hawei,,,firm,own,", "firm_aliases": "huawei,HW,*,any,,own,\nhw,HW,*,any,,own,"},
            "firm_aliases.csv:3: alias: 'HW' is an alias of 'huawei' too: give all but one of them a `near`",
        ),
        ({"lenders": "cdb,CDB,,bank,own,"}, "lenders.csv:2: kind: 'bank' is none of"),
        ({"false_friends": "India Exim Bank,*,any,bank,"}, "kind: 'bank' is none of lender, firm, country, chinese"),
        ({"country_forms": "KEY,en,Kenya,name,"}, "country_forms.csv:2: country: 'KEY' is not a country"),
        ({"country_forms": "KEN,en,Kenya,nickname,"}, "kind: 'nickname' is none of name, demonym, stem, abbreviation"),
        ({"places": "Konza,xx,KEN,site,,"}, "places.csv:2: lang: 'xx' is no language"),
    ],
)
def test_mistakes(tmp_path: Path, tables: dict[str, str], message: str):
    """A wrong row is told with its file, line and column, and what would be right."""
    with pytest.raises(ConfigError) as error:
        load_lexicon(layers(tmp_path, **tables))
    assert message in str(error.value)


def test_one_alias_may_serve_two_where_context_tells(tmp_path: Path):
    """An alias of two firms is allowed when all but one of them need a word near it."""
    rows = {"firms": FIRM + "\nhw,Hawei,,,firm,own,", "firm_aliases": "huawei,HW,*,any,,own,\nhw,HW,*,any,Hawaii,own,"}
    assert len(load_lexicon(layers(tmp_path, **rows)).aliases) == 2
