"""The kinds of line that outlets set into and around their articles, by the words they use for them.

Each rule names a kind of line; a line must be of that kind as a whole to be furniture. A sentence of the article
never is: the words address the reader, or the page itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.extract.fold import fold

_LONGEST_LINE = 220
_LONGEST_NOTICE = 600
_LONGEST_MARK = 60


def _opening(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that can stand at the start of a block only, so that no long block is searched through.

    All are in lower case, and so are the blocks that they meet: to match without regard to case takes twice as long.
    """
    return re.compile(rf"\A(?:{pattern})", flags)


# What stands alone on a line, folded: advertising, sharing, comments, subscription.
_ALONE = frozenset(
    fold(line)
    for line in (
        *("Advertisement", "Advertising", "Ad", "Sponsored", "Sponsored content", "Promoted", "Story continues below"),
        *("Article continues after ad", "Article continues below", "Story continues", "Continue reading", "Ads"),
        *("Publicité", "Annonce", "Publicidad", "Anuncio", "Publicidade", "Anúncio", "Реклама", "На правах рекламы"),
        *("إعلان", "إعلانات", "广告", "廣告", "Werbung", "Anzeige", "Pubblicità", "Iklan", "Reklam", "Quảng cáo"),
        *("Comments", "Comment", "Leave a comment", "Tell us what you think", "Commentaires", "Comentarios"),
        *("Comentários", "Комментарии", "التعليقات", "评论", "評論", "Kommentare", "Komentar"),
        *("Share", "Share this", "Share this article", "Share this story", "Tweet", "Partager", "Compartir"),
        *("Compartilhar", "Partilhar", "Поделиться", "شارك", "分享", "分享到", "Teilen", "Print", "Email", "Facebook"),
        *("Twitter", "WhatsApp", "Telegram", "LinkedIn", "More", "Related", "Don't miss", "You may also like"),
        *("Also read", "Read also", "Read more", "Read next", "See also", "Related articles", "Related stories"),
        *("Lire aussi", "À lire aussi", "Lea también", "Lea además", "Le puede interesar", "Leia também"),
        *("Leia mais", "Saiba mais", "Читайте также", "Читать также", "اقرأ أيضا", "اقرأ أيضًا", "延伸阅读", "相关阅读"),
        *("相关报道", "相关新闻", "Subscribe", "Subscribe now", "Subscribe to our newsletter", "Sign up"),
        *("Newsletter", "Thanks for signing up", "Sorry", "Click here", "Back to top", "All rights reserved"),
        *("Tous droits réservés", "Todos los derechos reservados", "Todos os direitos reservados"),
        *(
            "シェア",
            "シェアする",
            "このニュースをシェア",
            "この記事をシェア",
            "関連記事",
            "関連ニュース",
            "공유",
            "공유하기",
            "관련기사",
        ),
        *(
            "관련 기사",
            "ข่าวที่เกี่ยวข้อง",
            "เรื่องที่เกี่ยวข้อง",
            "Berita terkait",
            "Baca juga",
            "Tin liên quan",
            "İlgili haberler",
        ),
        *("Mehr zum Thema", "Lesen Sie auch", "Das könnte Sie auch interessieren", "Leggi anche", "Te puede interesar"),
        *("Sur le même sujet", "Sobre el tema", "Новости по теме", "По теме", "Материалы по теме", "مواضيع ذات صلة"),
        *(
            "أخبار ذات صلة",
            "相关链接",
            "推荐阅读",
            "热门新闻",
            "热点新闻",
            "Most read",
            "Most popular",
            "Trending",
            "Top stories",
        ),
        *("Copy link", "Link copied", "Save", "Saved", "Reprints", "Order reprints", "Print article", "Send", "Reply"),
        *("See full list", "View gallery", "View comments", "Load comments", "Show comments", "Comment on this story"),
        *("Loading", "Up next", "Now playing", "Replay", "Watch live", "Live", "Image source", "Image caption"),
        *("Все права защищены", "جميع الحقوق محفوظة", "版权所有", "责任编辑", "打印", "关闭", "Photo", "Image"),
    )
)

# A line that begins like this and is short announces another article.
_TEASER = _opening(
    r"\W{0,5}(?:(?:also\s+)?read(?:\s+(?:more|also|next|here|the full story|full article))?|see\s+(?:more|also)"
    r"|related(?:\s+(?:post|story|stories|article|articles|content|news|coverage|link|links|video|reading))?"
    r"|more\s+(?:on\s+this|from\s.{1,30}|must[- ]reads?.{0,30}|stories|news|coverage)|up\s+next|must\s+read"
    r"|recommended"
    r"|(?:à\s+)?lire\s+aussi|lire\s+(?:plus|également)|voir\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)"
    r"|lea\s+(?:también|además|más)|le[ea]?r?\s+también|te\s+puede\s+interesar|más\s+información|mire\s+también"
    r"|leia\s+(?:também|mais)|ver\s+también|veja\s+(?:também|mais)|saiba\s+mais|confira\s+também"
    r"|читайте\s+(?:также|ещ[её])|читать\s+также|(?:материалы\s+)?по\s+теме|смотрите\s+также"
    r"|اقرأ\s+أيضا?ً?|إقرأ\s+أيضا?ً?|اقرأ\s+المزيد|شاهد\s+أيضا?ً?|延伸阅读|相关阅读|相关报道|相关新闻|推荐阅读|更多阅读|点击进入"
    r"|baca\s+juga|xem\s+thêm|ilgili|lesen\s+sie\s+auch|mehr\s+zum\s+thema|leggi\s+anche"
    r"|don['’]t\s+miss|watch|listen)\s*[:：>»–—|\]】].*",
    re.DOTALL,
)
_ELSEWHERE = _opening(
    r"\W{0,5}(?:also on|more on|read more (?:on|at|from)|watch (?:it )?on|on (?=\S+[:："
    r"|])) ?(?:[\w-]+\.){1,4}[a-z]{2,10}\b"
    r"[\s:：|–-].*(?<![.!?])"
)
_SIGN_UP = _opening(
    r"\W{0,5}(?:click here (?:to (?:get|subscribe|read|sign|join|see|view|watch)|for more)|get (?:the|our|all the"
    r"|your) .{0,60}\b(?:app|newsletter|inbox"
    r"|alerts?|updates)|(?:follow|like|join|find) us (?:on|at)|(?:sign up|subscribe) (?:for|to|here|now|today)"
    r"|follow .{1,60} on (?:twitter|facebook|instagram|linkedin|telegram|x\b)|follow @\w+|download (?:the"
    r"|our) .{0,30}app"
    r"|(?:like|enjoy(?:ed)?|love|share) (?:this|our) (?:story|article|post|report)|(?:have|got) (?:a"
    r"|any) (?:\w+ ){0,2}(?:tips?|story|stories|question)"
    r"|(?:write|reach out|send (?:an )?e-?mails?) to .{1,80}@\w+|e-?mail (?:the )?[\w .'’-]{0,60}(?: at "
    r"|: ?)?[\w.+-]{0,60}@\w+"
    r"|contact (?:the )?(?:author|reporter|writer|us|[\w .'’-]{1,40}(?: at |: ?)\S+@\w+)|tell us what you think"
    r"|what do you think\?"
    r"|abonnez-vous|inscrivez-vous|suivez[- ](?:nous|.{1,40} sur)|rejoignez-nous"
    r"|suscríba[sn]e|suscr[íi]bete|síg(?:ue|a)nos|regístrese|únete a|assine (?:já|a nossa|o )|siga .{1,40} no"
    r"|receba (?:as|nossas|notícias)"
    r"|inscreva-se|participe d[oe]|clique aqui|haga clic|подпи(?:сывайтесь|шитесь)|следите за|присоединяйтесь"
    r"|читайте нас|اشتركوا? (?:الآن|في (?:نشرت|قنا|القناة|القائمة|النشرة)\w*)|تابعونا|تابعنا|انضموا إلى"
    r"|ikuti kami|abonnieren sie"
    r"|iscriviti)(?!\w).*"
    r"|\W{0,5}(?:(?:扫描|扫一扫).{0,10}二维码|扫码(?:关注|下载|阅读)|关注(?:我们|微信|公众号)|订阅(?:我们|本报|邮件)).*",
    re.DOTALL,
)
# The reader's own inbox, and where the writer can be reached: no sentence of a report.
_ADDRESSED = _opening(
    r".{0,180}(?:\b(?:to|in|into) your (?:inbox|mailbox|letterbox)\b|(?:can|may) be (?:reached|contacted) (?:at|on"
    r"|via|by)\b.{0,40}(?:@|\d{3})"
    r"|\bfollow (?:him|her|them|me) (?:on|at)\b|\bon twitter:? ?@\w|sign up (?:for|to) (?:our|the"
    r"|my) .{0,60}newsletter"
    r"|dans votre boîte|en (?:su|tu) (?:correo|bandeja|buzón)|no seu e-?mail|на (?:ваш\w* |свою )(?:электронн\w+ )?почт"
    r"|إلى بريد(?:ك|كم)|(?:您|你)的(?:邮箱|收件箱|电子邮件)).{0,180}",
    re.DOTALL,
)
_REACHED = _opening(
    r"\W{0,3}(?:(?:e-?mail|twitter|contact|correo)\s{0,3}:?\s{0,3})?"
    r"(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|@\w{2,30}"
    r"|(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+)\W{0,3}"
)
_MACHINE = _opening(
    r".{0,120}(?:requires? javascript|enable javascript|javascript is (?:disabled|required)|your browser (?:does not"
    r"|doesn['’]t)"
    r"|error (?:has )?occurred,? please|error processing your|please try again later"
    r"|for your personal,? non-?commercial use"
    r"|this article has been sent|thanks? (?:you )?for (?:signing|subscribing|registering)).{0,300}",
    re.DOTALL,
)
_LABELS = _opening(
    r"(?:tags?|filed under|categor(?:y|ies)|topics?|keywords?|in this article|more about|mots[- ]clés|étiquettes"
    r"|etiquetas|temas|palabras clave"
    r"|palavras[- ]chave|assuntos|теги|метки|ключевые слова|الوسوم|كلمات (?:مفتاحية|دلالية)|标签|关键词|關鍵詞"
    r"|タグ)\s*[:：].{0,200}"
    r"|filed under\b.{0,120}",
    re.DOTALL,
)
_RIGHTS = _opening(
    r"(?:©|\(c\)\s*(?:19|20)\d\d|copyright\W{1,3}(?:©|\(c\)|by\b|(?:19|20)\d\d)|版权所有).{0,200}"
    r"|.{0,120}(?:all rights reserved|tous droits réservés|todos los derechos reservados"
    r"|todos os direitos reservados|все права защищены"
    r"|جميع الحقوق محفوظة|无断转载|無断転載|no reproduction without).{0,120}"
    r"|.{0,40}may not be (?:published|reproduced|copied|re-?published),? .{0,60}(?:broadcast|distribut|permission"
    r"|written).{0,120}",
    re.DOTALL,
)
# What the outlet says of its readers' comments; only below the article.
_ON_COMMENTS = _opening(
    r".{0,200}(?:comments?\b.{0,80}(?:moderat|do(?:es)? not (?:necessarily )?reflect|are closed|will be (?:removed"
    r"|deleted|reviewed)|are (?:solely|those))"
    r"|(?:moderat|views expressed|opinions expressed).{0,60}\bcomments?\b|commentaires?.{0,80}(?:modér|ferm"
    r"|n['’]engagent)"
    r"|comentarios?.{0,80}(?:opini[óo]n de los|no (?:está|se) permit|moderad|injurios|ofensiv)"
    r"|no está permitid[oa] .{0,40}comentarios"
    r"|coment[áa]rios?.{0,80}(?:ofensiv|moderad|n[ãa]o ser[ãa]o|responsabilidade)|комментари.{0,80}(?:модер|запрещ"
    r"|удал)"
    r"|التعليقات.{0,60}(?:نشر|تعبر|مراجع)|(?:الآراء|التعليقات) (?:الواردة|المنشورة).{0,40}لا تعبر|评论.{0,30}(?:不代表"
    r"|审核)|网友评论).{0,400}",
    re.DOTALL,
)
# Who reported, wrote and edited, as agencies say below a text: in brackets, of two parts, or names and nothing else.
_CREDIT = (
    r"(?:(?:additional |original )?(?:reporting|writing|editing)(?: and (?:writing|editing))? by"
    r"|(?:written|edited|compiled) by"
    r"|(?:with )?inputs? from|reportages?(?= )|(?:rédigé|édité|édition|version française|rédaction) (?:par|de)?"
    r"|(?:reporte|reportaje|información|redacción|edición|escrito|editado) (?:de|por)|con información de"
    r"|(?:reportagem|texto|edição|escrito|editado) (?:de|por)|com informações d[aeo]s?"
    r"|репортаж|подготовил[аи]?|(?:под редакцией|редактор)|(?:إعداد|تحرير|كتابة)|(?:本报|本社)?记者|编辑|撰稿|编译)\b"
)
_CREDITS = _opening(
    rf"[(（\[]\s*{_CREDIT}[^()（）\[\]]{{2,250}}[)）\]]\W{{0,2}}"
    rf"|{_CREDIT}.{{2,120}}[;；|]\s{{0,2}}(?:and )?{_CREDIT}.{{2,120}}"
)
# The same with nothing but names, and whose a text is; names are told by their capitals.
_NAMED = _opening(
    r"(?:(?:Additional )?[Rr]eporting|Writing|Editing|Edited|Compiled) by [^\W\da-z][^.!?;:]{2,60}\.?"
    r"|\([cC]\)\s[^\W\da-z][^.!?]{1,60}(?:19|20)\d\d\W{0,3}"
)
# A short line that says that the article is over and what comes now.
_END_MARK = _opening(
    r"\W{0,3}(?:\d{1,5}\s+)?(?:comments?|responses?|replies|repl(?:y|ies)|thoughts on|leave a (?:reply|comment)"
    r"|join the (?:conversation|discussion)"
    r"|post a comment|view comments|share (?:this|your)|about the author|related|more (?:from|in|on|stories|news"
    r"|like)|most (?:read|popular|viewed)|popular"
    r"|trending|top stories|latest|recommended|you (?:may|might) (?:also )?like|also (?:read|like)|read (?:next|also"
    r"|more)|see also|up next|don['’]t miss"
    r"|tags?|topics|filed under|follow us|newsletter|sign up|subscribe|advertisement|sponsored|editor['’]s picks"
    r"|what['’]s (?:hot|new)|next (?:article|post)"
    r"|previous (?:article|post)|commentaires?|réagir|à lire|sur le même|les plus lus|articles? (?:liés|similaires)"
    r"|partager"
    r"|comentarios?|comentar|relacionad[oa]s|te puede|lo más|más (?:leídas|noticias|en)|compart"
    r"|noticias relacionadas|deja (?:un|tu)"
    r"|comentários?|relacionad[oa]s|leia também|veja também|mais (?:lidas|notícias)|deixe"
    r"|комментари|читайте|похожие|по теме|новости|популярн|самое|поделит|материалы"
    r"|التعليقات|تعليق|مواضيع|أخبار ذات|اقرأ|الأكثر|مقالات|شارك"
    r"|评论|相关|推荐|热门|更多|分享|延伸|関連|コメント|シェア|ランキング|관련|댓글|인기"
    r"|kommentare?|mehr zum|das könnte|commenti|leggi|komentar|berita|baca)"
)

# The heading above what readers wrote.
_COMMENTS = _opening(
    r"\W{0,3}(?:\d{1,5}\s+)?(?:(?:reader |all |show |view )?comments?|responses?|replies|leave a (?:reply|comment)"
    r"|join the conversation"
    r"|commentaires?|vos réactions|comentarios?|deja (?:un|tu) comentario|comentários?|deixe (?:um|seu) comentário"
    r"|комментари[ийев]{1,2}|(?:التعليقات|تعليقات|تعليق)|(?:网友|全部|最新)?评论|コメント|댓글|kommentare?|commenti|komentar)"
    r"(?:\s*[(\[（【:：]?\s*\d{0,5}\s*[)\]）】]?)?\W{0,3}"
)


def is_comments_heading(block: str) -> bool:
    """Whether a heading says that below it stands what readers wrote."""
    return len(block) <= _LONGEST_MARK and bool(_COMMENTS.fullmatch(block.lower()))


@lru_cache(maxsize=2048)
def is_furniture(block: str) -> bool:
    """Whether a block is a line of the page and not of the article, wherever it stands."""
    lower = block.lower()
    if len(block) > _LONGEST_LINE:
        return bool(_MACHINE.fullmatch(lower))
    if fold(block) in _ALONE:
        return True
    return any(
        rule.fullmatch(lower)
        for rule in (_TEASER, _ELSEWHERE, _SIGN_UP, _ADDRESSED, _REACHED, _MACHINE, _LABELS, _RIGHTS)
    )


@lru_cache(maxsize=2048)
def is_notice(block: str) -> bool:
    """Whether a block below the article is what an outlet says of rights, of reporters and of its readers' comments."""
    if len(block) > _LONGEST_NOTICE:
        return False
    lower = block.lower()
    return any(rule.fullmatch(lower) for rule in (_ON_COMMENTS, _RIGHTS, _CREDITS)) or bool(_NAMED.fullmatch(block))


def is_line_of_page(block: str) -> bool:
    """Whether a block is a line of the page or a notice."""
    return is_furniture(block) or is_notice(block)


@lru_cache(maxsize=2048)
def is_end_mark(block: str) -> bool:
    """Whether a line announces what follows an article: comments, other articles, the author."""
    return len(block) <= _LONGEST_MARK and bool(_END_MARK.match(block.lower()))
