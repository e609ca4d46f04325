"""Latin forms beside names in other scripts."""

from __future__ import annotations

from dataclasses import replace

from factories.candidate import FACTS
from offing.model.projects.project import Firm, Lender
from offing.model.values.vocabulary import Role
from offing.services.views.latin_names import LatinName, body_in_latin, headline_names, names_in_latin, place_in_latin
from offing.services.views.plain import plain_facts

CHINESE = "浙江华陆科技有限公司"
KNOWN = Firm("Huawei", "华为", Role.CONTRACTOR, "huawei")
UNKNOWN = Firm(CHINESE, CHINESE, Role.CONTRACTOR)
ROMANISED = LatinName(CHINESE, "Zhejiang Hualu Keji Youxian Gongsi")


def test_a_place_has_the_name_of_a_list_before_its_letters() -> None:
    """What no list of its countries has is romanised, and says so."""
    assert place_in_latin("金边", ("KHM",)) == LatinName("金边", "Phnom Penh", known=True)
    assert place_in_latin("金边", ("UZB",)) == LatinName("金边", "Jinbian")
    assert place_in_latin("Phnom Penh", ("KHM",)) is None
    assert place_in_latin("서울", ()) is None


def test_a_chinese_body_has_its_country_in_english() -> None:
    """Only the project's own country, and only at the start."""
    assert body_in_latin("柬埔寨教育部", ("KHM",)) == LatinName("柬埔寨教育部", "Cambodia Jiaoyubu")
    assert body_in_latin("柬埔寨", ("KHM",)) == LatinName("柬埔寨", "Jianpuzhai")
    assert body_in_latin("Ministry of Education", ("KHM",)) is None


def test_names_of_a_project_in_latin_letters() -> None:
    """Each once; what the lexicon knows is in English already. Programs get them as a field."""
    parties = (KNOWN, UNKNOWN, UNKNOWN)
    facts = replace(FACTS, firms=parties, lenders=(Lender(CHINESE, CHINESE),), countries=("KHM",), places=("金边",))
    assert headline_names(facts) == (ROMANISED,)
    assert names_in_latin(replace(facts, counterparts=())) == (ROMANISED, LatinName("金边", "Phnom Penh", known=True))
    assert plain_facts(facts)["latin"][0] == {"name": CHINESE, "latin": ROMANISED.latin, "known": False}
