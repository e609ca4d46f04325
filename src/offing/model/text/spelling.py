"""Words that are one slip of the finger away from another: a letter too many, missing, wrong, or two in turn. Pure."""

from __future__ import annotations

import string

from offing.model.text.folding import fold_text

SHORTEST, LONGEST = 4, 24  # letters of a word that is looked for nearby; shorter ones are near to too many
_ALPHABETS = (
    string.ascii_lowercase,
    "".join(dict.fromkeys(fold_text("".join(map(chr, range(0x430, 0x450)))))),  # Cyrillic
    "".join(dict.fromkeys(fold_text("".join(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x64B))))))),  # Arabic
)


def near_words(word: str) -> tuple[str, ...]:
    """Return the words that one slip away from a folded word, without it; none of a word that is short or very long.

    Letters are added and changed in Latin, Cyrillic and Arabic script, by that of the word.
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return ()
    letters = next((each for each in _ALPHABETS if word[0] in each or word[-1] in each), "")
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1]
    dropped = [head + tail[1:] for head, tail in halves if tail]
    changed = [head + letter + tail[1:] for head, tail in halves if tail for letter in letters]
    added = [head + letter + tail for head, tail in halves for letter in letters]
    return tuple(dict.fromkeys(each for each in (*swapped, *dropped, *changed, *added) if each != word))
