"""All that recognition needs for one language, made from the rules when the language is first met."""

from __future__ import annotations

from functools import cached_property

from offing.recognize.appositions import AppositionReader
from offing.recognize.bodies import BodyReader
from offing.recognize.chinese_firms import ChineseFirmReader
from offing.recognize.currency_countries import CurrencyCountryReader
from offing.recognize.dates import DateReader
from offing.recognize.firms import FirmReader, suffixes
from offing.recognize.han_firms import HanAgentReader
from offing.recognize.institutions import InstitutionReader
from offing.recognize.kept import kept_matcher
from offing.recognize.local_units import LocalUnitReader
from offing.recognize.patterns import Hit, Matcher, find_in_turn
from offing.recognize.persons import PersonNames
from offing.recognize.placed_institutions import PlacedInstitutionReader
from offing.recognize.progress import ProgressReader
from offing.recognize.provinces import ProvinceReader
from offing.recognize.quoted_names import QuotedNameReader
from offing.recognize.shared import Shared
from offing.recognize.sites import SiteReader
from offing.recognize.sizes import SizeReader
from offing.recognize.streets import StreetReader
from offing.recognize.sums import SumReader
from offing.recognize.tables import Payload, forms
from offing.recognize.terms import TermReader
from offing.recognize.trade_names import TradeNameReader
from offing.recognize.unlisted import Reader, UnlistedFirms


class Toolbox:
    """The readers of one language."""

    def __init__(self, shared: Shared, language: str) -> None:
        self._shared, self._rules = shared, shared.rules
        self.gazetteer = shared.gazetteer
        self.language = language

    def hits(self, text: str) -> list[Hit[Payload]]:
        """The names and cues of the lexicon and wordings that stand in a folded text."""
        return find_in_turn(text, self._shared.actors, self._names)

    @cached_property
    def _names(self) -> Matcher[Payload]:
        return kept_matcher(self._rules.keep, f"names.{self.language}", lambda: forms(self._rules, self.language))

    @cached_property
    def firms(self) -> UnlistedFirms:
        """Adds firms that no list has."""
        words = self._rules.wording.pattern_words
        return UnlistedFirms(self._firm_readers(), suffixes(words, self.language), words)

    def _firm_readers(self) -> tuple[Reader, ...]:
        words = self._rules.wording.pattern_words
        chinese = (ChineseFirmReader(words), HanAgentReader(words)) if self.language == "zh" else ()
        kinds = (TradeNameReader, FirmReader, AppositionReader, InstitutionReader)
        quoted = (QuotedNameReader(words, self.language),) if self.language in ("ru", "ar") else ()
        return (*chinese, *quoted, *(kind(words, self.language) for kind in kinds))

    @cached_property
    def provinces(self) -> ProvinceReader:
        """Reads Chinese provinces."""
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
        """Tells names of places that are a part of another name."""
        return PersonNames(self._rules.wording.pattern_words)

    @cached_property
    def bodies(self) -> BodyReader:
        """Reads public bodies of the host side."""
        return BodyReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def progress(self) -> ProgressReader:
        """Reads counts of what is done."""
        return ProgressReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def streets(self) -> StreetReader:
        """Tells streets, squares and treaties."""
        return StreetReader(self._rules.wording.pattern_words)

    @cached_property
    def sites(self) -> SiteReader:
        """Reads towns and sites that no list has."""
        return SiteReader(self._rules.wording.pattern_words, self.language)

    @cached_property
    def sums(self) -> SumReader:
        """Reads sums of money."""
        return SumReader(self._rules.wording, self.language)

    @cached_property
    def currency_countries(self) -> CurrencyCountryReader:
        """Reads the countries that currencies tell."""
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
