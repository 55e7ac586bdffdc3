"""What coaching says of speed, of the days and of retries, in the language of the reader."""

from collections.abc import Mapping

from labelkit.domain.coaching_statements import Hurried, Mark, Retried, Tempo, Tone, Trend
from labelkit.domain.texts import N_
from labelkit.web.filters import number, percent
from labelkit.web.words import say

_TEMPO = {
    (Mark.EXTREME, Tone.RIGHT): N_(
        "One object takes %(seconds)s s, at a score of %(score)s %%: "
        "as fast as clicking the four extreme points (7 s), over %(n)s objects."
    ),
    (Mark.EXTREME, Tone.WATCH): N_(
        "One object takes %(seconds)s s, less than clicking the four extreme points takes (7 s), "
        "but at a score of %(score)s %%: more time would help, over %(n)s objects."
    ),
    (Mark.BETWEEN, Tone.RIGHT): N_(
        "One object takes %(seconds)s s, at a score of %(score)s %%: "
        "faster than careful drawing (25 to 35 s), over %(n)s objects."
    ),
    (Mark.DRAWN, Tone.RIGHT): N_(
        "One object takes %(seconds)s s, at a score of %(score)s %%: "
        "what careful drawing takes (25 to 35 s), over %(n)s objects."
    ),
    (Mark.SLOW, Tone.WATCH): N_(
        "One object takes %(seconds)s s, at a score of %(score)s %%: "
        "right, but slower than careful drawing (25 to 35 s), over %(n)s objects."
    ),
}
_HURRIED = {
    (Tone.WATCH, True): N_(
        "Hurrying costs points: below %(seconds)s s for one object, first tries score %(fast)s %% "
        "(n = %(n)s), from there on %(slow)s %% (n = %(slow_n)s)."
    ),
    (Tone.WATCH, False): N_(
        "Hurrying costs points: below %(seconds)s s for one item, first tries score %(fast)s %% "
        "(n = %(n)s), from there on %(slow)s %% (n = %(slow_n)s)."
    ),
    (Tone.RIGHT, True): N_(
        "Being fast has cost nothing: below %(seconds)s s for one object, first tries score %(fast)s %% "
        "(n = %(n)s), from there on %(slow)s %% (n = %(slow_n)s)."
    ),
    (Tone.RIGHT, False): N_(
        "Being fast has cost nothing: below %(seconds)s s for one item, first tries score %(fast)s %% "
        "(n = %(n)s), from there on %(slow)s %% (n = %(slow_n)s)."
    ),
}
_TREND = {
    Tone.RIGHT: N_(
        "First tries rose from about %(start)s %% to %(end)s %% within %(days)s days (n = %(n)s)."
    ),
    Tone.WATCH: N_(
        "First tries fell from about %(start)s %% to %(end)s %% within %(days)s days (n = %(n)s)."
    ),
}
_RETRIED = {
    Tone.RIGHT: N_(
        "Retries put it right: first tries score %(first)s %% (n = %(n)s), "
        "retries %(retry)s %% (n = %(retry_n)s)."
    ),
    Tone.WATCH: N_(
        "Retries score less than first tries: %(retry)s %% (n = %(retry_n)s) against %(first)s %% "
        "(n = %(n)s). Look through the findings before beginning again."
    ),
}


def hurried(said: Hurried, names: Mapping[str, str], drawn: bool) -> str:
    return say(
        _HURRIED[said.tone, drawn],
        seconds=said.seconds,
        fast=percent(said.fast),
        n=number(said.n),
        slow=percent(said.slow),
        slow_n=number(said.slow_n),
    )


def tempo(said: Tempo, names: Mapping[str, str], drawn: bool) -> str:
    seconds = number(said.seconds, 1 if said.seconds < 10 else 0)
    values = {"seconds": seconds, "score": percent(said.score), "n": number(said.n)}
    return say(_TEMPO[said.mark, said.tone], **values)


def trend(said: Trend, names: Mapping[str, str], drawn: bool) -> str:
    values = {"start": percent(said.start), "end": percent(said.end)}
    return say(_TREND[said.tone], **values, days=said.days, n=number(said.n))


def retried(said: Retried, names: Mapping[str, str], drawn: bool) -> str:
    values = {"first": percent(said.first), "retry": percent(said.retry)}
    return say(_RETRIED[said.tone], **values, n=number(said.n), retry_n=number(said.retry_n))
