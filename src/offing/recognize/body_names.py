"""The grammar of names of organisations: a head and what completes it, by language.

French, Spanish and Portuguese complete a head with adjectives and "de …" (Agence nationale de la sécurité), Russian
with words in the genitive and adjectives before it (Государственный таможенный комитет), Arabic with words that carry
the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from offing.recognize.spans import Span

_LINK = (
    r"(?:de la |de l['’]|de los |de las |del |de |du |des |da |do |das |dos |d['’]|à l['’]|à la |aux "
    r"|pour la |pour le |para la |para el |para a |para o |l['’])"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{0,30}"
_SMALL = r"[a-zà-ÿ][\w’'-]{2,30}"
# Small adjectives by their endings: nationale, supérieur, togolais, hospitalière, público.
_ADJECTIVE = (
    r"(?!(?:qui|que|pour|para|contra|contre|hier|sera|fera|aura|ainsi|mais|mas|pero|depuis|desde|dans|avec|com|con|sur|sobre)\b)"
    r"[a-zà-ÿ-]{2,24}(?:al|ale|als|ales|aux|nais|naise|nese|ais|aise|ois|oise|ien|ienne|iens|ain|aine|éen|éenne|que|ques|ico|ica|icos|icas"
    r"|ivo|iva|ivos|if|ive|ifs|aire|aires|ário|ária|ários|árias|ario|aria|eur|eure|eurs|ior|iores|ense|enses|ano|ana|anos|eño|eña"
    r"|és|esa|ês|ino|ina|inos|inas|lier|lière|ière|bial|tal|tais|ais|ais|uto|lica|lico|aise|elle|elles)(?![\w’'-])"
)
_FULL = re.compile(
    rf"(?: {_ADJECTIVE}){{0,3}} {_LINK}(?:{_CAPITAL}|{_SMALL})"
    rf"(?:,? (?:et |y |e )?{_LINK}{_CAPITAL}|,? (?:et|y|e) {_CAPITAL}"
    rf"|, {_CAPITAL}(?=[^.;:\n]{{0,60}} (?:et|y|e) )| {_CAPITAL}| {_ADJECTIVE}"
    rf"| (?:et |y |e ){_ADJECTIVE}| {_LINK}{_SMALL}(?= {_ADJECTIVE}| {_LINK}|[,.;:)»”\n]| (?:et|y|e) ))"
    r"{0,7}"
)
_CAPITALISED = re.compile(
    rf"(?: {_ADJECTIVE}){{0,2}}(?: {_LINK}?{_CAPITAL})(?: {_LINK}?{_CAPITAL}| (?:y|e|et) {_LINK}?{_CAPITAL}){{0,6}}"
)
_NAMED_HOSPITAL = re.compile(rf"(?: {_ADJECTIVE}| docente| general){{0,3}}(?: {_CAPITAL}){{1,4}}")
_ALONE = re.compile(rf"(?: {_ADJECTIVE}){{1,3}}(?![\w’'-])")
_ANY_CAPITAL = r"(?![a-zà-öø-ÿа-яё])[^\W\d_][\w’'-]{0,30}"  # of any script; one without capitals counts, too
_ANY_SMALL = r"(?=[^\W\d_])[^\WA-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]{2,24}"
_NOTHING = "(?!)"  # what `alternatives` gives where there are no words
_RU_ENDING = r"(?:а|(?<!а)я|и|ы|ов|ев|ей|ий|ого|его|ых|их|ой)"
_RU_VERB = re.compile(r"(?:[аеиоуыя]л[аио]?(?:сь|ся)?|[уюаи]т(?:ся)?|ются)$")
_RUSSIAN = re.compile(
    rf"(?:(?:,? и|,)? (?:по )?(?:[а-яё]{{2,30}}{_RU_ENDING}|[а-яё]{{3,30}}(?:ию|ам|ям)"
    rf"|[А-ЯЁ][\w-]{{1,30}})(?![\w-])){{1,7}}"
)
_RU_WORD = re.compile(r"[^\W\d_][\w-]*")
_RU_BEFORE = re.compile(
    r"(?:[А-ЯЁ][а-яё-]{2,30}(?:-[А-ЯЁ][а-яё]{2,30})?(?:ый|ий|ая|яя|ое|ее|ого|его|ой|ей|ому|ему|ым|им|ую|юю|ом) )?"
    r"(?:[а-яё-]{3,30}(?:ый|ий|ая|ое|ого|ой|ому|ым|им|ую|ом) ){0,2}$"
)
# The level of an authority is part of its name, in small letters too: городская администрация.
_RU_LEVEL = re.compile(
    r"(?:[Гг]ородск|[Сс]толичн|[Оо]бластн|[Кк]раев|[Рр]айонн|[Рр]еспубликанск|[Мм]униципальн|[Гг]осударственн|[Оо]кружн"
    r"|[Рр]егиональн|[Мм]естн|[Нн]ациональн|[Фф]едеральн|[Цц]ентральн|[Пп]равительственн)(?:[а-я]{2,4}) $"
)
_ARABIC_WORD = "[\u0621-\u064a\u064b-\u0652]{2,20}"
_AR_STOP = (
    "(?!(?:و|ف)?(?:يوم|أمس|اليوم|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الماضي|الماضية|الحالي|الحالية|المقبل|المقبلة|الصيني|الصينية|الجاري"
    "|المطورة|المنفذة|المشغلة|المالكة|المصنعة|الناشئة|الجديدة|المعنية|المذكورة|نفسها|المحلية|الأم|التي|الذي|الذين|في|من|على|عن|إلى|مع|بين|أن|إن|قد|كما|بعد|قبل|خلال|لدى|هذا|هذه|ذلك|حيث|بأن|وأن|بشأن|ضمن|تحت|نحو|حول|لكن|غير|سوى|عقد|عقدا|اتفاقية|مذكرة|مشروع|المشروع|مؤخرا|رسميا|بدورها|لتنفيذ|لبناء|لإنشاء|لإقامة|لتوريد|لتطوير|لتشغيل|بقيمة)(?![\u0621-\u064a]))"
)
_ARABIC = re.compile(
    rf"(?: {_AR_STOP}(?:(?:و|لل|ل)?ال{_ARABIC_WORD}|لل{_ARABIC_WORD}|ل{_ARABIC_WORD}(?= ال)"
    rf"|و?{_ARABIC_WORD}(?= ال)|عبد {_ARABIC_WORD}|{_ARABIC_WORD}(?= لل)"
    rf"|{_ARABIC_WORD}(?= {_ARABIC_WORD} ال[\u0621-\u064a]+ي?ة?(?:[ .،]|$)))){{1,6}}"
)
# The first adjective tells what it is: one in -iyya or -i (القومية, السعودي), or one of a few others.
_ARABIC_DEFINITE = re.compile(
    rf" {_AR_STOP}ال(?:{_ARABIC_WORD}(?:ية|ي|يّة)|عامة|عام|عليا|أعلى|كبرى|مركزي|شريف|مستقلة|خاصة"
    r"|موحدة|موحد|قابضة|قابض|منظمة|منظم|متحدة|وطنيين)(?![\u0621-\u064a])"
    rf"(?: {_AR_STOP}(?:و?ال{_ARABIC_WORD}|لل{_ARABIC_WORD}|ل{_ARABIC_WORD}(?: ال{_ARABIC_WORD})?)){{0,4}}"
    rf"| ال(?:مشرف|مكلف|مسؤول|معني|منفذ|مشرفة|مكلفة|مسؤولة|معنية|منفذة) (?:على|عن|ب)? ?(?:ال|ب)?{_ARABIC_WORD}"
)
# Heads that are no name by what follows in small letters: "une société de transport", "a empresa de ontem".
_GENERAL = frozenset(
    {"centre national", "centro nacional", "empresa", "companhia", "cooperativa", "compania", "instituto", "hospital"}
)
_WEAK = frozenset(
    {
        *("fonds", "fonds de", "banque", "societe de", "compagnie de", "ecole", "lycee", "hopital", "observatoire"),
        *("direction de", "direction des", "direction du", "delegation", "prefecture", "commissariat", "agence de"),
        *(
            "fondo",
            "comision de",
            "escuela",
            "colegio",
            "liceo",
            "laboratorio",
            "observatorio",
            "fundacion",
            "ejercito",
        ),
        *("instituto de", "empresa de", "departamento de", "camara de", "jefatura", "bomberos", "correos", "cabildo"),
        *("fundo", "fundo de", "escola", "liceu", "conselho", "comissao", "comissao de", "sociedade", "sociedade de"),
        *("direcao", "direccao", "direcao de", "direccao de", "delegacao", "associacao", "consorcio", "gabinete"),
        *("inspecao", "inspeccao", "correios", "laboratorio", "presidencia da", "banco de", "governo de", "governo do"),
        *("agence", "office", "caisse", "regie", "institut", "universite", "mairie", "municipalite", "fonds national"),
        *(
            "hospital",
            "empresa",
            "instituto",
            "agencia",
            "universidad",
            "policia",
            "cooperativa",
            "servicio de",
            "gobierno de",
            "direccion",
            "autoridad",
            "corporacion",
            "administracion",
        ),
        *(
            "companhia",
            "servico de",
            "administracao",
            "autoridade",
            "laboratorio de",
            "gabinete de",
            "universidade",
            "fundacao",
            "banco de",
            "porto de",
            "secretaria",
            "autorite",
            "gobierno del",
        ),
    }
)


def romance(text: str, head: Span, folded_head: str) -> Span | None:
    """The name that a head starts in French, Spanish or Portuguese; None where it is no name."""
    start, end = head
    if folded_head.endswith((" de", " del", " da", " do", " das", " dos")):
        end = start + text[start:end].rindex(" ")
    capital = text[start].isupper()
    if folded_head in _GENERAL and not capital:
        named = _NAMED_HOSPITAL.match(text, end) if folded_head == "hospital" else None
        return (start, named.end()) if named else None
    if folded_head in _WEAK or folded_head.removesuffix(" de") in _WEAK:
        found = _CAPITALISED.match(text, end) or (
            _FULL.match(text, end) if capital and not _opens(text, start) else None
        )
    else:
        found = _FULL.match(text, end) or _CAPITALISED.match(text, end)
        if found is None and capital and not _opens(text, start):
            found = _ALONE.match(text, end)
    return (start, found.end()) if found else None


def _opens(text: str, start: int) -> bool:
    """Whether a place starts a sentence, where a capital says nothing."""
    before = text[max(0, start - 2) : start].strip()
    return not before or before[-1] in '.!?:«»“"—–\n'


def russian(text: str, head: Span, folded_head: str) -> Span | None:
    """The name around a Russian head: adjectives before it, genitives behind it."""
    start, end = head
    before = _RU_BEFORE.search(text, max(0, start - 90), start)
    first = before.start() if before and text[before.start() : before.start() + 1].strip() else start
    level = _RU_LEVEL.search(text, max(0, start - 30), start)
    if first < start and not text[first].isupper():
        first = level.start() if level else start
    behind = _RUSSIAN.match(text, end)
    last = _until_verb(text, end, behind.end()) if behind else end
    if (
        folded_head.startswith(("банк", "центр", "фонд", "институт", "управлен", "служб", "академ", "больниц"))
        and first == start
        and not any(char.isupper() for char in text[end:last])
        and not text[start].isupper()
    ):
        return None
    return (first, last) if last > end or first < start else None


def _until_verb(text: str, start: int, end: int) -> int:
    """Where the genitives end: before the first word that looks like a verb or in which another phrase starts."""
    last = start
    for word in _RU_WORD.finditer(text, start, end):
        if _RU_VERB.search(word[0]) and not word[0][0].isupper():
            break
        if word[0] not in ("и", "по"):
            last = word.end()
    return last


def arabic(text: str, head: Span, folded_head: str) -> Span | None:  # noqa: ARG001 -- one signature for all grammars
    """The name that an indefinite Arabic head starts."""
    found = _ARABIC.match(text, head[1])
    return (head[0], found.end()) if found else None


def arabic_definite(text: str, head: Span) -> Span | None:
    """The name that a definite Arabic head starts."""
    found = _ARABIC_DEFINITE.match(text, head[1])
    return (head[0], found.end()) if found else None


GRAMMARS: dict[str, Callable[[str, Span, str], Span | None]] = {
    "fr": romance,
    "es": romance,
    "pt": romance,
    "ru": russian,
    "ar": arabic,
}


def linked(links: str) -> re.Pattern[str]:
    """What completes a head in a language that has no grammar here: small adjectives, then capitals with its links.

    Args:
        links: alternatives of the words that join a name (dei, della, dell'); where there are none nothing matches.
    """
    link = rf"(?:(?:{links})(?:(?<=['’])| ))"
    return re.compile(
        rf"(?: {_ANY_SMALL}){{0,2}}? {link}{_ANY_CAPITAL}(?: {link}?{_ANY_CAPITAL}){{0,5}}"
        if links != _NOTHING
        else _NOTHING
    )
