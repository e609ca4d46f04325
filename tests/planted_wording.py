"""What outlets set between the paragraphs of an article and below it: the words, and the markup around them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Other:
    """Another article of the outlet: its headline and its standfirst."""

    title: str
    standfirst: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How an outlet of some language says what every outlet says."""

    label: str  # above the headline of another article
    heading: str  # above several
    invitation: tuple[str, str]  # to its newsletter: heading and sentence
    credits: str  # of an agency's reporters and editors, below the text
    rights: str


WORDINGS = {
    "en": Wording(
        "Also read",
        "More on this story",
        ("Morning briefing", "Every morning our editors send you the stories that matter, straight to your mailbox."),
        "(Reporting by Ann Example in Nairobi; additional reporting by Li Example; Editing by Bob Example)",
        "(c) Example Agency 2024",
    ),
    "fr": Wording(
        "À lire aussi",
        "Sur le même thème",
        ("La lettre du matin", "Recevez chaque matin l'essentiel de l'actualité dans votre boîte mail."),
        "(Reportage Anne Exemple à Nairobi, version française Jean Exemple, édité par Marie Exemple)",
        "© Agence Exemple 2024",
    ),
    "es": Wording(
        "Lea también",
        "Noticias relacionadas",
        ("Boletín matutino", "Reciba cada mañana las noticias más importantes del día en su correo electrónico."),
        "(Reporte de Ana Ejemplo en Nairobi; editado por Juan Ejemplo)",
        "© Agencia Ejemplo 2024",
    ),
    "pt": Wording(
        "Leia também",
        "Notícias relacionadas",
        ("Boletim da manhã", "Receba todas as manhãs as principais notícias do dia no seu e-mail."),
        "(Reportagem de Ana Exemplo em Nairóbi; edição de João Exemplo)",
        "© Agência Exemplo 2024",
    ),
    "ru": Wording(
        "Читайте также",
        "Материалы по теме",
        ("Утренняя рассылка", "Каждое утро мы присылаем главные новости дня на вашу почту."),
        "(Репортаж Анны Примеровой в Найроби; редактор Иван Примеров)",
        "© Агентство Пример, 2024",
    ),
    "ar": Wording(
        "اقرأ أيضا",
        "مواضيع ذات صلة",
        ("النشرة الصباحية", "نرسل إليك كل صباح أهم أخبار اليوم إلى بريدك الإلكتروني."),
        "(إعداد آن مثال في نيروبي، تحرير بوب مثال)",
        "© وكالة مثال 2024",
    ),
    "zh": Wording(
        "延伸阅读",
        "相关报道",
        ("早间简报", "每天早晨，我们把当天最重要的新闻发送到您的邮箱。"),
        "（记者 李例 内罗毕报道；编辑：王例）",
        "© 例子通讯社 2024",
    ),
}

# What is set behind every third paragraph. {t} is the headline of another article, {s} its standfirst, {u} its address.
_CARD = '<a href="{u}"><img src="/1.jpg" alt=""></a>'
BETWEEN = {
    "card in a named aside": '<aside class="related-card">'
    + _CARD
    + '<h3><a href="{u}">{t}</a></h3><p>{s}</p></aside>',
    "card in divisions": "<div><div>" + _CARD + '</div><div><div><a href="{u}">{t}</a></div><div>{s}</div></div></div>',
    "card in a division": '<div class="c-7f">' + _CARD + '<h4><a href="{u}">{t}</a></h4><p>{s}</p></div>',
    "card as one link": '<a class="c-7f" href="{u}"><img src="/1.jpg" alt=""><h4>{t}</h4><p>{s}</p></a>',
    "card in a figure": "<figure>" + _CARD + '<figcaption><a href="{u}">{t}</a><p>{s}</p></figcaption></figure>',
    "card with a label": '<div><span>{label}</span><h3><a href="{u}">{t}</a></h3><p>{s}</p></div>',
    "card in a table": "<table><tr><td>" + _CARD + '</td><td><b><a href="{u}">{t}</a></b><br>{s}</td></tr></table>',
    "cards in a list": '<ul><li><a href="{u}">{t}</a><p>{s}</p></li><li><a href="{u2}">{t2}</a><p>{s2}</p></li></ul>',
    "cards in a section": '<section><h2>{heading}</h2><div><h3><a href="{u}">{t}</a></h3><p>{s}</p></div>'
    '<div><h3><a href="{u2}">{t2}</a></h3><p>{s2}</p></div></section>',
    "headline as paragraph": '<p><a href="{u}">{t}</a></p>',
    "headline as heading": '<h3><a href="{u}">{t}</a></h3>',
    "headline in a division": '<div><a href="{u}">{t}</a></div>',
    "headline quoted": '<blockquote><a href="{u}">{t}</a></blockquote>',
    "headline behind a label": '<p><strong>{label}:</strong> <a href="{u}">{t}</a></p>',
    "headline below a label": '<p><b>{label}</b></p><p><a href="{u}"><b>{t}</b></a></p>',
    "headline without a link": "<p><em>{label}: {t}</em></p>",
    "sentence as link": '<p><a href="{u}">{s}</a></p>',
    "two headlines as list": '<ul><li><a href="{u}">{t}</a></li><li><a href="{u2}">{t2}</a></li></ul>',
    "headlines as list": '<ul><li><a href="{u}">{t}</a></li><li><a href="{u2}">{t2}</a></li><li><a href="{u3}">{t3}</a>'
    "</li></ul>",
    "headlines with breaks": '<p><a href="{u}">{t}</a><br><a href="{u2}">{t2}</a><br><a href="{u3}">{t3}</a></p>',
    "headlines with a heading": '<div><h4>{heading}</h4><div><a href="{u}">{t}</a></div>'
    '<div><a href="{u2}">{t2}</a></div></div>',
    "invitation in a division": '<div><h4>{call}</h4><p>{invitation}</p><form><input type="email"></form></div>',
    "invitation as paragraph": "<p><em>{invitation}</em></p>",
}
# What is set below the last paragraph.
BELOW = {
    "reporters and editors": "<p>{credits}</p>",
    "reporters and editors, in italics": "<p><em>{credits}</em></p>",
    "rights": "<p>{rights}</p>",
    "cards below": '<div><div><a href="{u}">{t}</a><p>{s}</p></div><div><a href="{u2}">{t2}</a><p>{s2}</p></div>'
    '<div><a href="{u3}">{t3}</a><p>{s3}</p></div></div>',
}
