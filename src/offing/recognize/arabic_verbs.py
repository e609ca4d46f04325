"""Arabic verbs and participles, before which a name ends: مستشفى النجمة | يعيد البرنامج, شركة … للموانئ | مشغلة.

Script tells no name from a verb: imperfect verbs are told by their first letter with an object, an article or a suffix
behind it, the others are listed.
"""

from __future__ import annotations

import re

_LETTER = "[\u0621-\u064a]"
_SUFFIX = "(?:ها|هم|هما|ه|نا)"
# Places and names start with these letters too: only an article behind tells a verb from them.
_NO_PLACE = "(?!ي(?:ون?نان|ان[غتج]|نت|يتش|ول|يو))"
_IMPERFECT = rf"(?:{_NO_PLACE}س?ي{_LETTER}{{2,6}}(?= ال)|س[يت]{_LETTER}{{2,6}})"
_LISTED = (
    "تعيد|تنفذ|توقع|تقدم|ترسل|تبني|تدرب|تفتح|تطلق|تعلن|تتولى|تدير|تشغل|تشيد|توفر|تستقبل|تتسلم|تجري|تعتزم|تشارك|تستضيف|تساعد|تؤهل|تعمل|"
    "وقع|وقعت|أرسل|أرسلت|أعلن|أعلنت|قدم|قدمت|افتتح|افتتحت|درب|دربت|سلم|سلمت|أعد|أعدت|نفذ|نفذت|فحص|فحصت"
)
_RELATIVE = "الذي|التي|اللذان|الذين"
_VERB = re.compile(rf" (?:{_RELATIVE}|{_IMPERFECT}|(?:{_LISTED}){_SUFFIX}?)(?!{_LETTER})")
# "It builds it": a verb with what it does behind it.
_WITH_OBJECT = re.compile(rf"[تين]{_LETTER}{{2,6}}(?:ها|هم|هما)")
PARTICIPLE = "(?:ال)?(?:مشغل|منفذ|مورد|مطور|متخصص|مالك|مسؤول|ممول|فائز|معروف|تابع|مصنع|مقاول)[ةه]?"


def before_verb(text: str, start: int, end: int) -> int:
    """Where a name ends that has run into an Arabic verb or relative clause; its end where it has not."""
    verb = _VERB.search(text, start, end)
    return verb.start() if verb else end


def is_verb(word: str) -> bool:
    """Whether a single word is an Arabic verb with its object: تنفذها, "carries it out"."""
    return _WITH_OBJECT.fullmatch(word) is not None
