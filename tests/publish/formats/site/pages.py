"""A site with a bit of everything, some of it hostile, and what its pages say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import html

from offing.model.projects.finding import Citation
from offing.model.projects.release import ChangeKind
from offing.model.projects.release_format import ReleaseFormat
from offing.publish.body import Cells, ProjectBody
from offing.publish.documents import head_of
from offing.publish.formats.format import Head
from offing.publish.formats.site import Site
from publish.written import Kept

HEAD = head_of("1.0", Citation("CC-BY-4.0", ("The <b>Desk</b>",)), [*ReleaseFormat])
HOSTILE = '</script><script>alert("1")</script>"\'><img src=x onerror=alert(2)>'
ARABIC, CHINESE = "وقعت هواوي عقدا لمركز بيانات", "华为签署数据中心合同"


def project_id(number: int) -> str:
    """The id of a project."""
    return f"off-2026-{number:06d}"


def body(number: int, **project: str) -> ProjectBody:
    """A project in Kenya with a firm, a loan, a timeline and quotes in three languages; values of its own row."""
    own = project_id(number)
    urls = {each: f"https://{each}.example/{number}" for each in ("en", "ar", "zh")}
    row = {"id": own, "title": f"Data centre {number}", "countries": "KEN", "sector": "data-centre-cloud"}
    row |= {"status": "signed", "outlets": "3", "sources": "3", "first_reported": "2026-03-01"}
    row |= {"last_reported": f"2026-03-{1 + number % 28:02d}", **project}
    party = {"party_id": f"{own}-p1", "project_id": own, "kind": "firm", "name": "Huawei", "as_written": "华为"}
    flow = {"flow_id": f"{own}-f1", "project_id": own, "value": "172500000.5", "currency": "USD", "kind": "loan"}
    rows: dict[str, list[Cells]] = {
        "projects": [row],
        "parties": [party | {"role": "contractor", "entity_id": "huawei"}],
        "flows": [flow | {"as_written": "$172.5m"}],
        "events": [
            {"event_id": f"{own}-e1", "project_id": own, "day": "2026-02-01", "status": "signed", "kind": "status"}
            | {"url": urls["en"], "quote": "was signed", "event_date": "2026-02"}
        ],
        "sources": [
            {"project_id": own, "url": url, "title": f"News {each}", "outlet": each.upper(), "language": each}
            for each, url in urls.items()
        ],
        "evidence": [
            _evidence(own, 1, ("countries", "KEN", own), "in Kenya", urls["en"]),
            _evidence(own, 2, ("firms", "Huawei", f"{own}-p1"), ARABIC, urls["ar"]),
            _evidence(own, 3, ("amounts", "172500000.5 USD", f"{own}-f1"), CHINESE, urls["zh"]),
            _evidence(own, 4, ("amounts", "172500000.5 USD", f"{own}-f1"), "", urls["en"]),
        ],
    }
    return ProjectBody(own, rows)


def _evidence(own: str, number: int, proves: tuple[str, str, str], quote: str, url: str) -> Cells:
    field, value, row_id = proves
    row = {"evidence_id": f"{own}-q{number}", "project_id": own, "field": field, "value": value, "row_id": row_id}
    row |= {"url": url, "start": str(number * 10), "end": str(number * 10 + 8), "speaker": "host-official"}
    return row | ({"quote": quote} if quote else {})


def hostile(number: int) -> ProjectBody:
    """A project whose every text tries to leave its place, and whose addresses lead elsewhere."""
    made = body(number, title=HOSTILE, places=HOSTILE)
    rows = made.rows
    rows["parties"][0] |= {"name": HOSTILE, "entity_id": "../../" + HOSTILE}
    rows["events"][0] |= {"quote": HOSTILE, "url": "javascript:alert(3)"}
    rows["sources"][0] |= {"title": HOSTILE, "outlet": HOSTILE, "url": "javascript:alert(3)", "language": '"><i>'}
    rows["evidence"][0] |= {"quote": HOSTILE, "value": HOSTILE, "url": "javascript:alert(3)"}
    by_hand = {"hand_id": f"{made.project_id}-h1", "project_id": made.project_id, "field": "status", "value": HOSTILE}
    rows["by_hand"] = [by_hand | {"reason": HOSTILE, "source": " JavaScript:alert(4)", "set_by": HOSTILE}]
    return made


def retired(number: int, **ended: str) -> ProjectBody:
    """An id that was merged or withdrawn."""
    own = project_id(number)
    return ProjectBody(own, {"retired": [{"id": own, **ended}]}, ChangeKind.WITHDRAWN)


def everything() -> list[ProjectBody]:
    """A plain project, a hostile one, one of which hardly anything is known, a merged and a withdrawn one."""
    bare = {"id": project_id(3), "title": "Bare", "outlets": "0", "sources": "0"}
    return [
        *(body(1, countries="KEN; UGA"), hostile(2)),
        ProjectBody(project_id(3), {"projects": [bare]}),
        retired(4, redirects_to=project_id(1), source="https://a.example/merge"),
        retired(5, withdrawn=HOSTILE, source="file:///etc/passwd"),
    ]


def files_of(bodies: Iterable[ProjectBody], head: Head = HEAD) -> dict[str, bytes]:
    """The files of a site, by name within it."""
    streams: dict[str, Kept] = {}
    site = Site(lambda name: streams.setdefault(name.removeprefix("site/"), Kept()), head)
    for each in bodies:
        site.add(each)
    site.finish()
    assert all(each.closed for each in streams.values())
    return {name: each.content for name, each in streams.items()}


def write_site(folder: Path, bodies: Iterable[ProjectBody]) -> Path:
    """Write a site into a folder; return the folder."""
    for name, content in files_of(bodies).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def parsed(files: dict[str, bytes], name: str) -> html.HtmlElement:
    """A page as a browser reads it."""
    return html.document_fromstring(files[name].decode())


def texts(page: html.HtmlElement, xpath: str) -> list[str]:
    """The texts of some elements of a page, blanks joined."""
    return [" ".join(each.text_content().split()) for each in page.xpath(xpath)]
