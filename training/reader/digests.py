"""Join texts on one project each into digests: news whose paragraphs are about different projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from offing.model.sources.article import PARAGRAPH_BREAK
from training.reader.texts import Project, Span, Text

FEWEST, MOST = 2, 4  # projects in a digest
# Probability that a digest is one paragraph, takes the title of its first text, or includes a near miss.
_ONE_PARAGRAPH, _OWN_TITLE, _NEAR_MISS = 0.35, 0.3, 0.3
_LONGEST = 900  # characters in a text that may be joined
_TITLES = {
    "en": ("Projects abroad: the week in brief", "Chinese builders in the region: a round-up", "News in brief"),
    "fr": ("Les projets de la semaine en bref", "Brèves : les chantiers chinois", "En bref"),
    "es": ("Proyectos de la semana, en breve", "Breves: obras chinas en la región", "En breve"),
    "pt": ("Projetos da semana em resumo", "Breves: obras chinesas na região", "Em resumo"),
    "zh": ("一周海外项目简讯", "中企海外动态", "简讯"),
    "ru": ("Проекты недели: коротко", "Китайские стройки: обзор", "Коротко"),
    "ar": ("مشاريع الأسبوع في سطور", "أعمال صينية في المنطقة: موجز", "موجز الأخبار"),
}


def digests(texts: Sequence[Text], count: int, rng: Random) -> Iterator[Text]:
    """Yield `count` digests of short texts, each in one language, mixing briefs."""
    by_language: dict[str, list[Text]] = {}
    for text in texts:
        if (
            len(text.projects) <= 1
            and len(text.text) < _LONGEST
            and text.is_relevant is not None
            and text.language in _TITLES
        ):
            by_language.setdefault(text.language, []).append(text)
    languages = sorted(by_language)
    for number in range(count):
        language = languages[number % len(languages)]
        of_projects = [text for text in by_language[language] if text.projects]
        parts = rng.sample(of_projects, rng.randint(FEWEST, MOST))
        near_misses = [text for text in by_language[language] if text.is_relevant is False]
        if near_misses and rng.random() < _NEAR_MISS:
            parts.insert(rng.randint(0, len(parts)), rng.choice(near_misses))
        yield joined(parts, f"digest-{number}", rng)


def joined(parts: Sequence[Text], name: str, rng: Random) -> Text:
    """Return the bodies of several texts joined into one, in separate paragraphs or in a single one."""
    first = parts[0]
    gap = PARAGRAPH_BREAK if rng.random() >= _ONE_PARAGRAPH else "" if first.language == "zh" else " "
    own = first.text.split(PARAGRAPH_BREAK)[0]
    title = own if rng.random() < _OWN_TITLE else rng.choice(_TITLES[first.language])
    text, spans, projects = title + PARAGRAPH_BREAK, list[Span](), list[Project]()
    for part in parts:
        body = part.text.index(PARAGRAPH_BREAK) + len(PARAGRAPH_BREAK)
        offset = len(text) - body
        spans += [_shifted(span, offset, len(projects)) for span in part.spans if span.start >= body]
        text += part.text[body:] + (gap if part is not parts[-1] else "")
        projects += part.projects
    return Text(
        *(name, "digests", first.language, max(part.published for part in parts)),
        *(text, tuple(spans), tuple(projects), True),
        frozenset.intersection(*(part.tags for part in parts)),
    )


def _shifted(span: Span, offset: int, projects: int) -> Span:
    project = None if span.project is None else span.project + projects
    return replace(span, start=span.start + offset, end=span.end + offset, project=project)
