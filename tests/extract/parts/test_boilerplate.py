"""Kinds of line that are the page's and not the article's, and sentences that only look like them."""

from __future__ import annotations

import pytest

from extract.pages import NOW, PARAGRAPHS, TITLE, TOOLS
from offing.extract.parts.line_filter import Frame


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Lender agrees to finance the port",
        "READ ALSO | Minister defends the loan",
        "Lire aussi : Le prêt chinois inquiète les députés",
        "Lea también: El puente costará el doble",
        "Leia também: Governo assina acordo",
        "Читайте также: Дорогу откроют весной",
        "اقرأ أيضا: الحكومة توقع عقدا جديدا",
        "相关阅读：港口项目开工",
        "Also on news.example: Port workers walk out",
        "Sign up for our daily briefing",
        "Get the latest updates in your inbox every morning.",
        "Follow our reporters on Twitter for more",
        "Have a tip? Reach the desk at any hour.",
        "Ann Example can be reached at ann@paper.example",
        "Write to Ann Example at ann@paper.example",
        "Email the author: ann@paper.example",
        "ann.example@paper.example",
        "@ann_example",
        "Suivez-nous sur les réseaux sociaux",
        "Suscríbete para leer más",
        "Подписывайтесь на наш канал",
        "تابعونا على تويتر",
        "扫码关注本报",
        "Tags: port, loan, railway",
        "标签：港口 铁路",
        "© 2026 The Paper",
        "(c) 2026 The Paper. All rights reserved.",
        "Todos los derechos reservados. Prohibida su reproducción.",
        "This slideshow requires JavaScript.",
        "An error has occurred, please try again later.",
        "このニュースをシェア",
    ],
)
def test_lines_of_the_page_are_known_in_many_languages(line: str) -> None:
    """Teasers, invitations, addresses, labels, rights and messages of the machine go as whole lines."""
    assert TOOLS.lines.is_furniture(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "A deal can be reached on the dam by the end of the year, the minister said.",
        "Follow-up loans on similar terms are planned.",
        "(c) the borrower shall provide land free of charge.",
        "Copyright law was amended in March.",
        "On Alibaba.com, the firm sells cameras to anyone.",
        "An error occurred in the tender, the agency admitted.",
        "Email records show that the ministry knew.",
        "Email traffic at the ministry rose after the attack.",
        "Write to the archive at once, the order said.",
        "Contact tracing will run on the new data centre.",
        "انضم الرئيس إلى حفل الافتتاح.",
        "اشترك في المشروع ثلاث شركات صينية.",
        "扫码支付已在全国推广。",
        "订阅用户增长了两成。",
        "Подписано соглашение о кредите.",
        "Related costs rose by a fifth.",
        "Watch towers stand along the fence.",
        "The latest tranche was paid in May.",
    ],
)
def test_sentences_of_reports_stay(sentence: str) -> None:
    """What begins or sounds like a line of the page but tells something is text."""
    assert not TOOLS.lines.is_furniture(sentence)
    assert TOOLS.filter.article_lines((*PARAGRAPHS, sentence), Frame(TITLE, "The Paper", NOW)) == (
        *PARAGRAPHS,
        sentence,
    )


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ann Example in Lima; Editing by Bob Example)",
        "Reporting by Ann Example; additional reporting by Bob Example; editing by Eve Example",
        "Editing by Ann Example",
        "(Reportage Anne Exemple, édité par Jean Exemple)",
        "(Reporte de Ana Ejemplo; editado por Juan Ejemplo)",
        "(Reportagem de Ana Exemplo; edição de João Exemplo)",
        "(Редактор Иван Примеров)",
        "(إعداد آن مثال، تحرير بوب مثال)",
        "（编辑：王例）",
        "(c) Example Agency 2024",
    ],
)
def test_who_reported_and_edited_goes_below_the_article(line: str) -> None:
    """What agencies write below a text is no part of it, in seven languages."""
    assert TOOLS.filter.article_lines((*PARAGRAPHS, line), Frame(TITLE, "The Paper", NOW)) == PARAGRAPHS


@pytest.mark.parametrize(
    "sentence",
    [
        "Reporting by the ministry showed a loss of $4m.",
        "Editing by hand took the team four weeks, she said.",
        "Con información de la agencia, el puente costará 3 millones, según el ministro.",
        "Репортаж о стройке вышел в мае, редактор канала уволен.",
        "تحرير الأسعار سيبدأ في مايو، والوزارة تستعد.",
        "记者从发布会获悉，项目已开工。",
        "(c) the borrower shall repay by 2024",
    ],
)
def test_sentences_on_reporting_and_editing_stay(sentence: str) -> None:
    """The words of a sign-off in a sentence."""
    assert TOOLS.filter.article_lines((*PARAGRAPHS, sentence), Frame(TITLE, "The Paper", NOW)) == (
        *PARAGRAPHS,
        sentence,
    )


@pytest.mark.parametrize(
    "notice",
    [
        "Comments are moderated and will be published after review.",
        "El contenido de los comentarios es la opinión de los usuarios y no de este medio.",
        "Os comentários são de responsabilidade de seus autores; comentários ofensivos não serão aprovados.",
        "الآراء الواردة أدناه لا تعبر عن رأي الموقع",
        "网友评论仅供表达个人看法，并不代表本站立场。",
    ],
)
def test_what_is_said_of_comments_goes_below_the_article_only(notice: str) -> None:
    """A notice on comments goes in the lower half; the same words above may be the news."""
    assert TOOLS.lines.is_notice(notice)
    assert TOOLS.filter.article_lines((*PARAGRAPHS, notice), Frame(TITLE, "The Paper", NOW)) == PARAGRAPHS
    assert TOOLS.filter.article_lines((notice, *PARAGRAPHS), Frame(TITLE, "The Paper", NOW)) == (notice, *PARAGRAPHS)


def test_when_a_page_was_updated_goes_below_the_article() -> None:
    """A closing line with nothing but the time of the last change is no text."""
    assert (
        TOOLS.filter.article_lines((*PARAGRAPHS, "Updated at 1:23 p.m."), Frame(TITLE, "The Paper", NOW)) == PARAGRAPHS
    )


def test_end_marks_are_short() -> None:
    """A heading above comments or other articles is a mark; a paragraph with the same words is not."""
    assert TOOLS.lines.is_end_mark("Comments (2)")
    assert TOOLS.lines.is_end_mark("相关新闻")
    assert not TOOLS.lines.is_end_mark(
        "Comments that the minister made on Monday were taken back by his office on Tuesday."
    )
    assert not TOOLS.lines.is_furniture("Comments that the minister made on Monday were taken back. " * 8)
