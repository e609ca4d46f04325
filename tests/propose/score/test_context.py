"""What is kept as context: summits, plans and initiatives with their region, in seven languages; and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.reading.context import Context, ContextForm, ContextKind, ContextRules
from offing.model.reading.mention import MentionKind
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, PLACE, Text, shipped_rules, smart_burkina

CHINA = MentionKind.CHINA


def context(text: Text, rules: ContextRules | None = None) -> Context | None:
    """What an article tells as context."""
    scoring = shipped_rules()
    scoring = replace(scoring, context=rules) if rules else scoring
    return propose(text.article, text.mentions, scoring).context


CASES = {
    "en": (
        "ASEAN and China adopt a digital action plan",
        "Digital ministers of ASEAN and China adopted a five-year plan.",
        "China", ContextKind.PLAN, ("asean",),
    ),
    "fr": (
        "Sommet Chine-Afrique : Pékin promet 50 milliards",
        "Le sommet du FOCAC s'est achevé jeudi par une déclaration de Pékin.",
        "Chine", ContextKind.SUMMIT, ("african-union",),
    ),
    "es": (
        "La CELAC y China cierran su cumbre con un plan de acción",
        "La conferencia ministerial del Foro China-CELAC adoptó una declaración de 34 puntos.",
        "China", ContextKind.SUMMIT, ("celac",),
    ),
    "pt": (
        "Fórum de Macau aprova plano de acção até 2027",
        "A China e os países de língua portuguesa aprovaram um plano de acção.",
        "China", ContextKind.SUMMIT, ("portuguese-speaking",),
    ),
    "zh": (
        "中国与太平洋岛国外长会发布联合声明",
        "中方提出全球发展倡议,与太平洋岛国通过行动计划。",
        "中国", ContextKind.SUMMIT, ("pacific-islands",),
    ),
    "ru": (
        "Саммит «Китай — Центральная Азия» принял декларацию",
        "Главы государств Центральной Азии и Китай подписали декларацию.",
        "Китай", ContextKind.SUMMIT, ("central-asia",),
    ),
    "ar": (
        "القمة العربية الصينية تعتمد خطة عمل",
        "اعتمدت الصين والدول العربية خطة عمل لعامين في ختام القمة.",
        "الصين", ContextKind.SUMMIT, ("arab-league",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", CASES)
def test_summits_plans_and_initiatives_are_context(language: str) -> None:
    """With their kind and region, and the sentence that says it, in each language."""
    title, lead, china, kind, regions = CASES[language]
    text = Text(title, lead, language=language).put(CHINA, china)
    found = context(text)
    assert found is not None
    assert (found.kind, found.regions) == (kind, regions)
    assert text.article.text[found.start : found.end] == found.quote


def test_countries_are_those_that_the_article_speaks_of() -> None:
    """By ISO code, without China."""
    text = Text("China and Kenya at FOCAC", "China made pledges at the FOCAC summit; Kenya and Ghana spoke.")
    text.put(CHINA, "China").put(COUNTRY, "Kenya", "KEN").put(COUNTRY, "Ghana", "GHA")
    found = context(text)
    assert found is not None
    assert found.countries == ("KEN", "GHA")


def test_of_a_long_sentence_the_part_around_the_wording_is_quoted() -> None:
    """As of every quote: no more of a text is kept than proves something."""
    text = Text(
        "China and ASEAN meet",
        f"{'Many spoke, ' * 40} and China and ASEAN held a summit and made pledges{', as told' * 40}.",
    )
    found = context(text.put(CHINA, "China"))
    assert found is not None
    assert len(found.quote) <= 300
    assert "summit" in found.quote
    assert text.article.text[found.start : found.end] == found.quote


def test_a_region_is_reported_by_its_members() -> None:
    """Three countries that belong together stand for the narrowest region that has all; two do not."""
    title = "China holds a summit with Fiji, Tonga and Kiribati"
    text = Text(title, "The summit adopted a declaration.").put(CHINA, "China")
    text.put(COUNTRY, "Fiji", "FJI").put(COUNTRY, "Tonga", "TON")
    found = context(text)
    assert found is not None
    assert found.regions == ()
    found = context(text.put(COUNTRY, "Kiribati", "KIR"))
    assert found is not None
    assert found.regions == ("pacific-islands",)


def test_a_candidate_is_no_context() -> None:
    """A project that was signed at a summit is a project."""
    text = smart_burkina()
    assert context(text) is None
    (first, *_) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert first.score > shipped_rules().cut


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Kenya's action plan for water", "The summit adopted the plan of action."),  # without China
        ("China's action plan for clouds", "Shanghai follows with a five-year plan."),  # China for itself
        ("China and Kenya praise their friendship", "The ministers spoke of many things."),  # says nothing of any
    ],
)
def test_what_lacks_one_of_the_three_is_none(title: str, lead: str) -> None:
    """A meeting, plan or initiative; China among those behind it; a country or region abroad."""
    text = Text(title, lead, "Huawei is known there.").put(FIRM, "Huawei", "huawei")
    for kind, name, key in ((CHINA, "China", None), (COUNTRY, "Kenya", "KEN"), (PLACE, "Shanghai", "CHN")):
        if name in text.article.text:
            text.put(kind, name, key)
    assert context(text) is None


def test_another_matter_is_none() -> None:
    """What is about sport, a donor of another country or a column is not kept for a word about a summit."""
    text = Text("Football summit: China meets ASEAN in the cup", "The summit of the two sides ended 2:1.")
    text.put(CHINA, "China")
    assert context(text) is not None
    assert context(text.cue("signal", "Football", "sport").cue("signal", "cup", "sport")) is None


def test_a_chinese_name_speaks_for_itself() -> None:
    """The World Internet Conference needs no country beside it; one of its firms at some summit does."""
    text = Text("World Internet Conference opens in Wuzhen", "The summit discusses AI.").put(FIRM, "AI", None)
    found = context(text)
    assert found is not None
    assert (found.regions, found.countries) == ((), ())
    other = Text("A summit opens in Lima", "The summit in Peru discusses AI.").put(FIRM, "AI", None)
    assert context(other.put(COUNTRY, "Peru", "PER")) is None


@pytest.mark.parametrize(
    ("form", "language", "written"),
    [
        ("China-Africa", "en", "the China–Africa talks"),
        ("plan d'action", "fr", "un Plan d’action commun"),
        ("саммит*", "ru", "на саммите"),
        ("قمة", "ar", "وللقمة أثر"),
        ("القمة", "ar", "بالقمة"),
        ("峰会", "zh", "本届峰会闭幕"),
        ("ASEAN", "*", "与ASEAN合作"),
    ],
)
def test_forms_match_as_they_are_written(form: str, language: str, written: str) -> None:
    """With any dash and apostrophe, endings, particles written onto Arabic words, and amid Chinese."""
    where = "zh" if language == "*" else language
    rules = ContextRules((ContextForm("summit", form, language, 1.0, named=True),), zones=(("title", 1.0),))
    assert context(Text(written, language=where).put(CHINA, written), rules) is not None
    assert context(Text(f"x{written[::-1]}", language=where).put(CHINA, "x"), rules) is None


def test_without_rules_there_is_no_context() -> None:
    """Whoever calls the stage without context rules gets none."""
    assert context(Text("China summit").put(CHINA, "China"), ContextRules()) is None
