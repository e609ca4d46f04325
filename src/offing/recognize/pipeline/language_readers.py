"""The readers for one language, built from the rules when the language is first needed."""

from __future__ import annotations

from functools import cached_property

from offing.recognize.dates.dates import DateReader
from offing.recognize.lexicon.country_namesakes import CountryNamesakes
from offing.recognize.lexicon.disambiguation import Disambiguation
from offing.recognize.organisations.appositions import AppositionReader
from offing.recognize.organisations.bodies import BodyReader
from offing.recognize.organisations.chinese_firms import ChineseFirmReader
from offing.recognize.organisations.firms import FirmReader, suffixes
from offing.recognize.organisations.han_firms import HanAgentReader
from offing.recognize.organisations.institutions import InstitutionReader
from offing.recognize.organisations.local_units import LocalUnitReader
from offing.recognize.organisations.placed_institutions import PlacedInstitutionReader
from offing.recognize.organisations.provinces import ProvinceReader
from offing.recognize.organisations.quoted_names import QuotedNameReader
from offing.recognize.organisations.trade_names import TradeNameReader
from offing.recognize.organisations.unlisted import UnlistedFirms
from offing.recognize.places.currency_countries import CurrencyCountryReader
from offing.recognize.places.persons import PersonNames
from offing.recognize.places.shared_matchers import SharedMatchers
from offing.recognize.places.sites import SiteReader
from offing.recognize.places.streets import StreetReader
from offing.recognize.places.town_names import TownNames
from offing.recognize.quantities.loan_terms import TermReader
from offing.recognize.quantities.progress import ProgressReader
from offing.recognize.quantities.sizes import SizeReader
from offing.recognize.quantities.sums import SumReader
from offing.recognize.text.cached_matcher import cached_matcher
from offing.recognize.text.name_endings import endings_of
from offing.recognize.text.patterns import Hit, Matcher, find_in_turn
from offing.recognize.text.tables import Payload, forms


class LanguageReaders:
    """The readers of one language."""

    def __init__(self, shared: SharedMatchers, language: str) -> None:
        self._shared, self._rules = shared, shared.rules
        self.gazetteer = shared.gazetteer
        self.language = language
        self.endings = endings_of(shared.rules.lexicon.endings)

    def hits(self, text: str) -> list[Hit[Payload]]:
        """The lexicon names and cue wordings in a folded text."""
        return find_in_turn(text, self._shared.actors, self._names)

    @cached_property
    def _names(self) -> Matcher[Payload]:
        return cached_matcher(self._rules.keep, f"names.{self.language}", lambda: forms(self._rules, self.language))

    @cached_property
    def judging(self) -> Disambiguation:
        """Decides which lexicon names denote their entity."""
        return Disambiguation(self._rules)

    @cached_property
    def namesakes(self) -> CountryNamesakes:
        """Resolves countries that share a name."""
        return CountryNamesakes(self._rules.wording.pattern_words)

    @cached_property
    def firms(self) -> UnlistedFirms:
        """Adds unlisted firms."""
        words = self._rules.wording.pattern_words
        chinese = (ChineseFirmReader(words), HanAgentReader(words)) if self.language == "zh" else ()
        kinds = (TradeNameReader, FirmReader, AppositionReader, InstitutionReader)
        quoted = (QuotedNameReader(words, self.language),) if self.language in ("ru", "ar") else ()
        readers = (*chinese, *quoted, *(kind(words, self.language) for kind in kinds))
        return UnlistedFirms(readers, suffixes(words, self.language), words)

    @cached_property
    def provinces(self) -> ProvinceReader:
        """Reads Chinese provinces as givers."""
        return ProvinceReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def institutions(self) -> InstitutionReader:
        """Reads Chinese institutions."""
        return InstitutionReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def placed(self) -> PlacedInstitutionReader:
        """Reads institutions that a text places in China."""
        return PlacedInstitutionReader(self._rules.wording.pattern_words, self.language, self.institutions)

    @cached_property
    def local_units(self) -> LocalUnitReader:
        """Reads local subsidiaries of Chinese firms."""
        return LocalUnitReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def persons(self) -> PersonNames:
        """Recognises place names that are part of another name."""
        return PersonNames(self._rules.wording.pattern_words)

    @cached_property
    def bodies(self) -> BodyReader:
        """Reads host-side bodies."""
        return BodyReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def progress(self) -> ProgressReader:
        """Reads counts of finished works."""
        return ProgressReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def streets(self) -> StreetReader:
        """Recognises streets, squares and treaties."""
        return StreetReader(self._rules.wording.pattern_words)

    @cached_property
    def sites(self) -> SiteReader:
        """Reads unlisted towns and sites."""
        return SiteReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def town_names(self) -> TownNames:
        """Reads candidate names of smaller towns."""
        return TownNames(self._rules.wording.pattern_words)

    @cached_property
    def sums(self) -> SumReader:
        """Reads sums of money."""
        return SumReader(self._rules.wording, self.language)

    @cached_property
    def currency_countries(self) -> CurrencyCountryReader:
        """Reads the countries that currencies imply."""
        return CurrencyCountryReader(self._rules.wording, self.language)

    @cached_property
    def sizes(self) -> SizeReader:
        """Reads quantities."""
        return SizeReader(self._rules.wording, self.language)

    @cached_property
    def terms(self) -> TermReader:
        """Reads the terms of loans."""
        return TermReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def dates(self) -> DateReader:
        """Reads dates."""
        return DateReader(self._rules.wording.pattern_words, self.language)
