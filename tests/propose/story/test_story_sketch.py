"""Near copies of texts are found, shortened ones too; keys lead to them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.projects.project import ProjectFacts
from offing.model.text.folding import fold_text
from offing.propose.story import keys_of, minhash_of
from offing.propose.story.minhash import LEAST_SHINGLES, VALUES, _shingles, bands_of, near_copies, resemblance
from propose.tellings import TEXTS, telling

CHINESE = (
    "中国进出口银行周一同乌干达财政部签署协议,为坎帕拉至恩德培高速公路二期工程提供贷款。",
    "工程由中国交通建设股份有限公司承建,全长四十一公里,计划三年完工,沿线设五座立交桥。",
    "财政部长说,利率为百分之二,还款期二十年,宽限期七年,议会上月已经批准这笔借款。",
)


def test_a_sketch_is_of_one_size_and_the_same_each_time() -> None:
    """A sketch is kept: 516 bytes that no later run makes otherwise."""
    found = minhash_of(TEXTS[0])
    assert len(found) == 516
    assert found == minhash_of(list(TEXTS[0]))
    assert found[:12].hex() == "b800000040a33600e4aa0600"


@given(st.lists(st.text(max_size=40), min_size=LEAST_SHINGLES + 4, max_size=300, unique=True))
def test_a_sketch_holds_the_values_of_minhash(words: list[str]) -> None:
    """Whatever the text, its values are those of datasketch's MinHash, by which older sketches were made."""
    from datasketch import MinHash  # draws in SciPy: each process that collects tests would pay for it

    shingles = _shingles(fold_text(" ".join(words)))
    theirs = MinHash(num_perm=VALUES, seed=1, scheme="affine32")
    theirs.update_batch([each.encode("utf-8", "replace") for each in shingles])
    sketch = minhash_of([" ".join(words)])
    assert (sketch == b"") == (len(shingles) < LEAST_SHINGLES)
    assert sketch == b"" or sketch == len(shingles).to_bytes(4, "little") + theirs.hashvalues.astype("<u4").tobytes()


def test_a_short_text_has_none() -> None:
    """A few sentences can stand anywhere: they tell no copy."""
    assert minhash_of(("Huawei signed a contract for cameras in Nairobi on Monday.",)) == b""
    assert bands_of(b"") == ()
    assert not near_copies(b"", minhash_of(TEXTS[0]))
    assert resemblance(b"", b"") == 0.0


@pytest.mark.parametrize("share", [0.8, 0.5, 0.3])
@pytest.mark.parametrize("text", [TEXTS[0], CHINESE * 2], ids=["words", "characters"])
def test_a_shortened_text_is_a_copy(text: tuple[str, ...], share: float) -> None:
    """A copy that was cut from its end is found by what of it stands in the whole, and has a key in common."""
    whole = "\n".join(text[: len(text) // 2] if text[0] == text[len(text) // 2] else text)
    one, other = minhash_of([whole]), minhash_of([whole[: int(len(whole) * share)]])
    assert near_copies(one, other)
    assert set(bands_of(one)) & set(bands_of(other))


def test_other_texts_are_no_copies() -> None:
    """Texts that share words, not runs of them, are none."""
    assert not any(near_copies(minhash_of(one), minhash_of(other)) for one, other in combinations((*TEXTS, CHINESE), 2))


def test_a_telling_without_country_or_text_has_no_key() -> None:
    """What nothing is known of is found by nothing; a name too long for a key is told by its digest."""
    assert keys_of(telling(1, ProjectFacts())).all == frozenset()
    long = ProjectFacts(countries=("KEN",), places=("x" * 300, "Lamu"))
    assert max(map(len, keys_of(telling(1, long)).all)) <= 60
    assert "KEN:place:lamu" in keys_of(telling(1, long)).facts
