"""Words from which recognition builds its patterns, and the role of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PatternRole(StrEnum):
    """The role of a word in the patterns of recognition.

    month            `value` is its number
    relative-day     gives a date as a distance from the article's; `value` such as week-1, or weekday0 for Monday
    day-ahead        before a weekday: the next one is meant, not the last
    qualifier        before a sum; `value` is about, nearly, more than, at least or up to
    pause            may follow a sum whose currency was named just before ("13 million of which …")
    firm-suffix      ends the name of a firm (Corporation, 集团)
    firm-noun        a general word for a firm (company, empresa)
    firm-trade       names a trade inside the name of a firm (Medical, Cable, Énergie)
    institution      a university, hospital, academy or institute
    placed-institution  a centre or station, Chinese if a text places it in China
    affiliation      a person's calling before the institution where they work ("professor at …")
    subsidiary       a firm that belongs to another (subsidiary, filiale)
    local-unit       a region in the name of a local subsidiary (Caribbean); in Chinese what precedes its country
    chinese-region   a province or city of China as firms are named after it
    authority-before makes a Chinese province or city after it a body that may be a donor (province of, 省)
    authority-behind the same, after its name (provincial government, 省教育厅)
    body-head        starts the name of a public body (Ministry of, وزارة)
    body-tail        ends it (Authority, 部)
    body-definite-head  starts it if an adjective with the article follows (الهيئة)
    body-alone       denotes an organisation by itself (Tesouro, Кабмин)
    body-introducer  describes an organisation right before its name (operator, estatal)
    body-link        joins the words of a body's name in a language without its own grammar (dei, della)
    body-onlooker    marks a body that observes or judges: a parliament, a court, a union
    not-body         occurs in names that are not a body of a host country (News Agency, United Nations)
    place-locative   comes right before the name of a place (in, près de, в)
    place-noun       a word for a kind of site before its name (port of, ville de, ولاية)
    site             a building or works whose name follows with "de" or "of" (subestación de)
    place-noun-behind  the same, after it (Airport, области, 省)
    not-place        occurs where a place name would, but is none
    street-before    a regular expression of a street, square or treaty before its name
    street-link      the same, between the two (de la)
    street-behind    the same, after the name
    progress         a regular expression for counts of completed work; `value` is which part it is
    given-name       a name of a country or place that is also a person's given name
    measure          may stand between a number and the thing counted (个, de)
    counter          a Chinese measure word that says what is counted if no noun does; `value` is the unit
    rate             marks a quantity per period; `value` is year, month, day, hour or second
    half             adds a half to a number, or to the word that scales it (and a half, y medio)
    share            after a number that counts part of those mentioned before (of them, are in use)
    term             a term of a loan; `value` says which (interest, years, grace …)
    of-which         before a number that is a part of the previous one, or equal to it (of which, that is)
    priced           right before a price whose currency was named earlier (worth, total:)
    teller           between a noun and the number of it that follows (numbering, 共)
    unit-kind        a unit that says less about a project's size than others; `value` is why (served, inside)
    unit-sign        a unit of measure whose number may look like a year (km)
    unit-measure     another unit of measure (feet)
    unit-vague       a unit for which no word such as "devices" stands
    no-unit          after a number: what it counts does not follow (years, which)
    building         what has storeys, beside a word that counts storeys and more (edificio de 12 plantas)
    number-link      between two numbers that may count the same items (and, y, и)
    number-place     between a number and the place where it counts the same as the one before (in, à, в)
    planned          after the total: who planned it (that, promised)
    part             between a number and the larger one that it is a part of (18 of the 45)
    project-noun     a kind of works, system or site, in a project's own name (Airport, Backbone, réseau)
    works-kind       a kind of works or systems; `value` is its key, the same in all languages
    works-reach      the key of a kind that exists once per country or town; `value` says per which
    ordinal          says which of several is meant (fourth, cuarto, 第四); `value` is the number
    name-introducer  comes right before the name that a text gives to its project (called, baptisé)
    project-link     a small word inside a name (of, de)
    project-article  an article before a name, or before the kind of works that explains it
    project-ending   ends a run of capitalised words and says what is done (construction, phase)
    behind-introducer  may come between an introducer and the name (as, como)
    not-name         is written like a name but is not a project's own (Belt and Road, EPC)
    name-grammar     a regular expression within the code's name patterns; `value` is which part of them
    name-context     the same, for the context of names; `value` is which part it is
    spelled          how the press of a language spells an English word of firms' names, or a letter; `value` is that
    unspelled        a word that the press leaves out when it spells a firm's name
    unspelled-end    the same, at the end of a longer name
    rated            a unit that can be per period: passengers a day
    value-grammar    a regular expression within the patterns of numbers, sizes and dates; `value` is which part of them
    away             marks a length as a distance to somewhere; `value` is behind or before
    """

    MONTH = "month"
    RELATIVE_DAY = "relative-day"
    DAY_AHEAD = "day-ahead"
    QUALIFIER = "qualifier"
    PAUSE = "pause"
    FIRM_SUFFIX = "firm-suffix"
    FIRM_NOUN = "firm-noun"
    FIRM_TRADE = "firm-trade"
    INSTITUTION = "institution"
    PLACED_INSTITUTION = "placed-institution"
    AFFILIATION = "affiliation"
    SUBSIDIARY = "subsidiary"
    LOCAL_UNIT = "local-unit"
    CHINESE_REGION = "chinese-region"
    AUTHORITY_BEFORE = "authority-before"
    AUTHORITY_BEHIND = "authority-behind"
    BODY_HEAD = "body-head"
    BODY_TAIL = "body-tail"
    BODY_DEFINITE_HEAD = "body-definite-head"
    BODY_ALONE = "body-alone"
    BODY_INTRODUCER = "body-introducer"
    BODY_LINK = "body-link"
    BODY_ONLOOKER = "body-onlooker"
    NOT_BODY = "not-body"
    PLACE_LOCATIVE = "place-locative"
    PLACE_NOUN = "place-noun"
    SITE = "site"
    PLACE_NOUN_BEHIND = "place-noun-behind"
    NOT_PLACE = "not-place"
    STREET_BEFORE = "street-before"
    STREET_LINK = "street-link"
    STREET_BEHIND = "street-behind"
    PROGRESS = "progress"
    GIVEN_NAME = "given-name"
    MEASURE = "measure"
    COUNTER = "counter"
    RATE = "rate"
    HALF = "half"
    SHARE = "share"
    BUILDING = "building"
    NUMBER_LINK = "number-link"
    NUMBER_PLACE = "number-place"
    PLANNED = "planned"
    PART = "part"
    TELLER = "teller"
    TERM = "term"
    OF_WHICH = "of-which"
    PRICED = "priced"
    UNIT_KIND = "unit-kind"
    UNIT_SIGN = "unit-sign"
    UNIT_MEASURE = "unit-measure"
    UNIT_VAGUE = "unit-vague"
    NO_UNIT = "no-unit"
    RATED = "rated"
    VALUE_GRAMMAR = "value-grammar"
    AWAY = "away"
    PROJECT_NOUN = "project-noun"
    WORKS_KIND = "works-kind"
    WORKS_REACH = "works-reach"
    ORDINAL = "ordinal"
    NAME_INTRODUCER = "name-introducer"
    NOT_NAME = "not-name"
    PROJECT_LINK = "project-link"
    PROJECT_ARTICLE = "project-article"
    PROJECT_ENDING = "project-ending"
    BEHIND_INTRODUCER = "behind-introducer"
    NAME_GRAMMAR = "name-grammar"
    NAME_CONTEXT = "name-context"
    SPELLED = "spelled"
    UNSPELLED = "unspelled"
    UNSPELLED_END = "unspelled-end"


@dataclass(frozen=True, slots=True)
class PatternWord:
    """A word from which recognition builds its patterns, in one language or `*`."""

    role: PatternRole
    text: str
    language: str = "*"
    value: str = ""
