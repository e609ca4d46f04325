"""The components of the spaCy pipelines for recognition.

Each reads and extends the document's `Draft`; spans count characters, never tokens.
"""

from __future__ import annotations

from collections.abc import Callable

from offing.recognize.dates.dates import find_dates
from offing.recognize.lexicon.disambiguation import drop_false_friends
from offing.recognize.lexicon.lexicon_names import find_names
from offing.recognize.lexicon.model_names import use_model_names
from offing.recognize.organisations.bodies import find_bodies
from offing.recognize.organisations.institutions import drop_employers
from offing.recognize.organisations.local_units import find_local_units
from offing.recognize.organisations.placed_institutions import find_placed_institutions
from offing.recognize.organisations.provinces import find_giving_provinces
from offing.recognize.pipeline.finalise import finalise
from offing.recognize.pipeline.language_readers import LanguageReaders
from offing.recognize.places.currency_countries import find_currency_countries
from offing.recognize.places.persons import drop_parts_of_names
from offing.recognize.places.sites import find_sites
from offing.recognize.places.streets import drop_streets
from offing.recognize.places.towns import find_towns
from offing.recognize.projects.known_mentions import find_known
from offing.recognize.quantities.cues import find_cues
from offing.recognize.quantities.loan_terms import find_terms
from offing.recognize.quantities.sizes import find_sizes
from offing.recognize.quantities.sums import find_sums
from offing.recognize.text.draft import Draft
from offing.recognize.text.spacy_alone import Doc, Language

DRAFT = "offing_draft"
READERS = "offing_readers"
KNOWN = "offing_known_names"
for _extension in (DRAFT, READERS, KNOWN):
    Doc.set_extension(_extension, default=None, force=True)


def _component(name: str, work: Callable[[Draft, LanguageReaders], None]) -> str:
    return _of_document(name, lambda doc: work(doc._.get(DRAFT), doc._.get(READERS)))


def _of_document(name: str, work: Callable[[Doc], None]) -> str:
    def component(doc: Doc) -> Doc:
        work(doc)
        return doc

    Language.component(name, func=component)
    return name


PIPELINE = (
    _component("offing_names", lambda draft, tools: find_names(draft, tools.judging)),
    _component("offing_persons", lambda draft, tools: drop_parts_of_names(draft, tools.persons)),
    _component("offing_namesakes", lambda draft, tools: tools.namesakes.settle(draft)),
    _component("offing_streets", lambda draft, tools: drop_streets(draft, tools.streets)),
    _component("offing_sums", lambda draft, tools: find_sums(draft, tools.sums)),
    _component(
        "offing_currency_countries", lambda draft, tools: find_currency_countries(draft, tools.currency_countries)
    ),
    _component("offing_dates", lambda draft, tools: find_dates(draft, tools.dates)),
    _component("offing_firms", lambda draft, tools: tools.firms.find(draft)),
    _component("offing_false_friends", lambda draft, tools: drop_false_friends(draft, tools.endings)),
    _component("offing_employers", lambda draft, tools: drop_employers(draft, tools.institutions)),
    _component("offing_introduced", lambda draft, tools: tools.judging.introductions.find(draft)),
    _component("offing_towns", lambda draft, tools: find_towns(draft, tools.gazetteer, tools.town_names, tools.sites)),
    _component("offing_bodies", lambda draft, tools: find_bodies(draft, tools.bodies)),
    _component("offing_placed", lambda draft, tools: find_placed_institutions(draft, tools.placed)),
    _component("offing_local_units", lambda draft, tools: find_local_units(draft, tools.local_units)),
    _component("offing_sites", lambda draft, tools: find_sites(draft, tools.sites)),
    _component("offing_model_names", lambda draft, _: use_model_names(draft)),
    _component("offing_cues", lambda draft, tools: find_cues(draft, tools.progress)),
    _component("offing_provinces", lambda draft, tools: find_giving_provinces(draft, tools.provinces)),
    _component("offing_sizes", lambda draft, tools: find_sizes(draft, tools.sizes)),
    _component("offing_terms", lambda draft, tools: find_terms(draft, tools.terms)),
    _of_document("offing_known", lambda doc: find_known(doc._.get(DRAFT), doc._.get(KNOWN))),
    _component("offing_settle", lambda draft, _: finalise(draft)),
)
