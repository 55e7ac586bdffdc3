"""Korean particles, which depend on how the word before them ends."""

import re

_HANGUL = ord("가")
_LAST_HANGUL = ord("힣")
_RIEUL = 8  # the final ㄹ, after which 으로 stays 로
# How the names of the digits 0 to 9 end: 영 일 이 삼 사 오 육 칠 팔 구.
_DIGIT_ENDS = (21, _RIEUL, 0, 16, 0, 0, 1, _RIEUL, _RIEUL, 0)

_PAIRS = {
    "을": ("을", "를"),
    "이": ("이", "가"),
    "은": ("은", "는"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이에요": ("이에요", "예요"),
}
_CLOSING = "\"'”’)」』》〉"
_MARK = re.compile(rf"(.)([{_CLOSING}]*)\[(" + "|".join(sorted(_PAIRS, key=len, reverse=True)) + r")\]")


def settle_particles(sentence: str) -> str:
    """The sentence with each particle in brackets, such as [을], set to suit the letter before it.

    Quotation marks and brackets that close there are passed over. A word that does not end in Hangul
    or a digit takes the form for a vowel.
    """
    return _MARK.sub(lambda found: found[1] + found[2] + _suited(found[1], found[3]), sentence)


def _suited(before: str, particle: str) -> str:
    end = _final(before)
    closed, plain = _PAIRS[particle]
    if particle == "으로" and end == _RIEUL:
        return plain
    return closed if end else plain


def _final(letter: str) -> int:
    """The number of a letter's final consonant, 0 for none."""
    if _HANGUL <= ord(letter) <= _LAST_HANGUL:
        return (ord(letter) - _HANGUL) % 28
    return _DIGIT_ENDS[int(letter)] if letter in "0123456789" else 0
