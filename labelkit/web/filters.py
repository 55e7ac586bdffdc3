"""How values look on a page."""

from datetime import date, datetime
from functools import cache

import nh3
from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal, format_timedelta
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from labelkit.domain.texts import Texts
from labelkit.store.types import utc_now
from labelkit.web.words import language, say

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {"p", "br", "strong", "em", "code", "ul", "ol", "li", "h3", "h4", "blockquote", "a"} | {
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def text(value: Texts | None) -> str:
    """A project's text in the language of the reader."""
    return value.pick(language()) if value else ""


def percent(share: float | None) -> str:
    """A share of 0 to 1 in whole percent, without the sign; – where there is none."""
    return "–" if share is None else str(int(share * 100 + 0.5))


def number(value: int | float | None, digits: int = 0) -> str:
    if isinstance(value, int) and abs(value) < 1000:
        return str(value)  # alike in both languages, and most of what a table holds
    return "–" if value is None else str(format_decimal(round(value, digits))).replace("-", "−")


def pixels(value: float) -> str:
    """A signed length in whole pixels; less than one shows its tenth, so that it is not told as 0."""
    rounded = round(value) if abs(value) >= 1 else round(value, 1)
    return f"{rounded:+g} px".replace("-", "−")


def seconds(value: float | None) -> str:
    """A duration: 42 s, 3 min 5 s."""
    if value is None:
        return "–"
    whole = int(value + 0.5)
    if whole < 60:
        return say("%(seconds)d s", seconds=whole)
    return say("%(minutes)d min %(seconds)d s", minutes=whole // 60, seconds=whole % 60)


def ago(moment: datetime) -> Markup:
    """A time relative to now, with the exact one on hover."""
    exact = format_datetime(moment, "medium")
    relative = format_timedelta(moment - utc_now(), add_direction=True)
    return Markup('<time datetime="%s" title="%s">%s</time>') % (moment.isoformat(), exact, relative)


def day(value: date) -> str:
    """A day, or the day of a moment."""
    return str(format_date(value, "medium"))


@cache
def _rendered(source: str) -> str:
    return nh3.clean(str(_MARKDOWN.render(source)), tags=_TAGS, attributes={"a": {"href"}})


def markdown(source: str) -> Markup:
    """Markdown that people wrote for a project, sanitised."""
    return Markup(_rendered(str(source)))


def lines(source: str) -> Markup:
    """Plain text that keeps its line breaks."""
    return Markup("<br>").join(escape(line) for line in source.splitlines())


def init_app(app: Flask) -> None:
    named = {"t": text} | {
        f.__name__: f for f in (percent, number, pixels, seconds, ago, day, markdown, lines)
    }
    app.jinja_env.filters.update(named)
