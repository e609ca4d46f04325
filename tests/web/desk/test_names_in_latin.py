"""Names in other scripts beside their Latin forms, on the pages and in the JSON API."""

from __future__ import annotations

from dataclasses import replace

import httpx2
from lxml import html

from offing.model.operation.user import UserRole
from offing.model.projects.project import Firm
from offing.model.values.vocabulary import Role
from web.conftest import AddCandidate, Desk, kenya

FIRM = "浙江华陆科技有限公司"
IN_LATIN = "Zhejiang Hualu Keji Youxian Gongsi"


def latin_forms(answer: httpx2.Response) -> list[tuple[str, str]]:
    """The Latin forms of a page, each with its title."""
    found = html.fromstring(answer.text).iterfind(".//span[@class='latin']")
    return [(str(each.text_content()), str(each.get("title"))) for each in found]


def test_names_in_other_scripts_have_their_latin_form_beside_them(desk: Desk, add_candidate: AddCandidate) -> None:
    """The firm in the queue and wherever a headline names it; a town by its English name, and said to be that."""
    firms = (Firm(FIRM, FIRM, Role.CONTRACTOR), Firm("Huawei", "华为", Role.CONTRACTOR, "huawei"))
    add_candidate(facts=replace(kenya(), firms=firms, places=("内罗毕", "Konza")))
    client = desk.as_(UserRole.ANALYST)
    letters = (IN_LATIN, "its letters in Latin script, no translation")
    assert latin_forms(client.get("/queue")) == [letters]
    assert latin_forms(client.get(f"/digest/{desk.now.date()}")) == [letters]
    page = latin_forms(client.get("/candidate/1"))
    assert page == [letters, letters, ("Nairobi", "its English name, by the list of towns")]
