"""Progress that is counted: "18 of the 45 boreholes are sunk", "41 caméras posées sur 310", "построены 31 из 48"."""

from __future__ import annotations

import re
from collections.abc import Iterator

BY = "counted"
WEIGHT = 0.7  # a count says less than a wording such as "works are under way"
_NUMBER = r"(\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})"
_WORDS = r"(?: [^\W\d_]{1,20}){0,3}"
_END = r"(?![\d%]|[.,]\d| ?%| ?per ?cent)"
_START = r"(?<![\d.,$€£-])"
# How each language says "of the": what stands between the part and the whole.
_OF = {
    "en": "(?:of|out of)(?: (?:the|a|an|its|their|planned|promised|total|order|of|some)){0,4}",
    "fr": "(?:sur|des|parmi)(?: (?:les|un|total|de|prevus?|prevues|quelque)){0,3}",
    "es": "de (?:los|las|un total de|sus)(?: (?:previstos|previstas))?",
    "pt": "(?:dos|das|de um total de|em)(?: (?:previstos|previstas))?",
    "ru": "из(?: (?:запланированных|общего|предусмотренных|обещанных)){0,2}",
    "ar": "من (?:اصل|بين|مجموع)",
}
_FORMS = {language: rf"{_START}{_NUMBER}{_WORDS} {of} {_NUMBER}{_END}" for language, of in _OF.items()}
# What is counted is a thing: no money, no time, no country, nobody.
_MEASURE = "(?:[座台支根口所处辆套条家栋间户眼村]|个(?!多?(?:月|国|人|小时|星期|年|百分点)))"
_NO_THING = "(?!个?(?:多?月|国|人|小时|星期|百分点)|名|人|位|年|天|日|周)"
_FORMS["zh"] = (
    rf"(?:共|总共|一共|计划|要装|全部)?{_NUMBER}{_MEASURE}[^。\n]{{0,20}}?(?:已|现在?|目前)[^。\n]{{0,8}}?{_NUMBER}{_END}{_NO_THING}"
)
_PATTERNS = {language: re.compile(form) for language, form in _FORMS.items()}
# The words, some only by how they begin, that say of things that they are done; folded. A clause must have one.
_DONE = {
    "en": r"\b(?:built|rebuilt|constructed|install(?:ed|ing)|finished|completed?|erected|sunk|drilled|dug|delivered"
    r"|laid|connected|commissioned|fitted|handed over|opened|ready|operational|operating|deployed|equipped|set up"
    r"|put up|done|in place|in use|in service|electrified|paved|rehabilitated|renovated|restored|supplied|mounted)\b",
    "fr": r"\b(?:construi|installe|acheve|termine|posee?s?\b|livree?s?\b|foree?s?\b|raccorde|en service|operationnel"
    r"|fonctionne|realise|erige|deploye|ouvert|inaugure|electrifie|rehabilite|renove|batie?s?\b)",
    "es": r"\b(?:construid|instalad|terminad|conclu[iy]|acabad|entregad|finalizad|list[oa]s\b|funciona|operativ|operan"
    r"|perforad|conectad|colocad|equipad|inaugurad|completad|ejecutad|habilitad|levantad|en servicio|en marcha"
    r"|rehabilitad|electrificad|tendid|abiert)",
    "pt": r"\b(?:construid|instalad|conclui|acabad|entregue|terminad|pront[oa]s?\b|funciona|operacion|operam|perfurad"
    r"|furad|abert|ligad|colocad|equipad|inaugurad|montad|erguid|em servico|reabilitad|elec?trificad|conectad"
    r"|finalizad|executad)",
    "ru": r"\b(?:построен|установлен|заверш|готов|сдан|введен|смонтирован|пробурен|подключ|поставлен|работа[ею]т"
    r"|достроен|возведен|закончен|оснащ|запущен|деиству|открыт|отремонтирован|проложен|уложен|выполнен)",
    "ar": "بناء|بني|شيد|تركيب|ركب|انجاز|انجز|اكتم|اكمل|تسليم|سلمت|حفر|تشغيل|تعمل|نصب|جاهز|ربط|افتت|انته|تنفيذ|نفذ",
    "zh": "建成|建好|修好|修建|修通|完成|安装|要装|装好|装了|装上|竣工|交付|投用|投入使用|投产|立起|架设|架起|铺设"
    "|铺好|打成|打好|完工|落成|开通|启用|封顶|就位|通车|验收|到货|到位|运行|点亮|接通",
}
# What is no work: times, people, countries, in the six languages that write blanks; folded.
_NO_WORK = re.compile(
    r"\b(?:hours?|days?|weeks?|months?|years?|people|persons?|countries|heures?|jours?|semaines?|mois|ans?|annees?"
    r"|personnes?|pays|horas?|dias?|semanas?|mes|meses|anos?|personas?|pessoas?|paises|час\w*|дн\w+|недел\w+|месяц\w*|лет|год\w*"
    r"|человек\w*|стран\w*|يوم\w*|ايام|اسابيع|شهر\w*|اشهر|سن[هو]\w*|شخص\w*|اشخاص|دول\w*)\b"
)
_DONE_WORDS = {language: re.compile(form) for language, form in _DONE.items()}
_BORDER = re.compile(r"[;:!?()\n。،؛]|[.,](?!\d)")
_CLAUSE_REACH = 80  # characters of a clause on either side of a count
_FEWEST, _FIRST_YEAR, _LAST_YEAR = 2, 1950, 2100


def counted(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The spans of a folded text in which a part of a number of things is counted as done.

    "3 of 12 schools are private" says nothing of works; the clause must have a word for what is finished.
    """
    pattern = _PATTERNS.get(language)
    for match in pattern.finditer(text) if pattern else ():
        done, whole = (int(re.sub(r"\D", "", number)) for number in match.groups())
        if language == "zh":
            done, whole = whole, done  # the whole comes first
        is_part = _FEWEST <= done < whole and not _FIRST_YEAR <= whole <= _LAST_YEAR
        if is_part and _tells_of_works(text, match.span(), language):
            yield match.span()


def _tells_of_works(text: str, span: tuple[int, int], language: str) -> bool:
    """Whether what is counted may be works, and a word of the clause says that they are done."""
    if _NO_WORK.search(text, *span) or _NO_WORK.match(text, span[1] + 1):
        return False
    return _DONE_WORDS[language].search(text, *_clause(text, *span)) is not None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a span, as far as it is near."""
    first, last = max(0, start - _CLAUSE_REACH), min(len(text), end + _CLAUSE_REACH)
    first = max((border.end() for border in _BORDER.finditer(text, first, start)), default=first)
    border = _BORDER.search(text, end, last)
    return first, border.start() if border else last
