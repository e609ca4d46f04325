"""How pages say that there is more: calls to go on reading, calls to subscribe, ends that dangle.

In the seven languages of the pipeline and a few that its outlets use. Each phrase is a whole call: "Read more" as a
line of its own, never the same words inside a sentence. A call to subscribe speaks of reading this text, not of
newsletters, and of subscribers, not of the members of some assembly.
"""

from __future__ import annotations

import re

# Says that this very text goes on.
_OF_THIS = (
    "continue reading(?: (?:the |this )?(?:full )?(?:article|story))?",
    "continue to (?:the )?(?:full )?(?:article|story)",
    *("keep reading", "show full (?:article|story|text)"),
    (
        "(?:read|view|see|show|get|expand|load) (?:the |this )?(?:full|whole|entire|complete|rest of (?:the|this))"
        " (?:story|article|text|report|post|version|news)(?: (?:here|online|(?:at|on) .{1,40}))?"
    ),
    *(
        "(?:lire|afficher|voir) la suite(?: de l['’]article)?",
        "suite de l['’]article",
        "lire l['’]int[ée]gralit[ée].{0,30}",
    ),
    "lire l['’]article(?: (?:complet|en entier|int[ée]gral))?",
    "(?:seguir|continuar|sigue|contin[úu]a|siga|continue) (?:leyendo|lendo|a ler|a leitura|la lectura)",
    (
        "(?:leer|lea|ver|ler|leia|veja) (?:la |el |a |o )?"
        "(?:nota|noticia|art[íi]culo|art[ií]go|texto|not[íi]cia|mat[ée]ria|reportagem)"
        " (?:complet[ao]|[íi]ntegr[ao]|na [íi]ntegra|entero)"
    ),
    "leia (?:na [íi]ntegra|completo)",
    *("читать (?:далее|дальше|полностью|статью полностью|продолжение)", "продолжение (?:статьи|читайте .{1,40})"),
    *("показать полностью", "полный текст(?: (?:статьи|новости))?"),
    "(?:اقرأ|إقرأ|أقرأ) (?:المزيد|بقية المقال|باقي (?:الخبر|المقال)|الخبر كاملا|المقال كاملا)",
    *("متابعة القراءة", "(?:أكمل|تابع|واصل) القراءة", "للمزيد", "قراءة المزيد", "التفاصيل كاملة"),
    "(?:点击)?(?:阅读|查看|閱讀|展开|展開)(?:全文|原文|更多|剩余全文|余下全文|完整文章)",
    *("继续阅读", "繼續閱讀", "未完待续", "下一页", "下一頁", "続きを読む", "더 보기"),
    *("weiterlesen", "mehr lesen", "den ganzen artikel lesen", "leggi tutto", "continua a leggere", "lees verder"),
    *("devamını oku", "(?:baca )?selengkapnya", "soma zaidi", "endelea kusoma", "xem thêm", "đọc tiếp"),
    *("ادامه مطلب", "läs mer", "czytaj dalej", "citește mai mult"),
)
# Says that there is more of something.
_MORE = (
    *("(?:read|see|view|learn|find out) more(?: (?:here|at .{1,40}))?", "full (?:story|article|text)"),
    "(?:en )?(?:lire|savoir|voir) (?:plus|davantage)",
    "(?:leer|ver|saber|lea|ler|leia|veja|saiba) (?:m[áa]s|mais)",
    *("подробнее", "المزيد", "更多", "详情", "詳情", "全文"),
)
_START = r"(?:^|[.!?:»>|,\n]\s{0,3}|\b(?:please|or|and|now|simply) )"
# Says that only subscribers read on, or those who log in.
_MONEY = (
    (
        rf"{_START}(?:subscribe|sign (?:up|in)|log ?in|register|join|start your .{{0,20}}trial)\b"
        r".{0,40}\b(?:to|and) "
        r"(?:continue|keep reading|read(?! our (?:news|e-?mail))|unlock|access|view|see the (?:full|rest)|finish)"
    ),
    (
        r"\b(?:to (?:continue|keep|finish) reading|for (?:full|unlimited) (?:digital )?access"
        r"|to (?:read|unlock|access|view) (?:the (?:full|rest|whole|entire|complete)|this|the article)).{0,60}"
        r"\b(?:subscrib|sign (?:up|in)|log ?in|regist)"
    ),
    (
        r"\b(?:article|story|content|page|text) (?:is|are) .{0,25}\b(?:reserved|only|exclusive|exclusively|available)\b"
        r".{0,25}\b(?:subscribers?|(?:our|premium|paying|paid) members)"
    ),
    r"\bsubscribers?[- ](?:only|exclusive)\b|exclusive(?:ly)? (?:to|for) (?:our )?(?:subscribers|members)\b",
    r"\bfor (?:subscribers|members) only\b|\bsubscription required|\balready a (?:subscriber|member)\b",
    r"\bwant to (?:read|see|continue|keep reading) (?:on\b|more\b|reading|(?:the |this )?(?:full|rest|whole|story))",
    r"\bunlock (?:this|the) (?:article|story)|(?:free )?articles? (?:remaining|left) this month",
    r"\byou(?:['’]ve| have) (?:reached|read|used|hit) (?:your|all|the) .{0,30}(?:free|limit|articles)",
    r"\br[ée]serv[ée]e?s? (?:aux|à nos) (?:abonn[ée]|membres)|il (?:vous )?reste .{0,25}(?:à lire|de cet article)",
    r"\bpour (?:lire|acc[ée]der|continuer|poursuivre|d[ée]couvrir).{0,60}(?:abonnez|connectez|inscrivez|cr[ée]ez un)",
    r"\b(?:abonnez|connectez|inscrivez)-vous (?:pour|afin|et).{0,30}(?:lire|acc[ée]d|la suite|continuer|profite)",
    r"\bd[ée]j[àa] abonn[ée]|contenu (?:premium|payant)",
    (
        r"\b(?:exclusiv[oa]s?|s[óo]lo|solamente|[úu]nicamente|somente|apenas) (?:para|de) "
        r"(?:los |nuestros |os |nossos )?(?:suscriptor|abonad|assinant|usuarios registrados)"
    ),
    r"\bya (?:es|eres) suscriptor|\bj[áa] [ée] assinante|conte[úu]do (?:exclusivo|restrito) para|contenido premium",
    (
        rf"{_START}(?:suscr[íi]b|reg[íi]str|inicie? sesi[óo]n|acced|assine|cadastre|fa[çc]a (?:o )?login).{{0,60}}"
        r"\b(?:para|y|e) (?:seguir|continuar|leer|ler|acceder|acessar|desbloque)"
    ),
    (
        r"\bpara (?:seguir|continuar|leer|ler) (?:leyendo|lendo|est[ea]|a |la |o |el ).{0,60}"
        r"(?:suscr[íi]b|reg[íi]str|inicie? sesi|assine|cadastre|login)"
    ),
    r"(?:только|доступ[а-я]*) (?:для|по) (?:подписчик|подписк|зарегистрированн)|доступ[а-я]* (?:только )?подписчикам",
    r"(?:оформите|купите) (?:подписку|доступ)|чтобы (?:прочитать|читать|продолжить).{0,50}(?:подпи|войд|зарегистр)",
    r"(?:подпишитесь|войдите|зарегистрируйтесь).{0,30}чтобы (?:прочитать|читать|продолжить)",
    r"(?:للمشتركين|للأعضاء) فقط|حصري(?:ا|ًا)? للمشتركين",
    r"(?:اشترك|سجل|سجّل)(?: الدخول| الآن)?.{0,20}(?:لمواصلة|لمتابعة|لقراءة|للاطلاع)",
    r"(?:لمواصلة|لمتابعة|لإكمال|لقراءة).{0,40}(?:اشترك|الاشتراك|سجل|تسجيل)",
    (
        r"(?:订阅|訂閱|登录|登入|注册|註冊|付费|付費|开通会员|購買|购买|成为会员).{0,8}"
        r"(?:后|後|即可|以|才能|解锁|解鎖|可)(?:继续|繼續)?(?:阅读|閱讀|查看|浏览|瀏覽)"
    ),
    r"(?:订阅|訂閱|登录|登入|付费|付費)(?:继续|繼續)?(?:阅读|閱讀)(?:全文|原文|本文)?",
    r"(?:仅限|僅限|只限|仅供).{0,4}(?:会员|會員|订户|訂戶|订阅者|訂閱者)|(?:会员|會員|订户|訂戶|付费)(?:专享|專享|专属|專屬|文章|内容)",
    r"\bnur f[üu]r abonnenten|\bjetzt (?:abonnieren|weiterlesen mit)|\babone ol.{0,20}oku|この記事は(?:会員限定|有料)",
)
GATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:paywall|pay-wall|regwall|reg-wall|article-gate|content-gate|premium-gate|metered-(?:wall|gate)"
    r"|(?:subscribe|subscription|subscriber)s?-(?:wall|prompt|required|only|barrier|gate)|locked-(?:content|article|message)"
    r"|gateway-content|barrier-page)(?:$|[\s_-])"
    r"|paywall[-_](?:box|message|prompt|overlay|banner|offer|notice|cta|container|wrapper|inner)",
    re.IGNORECASE,
)
DANGLING = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\]|\((?:…|\.\.\.)\))[\s\"”’»)\]]*$")
MORE_OF_THIS = re.compile(rf"[\W_]{{0,6}}(?:{'|'.join(_OF_THIS)})[\W_]{{0,6}}", re.IGNORECASE)
MORE = re.compile(rf"[\W_]{{0,6}}(?:{'|'.join((*_OF_THIS, *_MORE))})[\W_]{{0,6}}", re.IGNORECASE)
FOR_MONEY = re.compile("|".join(_MONEY))
# One of these stands in every call to subscribe; most lines have none, and to look for them takes a tenth of the time.
_STEMS = (
    *("subscri", "sign up", "sign in", "log in", "login", "regist", "regíst", "join", "trial", "members", "a member"),
    *("want to", "unlock", "this month", "you've ", "you’ve ", "you have ", "abon", "membres", "reste ", "connectez"),
    *("inscrivez", "éez un", "eez un", "contenu ", "suscr", "assin", "exclusivo", "restrito", "premium", " sesi"),
    *("acced", "cadastr", "weiterlesen mit", "подпи", "доступ", "войд", "зарегистр", "للمشتركين", "للأعضاء"),
    *("اشترك", "سجل", "سجّل", "لمواصلة", "لمتابعة", "لإكمال", "لقراءة", "订", "訂", "登录", "登入", "注册", "註冊"),
    *("付费", "付費", "会员", "會員", "购买", "購買", "会員限定", "有料"),
)
# At the end of a paragraph a call counts behind the end of a sentence.
_AT_END = re.compile(
    rf"(?<=[.!?…。！？؟”\"»\]\)])\s*([\[(«»›→>|]?\s*(?:{'|'.join((*_OF_THIS, *_MORE))})[\s.…»›→>\])|]*)$",
    re.IGNORECASE,
)
_LONGEST_AT_END = 160


def calls_for_money(text: str) -> bool:
    """Whether a line says that only subscribers, members or those who log in read on."""
    lower = text.lower()
    return any(stem in lower for stem in _STEMS) and bool(FOR_MONEY.search(lower))


def ends_in_call(text: str) -> str:
    """The call to read on with which a paragraph ends behind its last sentence, or ""."""
    found = _AT_END.search(text[-_LONGEST_AT_END:])
    return found[1] if found and found.start() > 0 else ""
