"""A page without an article says why there is none."""

from __future__ import annotations

import pytest

from extract.pages import BODY, RULES, article, html, refusal
from offing.extract.checks.consent import Consent


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        (html(""), "no text of an article"),
        (html("<h1>Smart city signed</h1><p>Too short.</p>"), "no text of an article"),
        (html("<div id=root></div><noscript>Please enable JavaScript</noscript>"), "JavaScript"),
        (html("<p>Checking your browser before you enter</p>", "<title>Just a moment...</title>"), "bot challenge"),
        (
            html(f"<p>{'We see unusual traffic from your network, please wait while we look at it. ' * 3}</p>"),
            "bot challenge",
        ),
        (html("<div class=paywall>Subscribe to continue</div>"), "paywall"),
        (
            html(
                f"<p>{'You have read all your free articles for this month. Subscribe to continue reading. ' * 2}</p>"
            ),
            "paywall",
        ),
        (html("<form><input type=password></form>"), "log-in"),
        (html("<div id=cookie-consent>We value your privacy</div>"), "consent form"),
        ("<html><frameset cols='20%,80%'><frame src=a></frameset></html>", "set of frames"),
        (
            html(
                f"<p>{'Sorry, the page that you asked for has been removed or never was here at all. ' * 2}</p>",
                "<title>404 - Oops</title>",
            ),
            "does not exist",
        ),
        (
            html(f"<article><h1>Page not found</h1>{BODY * 3}</article>", "<title>Page not found</title>"),
            "does not exist",
        ),
        (b"x" * (5 * 1024 * 1024 + 1), "pages up to 5,242,880"),
        (html("<p>" * 60_001), "pages up to 60,000"),
        (html(f"<p {' '.join(f'a{n}' for n in range(300))}>x</p>"), "more than 200 attributes"),
        ("<!-- nothing -->", "no markup"),
    ],
)
def test_a_page_without_an_article_says_why(page: str | bytes, reason: str) -> None:
    """Each kind of page that withholds its text has its own sentence."""
    assert reason in refusal(page)


BANNERS = {
    "en": (
        "We and our partners use cookies to store and access information on your device. You can change your "
        "preferences at any time. By choosing Accept, you consent to our use of your data for these purposes."
    ),
    "fr": (
        "Nous utilisons des cookies pour améliorer votre expérience sur notre site. Vous pouvez à tout moment "
        "modifier vos préférences. Nos partenaires traitent vos données avec votre consentement."
    ),
    "es": (
        "Utilizamos cookies propias y de terceros para mejorar su experiencia. Puede aceptar todas las cookies o "
        "cambiar su configuración. Nuestros socios tratan sus datos con su consentimiento."
    ),
    "pt": (
        "Utilizamos cookies para melhorar a sua experiência no nosso site. Pode alterar as suas preferências a "
        "qualquer momento. Os nossos parceiros tratam os seus dados com o seu consentimento."
    ),
    "ru": (
        "Мы используем файлы cookie, чтобы улучшить работу нашего сайта. Вы можете изменить настройки вашего "
        "браузера. Продолжая, вы даёте согласие на обработку ваших персональных данных."
    ),
    "ar": (
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا. يمكنك تغيير تفضيلاتك في أي وقت. "
        "بالضغط على قبول تمنح موافقتك لنا ولشركائنا على معالجة البيانات."
    ),
    "zh": (
        "我们使用Cookie来改善您在本网站的体验。您可以随时更改您的偏好设置。"
        "点击接受即表示您同意我们和合作伙伴使用Cookie处理您的个人信息。"
    ),
}


@pytest.mark.parametrize("language", BANNERS)
@pytest.mark.parametrize("title", ["Smart city signed", "500 Internal Server Error", ""])
def test_a_banner_that_is_all_that_came_is_no_article(language: str, title: str) -> None:
    """What a page says of cookies to its visitor is refused, whatever the page is called."""
    banner = "".join(f"<p>{BANNERS[language]}</p>" for _ in range(2))
    assert "consent" in refusal(html(f"<h1>{title}</h1><div class=main>{banner}</div>", f"<title>{title}</title>"))


@pytest.mark.parametrize(
    "text",
    [
        (
            "The regulator fined the retailer EUR 2 million for placing cookies before visitors had consented. "
            "The company said that it would appeal. Its banner offered no way to refuse, the authority found."
        ),
        (
            "Le régulateur a infligé une amende au site pour avoir déposé des cookies sans le consentement des "
            "internautes. La société fera appel de la décision devant le tribunal administratif de la capitale."
        ),
        "监管机构对该网站处以罚款，原因是其在用户同意之前放置Cookie。该公司表示将提起上诉。法院将于明年春天作出裁决。",
    ],
)
def test_a_report_on_cookies_is_an_article(text: str) -> None:
    """It speaks of others; nobody is asked for anything."""
    assert not Consent(RULES.words.notices).is_asked_for(text)
    assert article(html(f"<article><h1>Cookies</h1><p>{text}</p></article>")).paragraphs == (text,)


def test_a_banner_beside_an_article_refuses_nothing() -> None:
    """Most of the text is the article."""
    assert article(html(f"<div>{BANNERS['en']}</div><article><h1>Smart city signed</h1>{BODY}</article>"))
