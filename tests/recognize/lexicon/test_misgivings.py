"""Worries that are told as a fact or by a turn of phrase, in seven languages."""

from __future__ import annotations

import pytest

from recognize.samples import found


def kinds(text: str, language: str) -> set[str | None]:
    """The kinds of worry that a text names by itself."""
    return {mention.key for mention in found(text, "concern", language) if mention.weight >= 1}


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The island still has no privacy law, and the cameras record all day.", "surveillance-rights"),
        ("en", "A copy is mirrored each night to a site in Shenzhen.", "data-sovereignty"),
        ("en", "The specifications were copied from one catalogue.", "procurement"),
        ("en", "Nobody says who will bear the overrun.", "debt-finance"),
        ("en", "The dam cracked after a year, then the pipes leaked.", "failure"),
        ("en", "The syllabus is decided by Beijing.", "influence"),
        ("en", "The lamps went dark within a year.", "failure"),
        ("en", "Only the supplier's own engineers can enter the control room.", "data-sovereignty"),
        ("en", "It could become an instrument of propaganda.", "influence"),
        ("en", "Nine of the buses wait for lack of spare parts.", "failure"),
        ("en", "Why the dearest offer won, the ministry would not say.", "procurement"),
        ("es", "Nuestros nietos seguirán pagando.", "debt-finance"),
        ("ar", "سيدفع أحفادنا الثمن", "debt-finance"),
        ("fr", "La moitié des pompes sont en panne.", "failure"),
        ("es", "El Estado le debe un tercio de su deuda externa a Pekín.", "debt-finance"),
        ("pt", "O mercado está ao abandono.", "failure"),
        ("ru", "Половина насосов вышла из строя.", "failure"),
        ("zh", "承包商弃工后，工地无人看管。", "failure"),
        ("fr", "Que les images ne servent contre les syndicalistes.", "surveillance-rights"),
        ("fr", "Les fichiers sont hébergés à Hong Kong.", "data-sovereignty"),
        ("fr", "Le ministère refuse de publier les offres.", "procurement"),
        ("fr", "Le chantier est à l'abandon depuis mai.", "failure"),
        ("es", "No se sabe quién asumirá el sobrecosto.", "debt-finance"),
        ("es", "Las fichas técnicas retratan a una marca.", "procurement"),
        ("es", "Sirve para espiar a opositores.", "surveillance-rights"),
        ("pt", "A ministra recusou divulgar o contrato.", "procurement"),
        ("pt", "As gravações seguem para um servidor em Singapura.", "data-sovereignty"),
        ("pt", "A empresa retirou as máquinas em Abril.", "failure"),
        ("zh", "招标文件的参数被指量身定做。", "procurement"),
        ("zh", "数据每晚备份到新加坡。", "data-sovereignty"),
        ("zh", "承包商已撤走全部设备。", "failure"),
        ("ru", "Техзадание написано под конкретную марку.", "procurement"),
        ("ru", "Подрядчик вывез технику ещё зимой.", "failure"),
        ("ru", "Записи можно хранить бессрочно.", "surveillance-rights"),
        ("ar", "المواصفات مفصلة على مقاس شركة بعينها", "procurement"),
        ("ar", "سحبت آلياتها من الموقع", "failure"),
        ("ar", "من سيتحمل هذه الزيادة؟", "debt-finance"),
    ],
)  # fmt: skip
def test_a_worry_in_a_turn_of_phrase(language: str, text: str, kind: str) -> None:
    """The wording names the worry without any word such as fear, critic or scandal."""
    assert kind in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The law on data protection was passed and the cameras are new."),
        ("en", "The company will host a dinner in Shenzhen."),
        ("en", "The minister handed over the keys to the school."),
        ("en", "The villages had been without electricity for years."),
        ("en", "Half of the cameras are made in Suzhou."),
        ("es", "El Estado debe un informe a la comisión."),
        ("fr", "Les ouvriers sont hébergés à l'hôtel."),
        ("es", "El proveedor entregó las llaves de la escuela."),
        ("pt", "A empresa levou os alunos ao museu."),
        ("zh", "承包商运来全部设备。"),
        ("ru", "Подрядчик привёз технику."),
        ("ar", "نقلت الشركة الطلاب إلى المدرسة"),
    ],
)
def test_what_only_sounds_alike(language: str, text: str) -> None:
    """The same verbs and nouns name no worry where they say something else."""
    assert kinds(text, language) == set()
