"""The components of recognition's spaCy pipelines.

Each reads and extends the `Draft` that the document carries; spans count characters, never tokens.
"""

from __future__ import annotations

from collections.abc import Callable

from offing.recognize.bodies import find_bodies
from offing.recognize.cues import find_cues
from offing.recognize.currency_countries import find_currency_countries
from offing.recognize.dates import find_dates
from offing.recognize.draft import Draft
from offing.recognize.institutions import drop_employers
from offing.recognize.introduced import find_introduced
from offing.recognize.judging import drop_false_friends
from offing.recognize.known import find_known
from offing.recognize.local_units import find_local_units
from offing.recognize.model_names import use_model_names
from offing.recognize.names import find_names
from offing.recognize.namesakes import settle_namesakes
from offing.recognize.persons import drop_parts_of_names
from offing.recognize.placed_institutions import find_placed_institutions
from offing.recognize.provinces import find_giving_provinces
from offing.recognize.settle import settle
from offing.recognize.sites import find_sites
from offing.recognize.sizes import find_sizes
from offing.recognize.spacy_alone import Doc, Language
from offing.recognize.streets import drop_streets
from offing.recognize.sums import find_sums
from offing.recognize.terms import find_terms
from offing.recognize.toolbox import Toolbox
from offing.recognize.towns import find_towns

DRAFT, TOOLBOX = "offing_draft", "offing_toolbox"
Doc.set_extension(DRAFT, default=None, force=True)
Doc.set_extension(TOOLBOX, default=None, force=True)


def _component(name: str, work: Callable[[Draft, Toolbox], None]) -> str:
    def component(doc: Doc) -> Doc:
        work(doc._.get(DRAFT), doc._.get(TOOLBOX))
        return doc

    Language.component(name, func=component)
    return name


def _sums(draft: Draft, tools: Toolbox) -> None:
    draft.numbers = tools.sums.numbers(draft.folded)
    find_sums(draft, tools.sums)


PIPELINE = (
    _component("offing_names", lambda draft, _: find_names(draft)),
    _component("offing_persons", lambda draft, tools: drop_parts_of_names(draft, tools.persons)),
    _component("offing_namesakes", lambda draft, _: settle_namesakes(draft)),
    _component("offing_streets", lambda draft, tools: drop_streets(draft, tools.streets)),
    _component("offing_sums", _sums),
    _component(
        "offing_currency_countries", lambda draft, tools: find_currency_countries(draft, tools.currency_countries)
    ),
    _component("offing_dates", lambda draft, tools: find_dates(draft, tools.dates)),
    _component("offing_firms", lambda draft, tools: tools.firms.find(draft)),
    _component("offing_false_friends", lambda draft, _: drop_false_friends(draft)),
    _component("offing_employers", lambda draft, tools: drop_employers(draft, tools.institutions)),
    _component("offing_introduced", lambda draft, _: find_introduced(draft)),
    _component("offing_towns", lambda draft, tools: find_towns(draft, tools.gazetteer, tools.sites)),
    _component("offing_bodies", lambda draft, tools: find_bodies(draft, tools.bodies)),
    _component("offing_placed", lambda draft, tools: find_placed_institutions(draft, tools.placed)),
    _component("offing_local_units", lambda draft, tools: find_local_units(draft, tools.local_units)),
    _component("offing_sites", lambda draft, tools: find_sites(draft, tools.sites)),
    _component("offing_model_names", lambda draft, _: use_model_names(draft)),
    _component("offing_cues", lambda draft, tools: find_cues(draft, tools.progress)),
    _component("offing_provinces", lambda draft, tools: find_giving_provinces(draft, tools.provinces)),
    _component("offing_sizes", lambda draft, tools: find_sizes(draft, tools.sizes)),
    _component("offing_terms", lambda draft, tools: find_terms(draft, tools.terms)),
    _component("offing_known", lambda draft, _: find_known(draft)),
    _component("offing_settle", lambda draft, _: settle(draft)),
)
