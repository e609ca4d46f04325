"""Tense: whether what a wording tells has happened, is still to come, or only should have happened.

Read from the words before a wording in its clause and, in languages that build the future into the verb, from the
wording itself: Spanish and Portuguese -rá, French -ra, Arabic س before the verb. Only words in small letters are
such verbs: Ceará and Teherán are places.
"""

from __future__ import annotations

import re

_REACH = 40  # characters before a wording
CLAUSE_BORDER = re.compile(r"[,;:،؛，；：。!?()«»“”\"]| [-–—] ")
_SMALL = "[a-zß-öø-ÿœ]"
# The endings of verbs to come. Portuguese nouns in -arão (tubarão, camarão) and -eirão (ribeirão) end so as well.
_VERBS = {
    "fr": rf"(?-i:{_SMALL}{{2,}}(?:era|eront|ira|iront|dra|dront))",
    "es": rf"(?-i:{_SMALL}{{2,}}[aeid]rán?)",
    "pt": rf"(?-i:(?!(?:tub|cam|cas|cl)arão){_SMALL}{{2,}}(?:[aei]rá|(?:[ae]|(?<!e)i)rão))",
}
_FUTURE = {
    "en": re.compile(
        r"\b(?:will|shall|would|is to|are to|due to|going to|set to|expected to|scheduled to|slated to|poised to"
        r"|about to|once|until|before|when)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        rf"\b(?:sera|seront|aura|auront|{_VERBS['fr']}|va|vont|doit|doivent"
        r"|devrait|devraient|sur le point|avant"
        r"|avant d|lorsque|jusqu|d'ici|une fois)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        rf"\b(?:{_VERBS['es']}|va a|van a|deberá|debe|deben|por|antes de|cuando|hasta|una vez|podría|podrían)\b",
        re.IGNORECASE,
    ),
    "pt": re.compile(
        rf"\b(?:{_VERBS['pt']}|vai|vão|deve|devem|por|antes d[aeo]|quando|até|uma vez|poderia|poderiam)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile("将|拟|预计|计划|有望|即将|届时|待|争取|力争|一旦|尚待|才能|准备|打算"),
    "ru": re.compile(
        r"\b(?:будет|будут|буду|должен|должна|должны|должно|планиру\w+|намерен\w*|предстоит|ожида\w+|обеща\w+|готов\w*"
        r"|когда|после того как|до|перед)\b",
        re.IGNORECASE,
    ),
    "ar": re.compile(
        r"(?<!\w)(?:سوف|و?س[يتن](?!ار|اد|اس|ين|طر|دة|ول|رة|ون|نم|ة)\w{2,}"
        r"|من المقرر|من المتوقع|المقرر|المتوقع|المنتظر|حين|قبل|بعد أن|عندما|على أن)(?!\w)"
    ),
}
_OWN_FUTURE = {
    **{language: re.compile(rf"^{verb}\b") for language, verb in _VERBS.items()},
    "ar": re.compile(r"^س[يتن]\w{2,}"),
}
_UNREAL = {
    "en": r"\b(?:was|were|had been) (?:to|to have|due to|supposed to|meant to)\b|\b(?:should|could|would|might) have\b",
    "fr": r"\b(?:devait|devaient|aurait|auraient|aurait dû|était censé\w*|étaient censé\w*)\b",
    "es": r"\b(?:debía|debían|debió|habría|habrían|tenía que|tenían que|hubiera|iba a|iban a)\b",
    "pt": r"\b(?:devia|deviam|deveria|deveriam|teria|teriam|era para|ia ser|iam ser|tinha de)\b",
    "zh": "本应|原定|原计划|本该|原本|本来|理应|原拟",
    "ru": r"\b(?:долж(?:ен|на|но|ны) был\w*|предполагалось|планировалось|собирал\w+|так и не)\b",
    "ar": r"كان(?:ت)? (?:من )?(?:المقرر|المفترض|المتوقع|يفترض|ينبغي|يُفترض)|(?<!\w)لولا(?!\w)",
}
_UNREAL_WORDS = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _UNREAL.items()}
_SHARE = re.compile(
    r"(?<!\d)(\d{1,3})(?:[.,]\d+)? ?(?:%|٪|per ?cent\b|pour cent\b|por ciento\b|por cento\b|процент\w*"
    r"|في المئة|في المائة|بالمئة|بالمائة)|百分之[一二三四五六七八九十]+"
)
_SHARE_REACH = 25
_ALL = 100


def clause_before(text: str, start: int, first: int) -> str:
    """The words of the clause that stand before a place, up to some forty characters.

    Args:
        text: the article's text.
        start: where the wording starts.
        first: where its sentence starts.
    """
    before = text[max(first, start - _REACH) : start]
    borders = [mark.end() for mark in CLAUSE_BORDER.finditer(before)]
    return before[borders[-1] :] if borders else before


def is_future(before: str, own: str, language: str) -> bool:
    """Whether something is still to come, by the words before it, or by its own form."""
    ahead, itself = _FUTURE.get(language), _OWN_FUTURE.get(language)
    return bool((ahead and ahead.search(before)) or (itself and itself.search(own)))


def is_unreal(before: str, own: str, language: str) -> bool:
    """Whether something only should have happened: "was to have been built"."""
    words = _UNREAL_WORDS.get(language)
    return bool(words and (words.search(before) or words.match(own)))


def is_partly(text: str, start: int, end: int) -> bool:
    """Whether a share below the whole stands beside: "achevés à 40 %"."""
    beside = text[max(0, start - _SHARE_REACH) : end + _SHARE_REACH]
    return any(not match[1] or int(match[1]) < _ALL for match in _SHARE.finditer(beside))
