"""Languages: which one a person reads, and every sentence in it."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request, session
from flask_babel import Babel, get_locale
from markupsafe import Markup

from labelkit.domain.errors import Refused
from labelkit.domain.particles import settle_particles

LANGUAGES = ("ko", "en")
_FOLDER = Path(__file__).parents[1] / "translations"


@cache
def _catalogue(language: str) -> NullTranslations:
    """A catalogue, read from its .po file: nothing to compile, and nothing to forget to compile."""
    path = _FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():  # English is what the sentences are written in
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    write_mo(compiled := BytesIO(), catalogue)
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """The language of this request, "ko" or "en"."""
    found: str | None = g.get("language")
    if found is None:  # a page asks a thousand times
        locale = get_locale()
        found = g.language = "en" if locale is not None and locale.language == "en" else "ko"
    return found


def _choose() -> str:
    """`?lang=` (which lasts for the visit), then the account, then what the browser asks for, else Korean."""
    person = g.get("me")
    for asked in (request.args.get("lang"), session.get("language"), person.language if person else None):
        if asked in LANGUAGES:
            return str(asked)
    return request.accept_languages.best_match(LANGUAGES) or "ko"


def _remember_asked_language() -> None:
    if (asked := request.args.get("lang")) in LANGUAGES:
        session["language"] = asked


def say(sentence: str, **values: object) -> str:
    """A sentence in the language of the reader, with its values; a refusal among them is said too."""
    translated = _catalogue(language()).gettext(sentence)
    return settle_particles(translated % _said(values)) if values else translated


def say_many(one: str, many: str, num: int, **values: object) -> str:
    """A sentence with a count in it, in the form that the count asks for."""
    translated = _catalogue(language()).ngettext(one, many, num)
    return settle_particles(translated % _said({"num": num, **values}))


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {key: refusal(value) if isinstance(value, Refused) else value for key, value in values.items()}


def refusal(problem: Refused) -> str:
    """A refusal in the language of the reader."""
    return say(problem.sentence, **problem.values)


def _say_html(sentence: str, **values: object) -> Markup:
    """`say` for templates: the sentence is ours, its values are escaped."""
    translated = Markup(_catalogue(language()).gettext(sentence))
    return Markup(settle_particles(translated % values)) if values else translated


def _say_many_html(one: str, many: str, num: int, **values: object) -> Markup:
    translated = Markup(_catalogue(language()).ngettext(one, many, num))
    return Markup(settle_particles(translated % {"num": num, **values}))


def init_app(app: Flask) -> None:
    babel = Babel(configure_jinja=False)
    babel.init_app(app, default_locale="ko", locale_selector=_choose)
    app.before_request(_remember_asked_language)
    app.jinja_env.globals.update({"_": _say_html, "ngettext": _say_many_html})
    app.context_processor(lambda: {"language": language()})
