"""offing in a spaCy pipeline of somebody's own: found by entry point, configured, kept with the document."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from offing.errors import ConfigError, UsageError
from offing.model.reading.mention import MentionKind, Money
from offing.model.sources.article import Article
from offing.services.analysis.analyst import load_analyst

DOCS = Path(__file__).parents[1] / "docs/spacy.md"
TEXT = "China Exim Bank lends Kenya $324 million.\n\nHuawei builds the network in Nairobi. Work began on 3 March 2026."


def pipeline(lang: str = "en", **config: object) -> Language:
    """A blank pipeline of a language with the component alone."""
    nlp = spacy.blank(lang)
    nlp.add_pipe("offing_mentions", config=config)
    return nlp


def test_the_page_prints_what_it_says() -> None:
    """Its example runs in a fresh process that imports nothing but spaCy, and prints what stands below it."""
    code, printed = re.findall(r"```(?:python)?\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == printed


def test_entry_points_lead_to_the_factories_and_draw_in_nothing_heavy() -> None:
    """Both are known by their entry points; somebody else's pipeline pays for neither config nor recognition."""
    named = {point.name: point.value for point in entry_points(group="spacy_factories") if point.dist.name == "offing"}
    assert named == {
        "offing_mentions": "offing.spacy_pipes:make_mentions",
        "offing_sentences": "offing.spacy_pipes:make_sentences",
    }
    code = (
        "import spacy, sys\nnlp = spacy.blank('en')\nassert nlp.has_factory('offing_mentions')\n"
        "print(*sorted(name for name in sys.modules if name.startswith('offing.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["offing.spacy_pipes"]


def test_mentions_are_those_of_recognition() -> None:
    """What the component finds is what offing finds in the same article, with offsets in the document."""
    doc = pipeline()(TEXT)
    title, _, body = TEXT.partition("\n\n")
    expected = load_analyst(None).recognizer.recognize(Article(0, title, (body,), "en"))
    assert doc._.offing_mentions == expected
    assert {"huawei", "china-eximbank", "KEN"} <= {mention.key for mention in expected}
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in doc._.offing_mentions)
    assert Money(Decimal(324_000_000), "USD") in [mention.value for mention in doc._.offing_mentions]


@pytest.mark.parametrize(
    ("language", "text", "firm", "token"),
    [
        ("ar", "وقعت الحكومة عقدا وهواوي تبني الشبكة في كينيا.", "هواوي", "وهواوي"),
        ("zh", "华为承建内罗毕数据中心。", "华为", "华为"),
        ("ru", "Huawei построит сеть в Кении.", "Huawei", "Huawei"),
    ],
)
def test_a_span_holds_its_mention_in_any_script(language: str, text: str, firm: str, token: str) -> None:
    """Offsets count characters; the span is of the tokens around them."""
    doc = pipeline(language, kinds=["firm"])(text)
    assert [(m.text, m.key) for m in doc._.offing_mentions] == [(firm, "huawei")]
    (span,) = doc.spans["offing"]
    assert (span.text, span.label_, span.kb_id_) == (token, "firm", "huawei")
    assert span._.offing_mentions == doc._.offing_mentions


def test_settings_say_what_is_kept_and_where(tmp_path: Path) -> None:
    """Kinds, the group's name, the language and a site's own config."""
    (tmp_path / "lexicons").mkdir()
    row = "id,name,name_zh,parent,kind,source,note\nquillworks,Zhonglan Quillworks,,,firm,own,\n"
    (tmp_path / "lexicons/firms.csv").write_text(row, encoding="utf-8")
    nlp = pipeline("xx", language="fr", config=str(tmp_path), kinds=["firm", "status"], spans_key="ours")
    doc = nlp("Zhonglan Quillworks et Huawei : les travaux ont commencé au Sénégal.")
    assert [(span.label_, span.kb_id_) for span in doc.spans["ours"]] == [
        ("firm", "quillworks"),
        ("firm", "huawei"),
        ("status", "under-construction"),
    ]
    assert {mention.kind for mention in doc._.offing_mentions} == {MentionKind.FIRM, MentionKind.STATUS}


def test_what_is_wrong_with_settings_is_reported(tmp_path: Path) -> None:
    """An unknown kind or folder, a broken file of it."""
    with pytest.raises(ValueError, match="'firms' is not a valid MentionKind"):
        pipeline(kinds=["firms"])
    with pytest.raises(UsageError, match="there is no config folder"):
        pipeline(config=str(tmp_path / "nowhere"))
    (tmp_path / "fetsh.toml").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"did you mean 'fetch\.toml'"):
        pipeline(config=str(tmp_path))


def test_what_was_found_stays_with_the_document_and_the_pipeline_on_disk(tmp_path: Path) -> None:
    """Through bytes, through other processes, and in a pipeline that was saved."""
    nlp = pipeline(kinds=["firm", "money"])
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)(TEXT)
    found = doc._.offing_mentions
    assert [mention.key for mention in found if mention.kind is MentionKind.FIRM] == ["huawei"]
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (read,) = DocBin().from_bytes(kept).get_docs(nlp.vocab)
    assert read._.offing_mentions == found
    assert [span.kb_id_ for span in read.spans["offing"]] == [span.kb_id_ for span in doc.spans["offing"]]
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.offing_mentions == found


def test_names_of_a_model_count_where_that_is_asked() -> None:
    """An organisation of `doc.ents` that names the host country is a counterpart, and only where they are used."""

    def bodies(**config: object) -> list[str]:
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "ORG", "pattern": "quillworks of Kenya"}])
        nlp.add_pipe("offing_mentions", config={"kinds": ["counterpart"], **config})
        doc = nlp("Port opens\n\nHuawei sold cables to the quillworks of Kenya in Nairobi.")
        return [mention.text for mention in doc._.offing_mentions]

    assert bodies() == []
    assert bodies(entities=True) == ["quillworks of Kenya"]


def test_sentences_are_those_that_offing_quotes() -> None:
    """Abbreviations end none, a heading is one, and other scripts have their marks."""
    nlp = spacy.blank("en")
    nlp.add_pipe("offing_sentences")
    text = "Port opens\n\nZhonglan Co. Ltd. built it. President Ruto cut the ribbon!"
    assert [each.text.strip() for each in nlp(text).sents] == [
        "Port opens",
        "Zhonglan Co. Ltd. built it.",
        "President Ruto cut the ribbon!",
    ]
    chinese = spacy.blank("zh")
    chinese.add_pipe("offing_sentences")
    assert [each.text for each in chinese("华为承建。肯尼亚付款。").sents] == ["华为承建。", "肯尼亚付款。"]
    assert list(nlp("").sents) == []
