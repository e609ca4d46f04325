"""Whether a text is what a page says of cookies and consent: a banner is all that came, beside an error or nothing.

Told by who speaks and of what: its sentences are addressed to the visitor, or spoken by the site, and are of cookies,
devices, partners and purposes. A report on such banners speaks of others.
"""

from __future__ import annotations

import re

_LONGEST = 8000  # characters; what is longer is a page about cookies, or an article
_MOST = 0.6  # of the text, in sentences that ask for consent
_LEAST = 0.2  # of the text, in sentences that name cookies or consent itself

_SENTENCE = re.compile(r"[^.!?。！？؟]+[.!?。！？؟]*")
_COOKIES = re.compile(
    r"\bcookies?\b|\btrackers\b|\bconsent\b"
    r"|(?:store|access)\w* (?:and/or access |and access )?information on (?:a|your) device"
    r"|\btraceurs\b|\bconsentement\b|\bconsentimi?ento\b|\bкуки\b|файл\w* cookie|\bсогласи[еяю]\b"
    r"|ملفات (?:تعريف )?الارتباط|الكوكيز|موافقتك|cookie(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:preferences?|settings|choices|partners?|vendors|purposes|privacy|personal (?:data|information)"
    r"|browser|device|accept|reject|experience)\b"
    r"|\b(?:préférences|paramètres|choix|partenaires|finalités|confidentialité|données|navigateur|appareil|accepter"
    r"|refuser)\b"
    r"|\b(?:preferencias|configuración|socios|fines|privacidad|datos|navegador|dispositivo|aceptar|rechazar)\b"
    r"|\b(?:preferências|configurações|parceiros|finalidades|privacidade|dados|dispositivo|aceitar|recusar)\b"
    r"|\b(?:настройк|партн[её]р|конфиденциальн|персональн\w+ данн|браузер|устройств|принять|отклонить)"
    r"|تفضيلات|إعدادات|شركا|الخصوصية|البيانات|متصفح|جهاز|قبول|رفض"
    r"|偏好|设置|合作伙伴|隐私|个人(?:信息|数据)|浏览器|设备|接受|拒绝|体验",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:we|our|us|you|your)\b|\b(?:nous|nos|notre|vous|vos|votre)\b"
    r"|\b(?:nuestr[oa]s?|usted|sus?|tus?|usamos|utilizamos|puede[ns]?|acepta)\b"
    r"|\b(?:nós|noss[oa]s?|você|seus?|suas?|usamos|utilizamos|pode|aceita)\b"
    r"|\b(?:мы|наш\w*|нам|вы|вам|вас|ваш\w*)\b"
    r"|نستخدم|نحن|موقعنا|شركاؤنا|شركائنا|يمكنك|موافقتك|تفضيلاتك|متصفحك|جهازك|زيارتك|تجربتك|استخدامك"
    r"|我们|您|你",
    re.IGNORECASE,
)


def asks_for_consent(text: str) -> bool:
    """Whether most of a text asks its reader for consent to cookies, in one of seven languages."""
    if len(text) > _LONGEST or not _COOKIES.search(text):
        return False
    named = asking = 0
    for sentence in _SENTENCE.findall(text):
        if _ADDRESSED.search(sentence):
            is_named = bool(_COOKIES.search(sentence))
            named += len(sentence) if is_named else 0
            asking += len(sentence) if is_named or _AROUND.search(sentence) else 0
    return named >= _LEAST * len(text) and asking >= _MOST * len(text)
