"""Every sentence that a person may read is there in Korean, with the same values in it.

Two commands gather new sentences into the catalogue and take those out that nobody says any more;
what is left to do is to fill in each empty msgstr of labelkit/translations/ko/LC_MESSAGES/messages.po:

    pybabel extract -F labelkit/translations/babel.cfg -k say -k say_many:1,2 \\
        --sort-output --no-location -o build/messages.pot .
    pybabel update -i build/messages.pot -d labelkit/translations -l ko \\
        --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 110
"""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from labelkit.domain import errors
from labelkit.domain.errors import Refused
from labelkit.domain.particles import settle_particles

TOP = Path(__file__).parents[1]
TRANSLATIONS = TOP / "labelkit" / "translations"
KOREAN = TRANSLATIONS / "ko" / "LC_MESSAGES" / "messages.po"
KEYWORDS = DEFAULT_KEYWORDS | {"say": None, "say_many": (1, 2)}
VALUE = re.compile(r"%\((\w+)\)[sd]")
PARTICLES = "을|를|이|가|은|는|과|와|으로|로|이에요|예요"


@pytest.fixture(scope="module")
def said():
    """Each sentence in code and templates, as the tuple of its singular and plural, and where it stands."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    places = {}
    for file, line, sentence, *_ in extract_from_dir(TOP, methods, options, keywords=KEYWORDS):
        forms = sentence if isinstance(sentence, tuple) else (sentence,)
        places.setdefault(forms, f"{Path(file).as_posix()}:{line}")
    return places


@pytest.fixture(scope="module")
def korean():
    with KOREAN.open("rb") as file:
        return read_po(file, locale="ko", abort_invalid=True)


@pytest.fixture(scope="module")
def translated(said, korean):
    """Pairs of the forms of a sentence and its forms in Korean, for the sentences that have any."""
    found = ((forms, korean.get(forms[0])) for forms in said)
    return [(forms, forms_of(message.string)) for forms, message in found if message and message.string]


def forms_of(string):
    return string if isinstance(string, tuple) else (string,)


def values_in(*forms):
    return {found[0] for form in forms for found in VALUE.finditer(form)}


def test_sentences_of_code_and_templates_are_found(said):
    assert ("You missed one %(gold)s.",) in said  # N_
    assert ("Saved.",) in said  # say
    assert any(place.startswith("templates/") for place in said.values())
    assert any(len(forms) == 2 for forms in said)  # with a plural


def test_every_sentence_is_there_in_korean(said, korean):
    missing = []
    for forms, place in said.items():
        message = korean.get(forms[0])
        if message is None or message.fuzzy or not all(forms_of(message.string)):
            missing.append(f"{place}: {forms[0]}")

    assert not missing, "\n".join(missing)


def test_a_plural_is_a_plural_in_the_catalogue_too(said, korean):
    other = [
        forms[0] for forms in said if (message := korean.get(forms[0])) and forms_of(message.id) != forms
    ]

    assert not other


def test_no_sentence_is_said_both_with_and_without_a_plural(said):
    firsts = [forms[0] for forms in said]

    assert not [first for first in set(firsts) if firsts.count(first) > 1]


def test_korean_holds_the_same_values(translated):
    different = [
        f"{forms[0]} → {string}"
        for forms, strings in translated
        for string in strings
        if values_in(string) != values_in(*forms)
    ]

    assert not different


def test_korean_can_be_filled_in(translated):
    for forms, strings in translated:
        filled = dict.fromkeys(VALUE.findall(" ".join(forms)), 3)
        for string in strings:
            assert not filled or string % filled


def test_a_particle_after_a_value_is_left_to_suit_it(translated):
    fixed = re.compile(rf"%\(\w+\)[sd][”’\"')]*({PARTICLES})(?![가-힣])")

    assert not [string for _, strings in translated for string in strings if fixed.search(string)]


def test_every_particle_in_brackets_is_one_that_can_be_settled(translated):
    in_brackets = re.compile(r"\[[가-힣]+\]")
    examples = [(string, VALUE.sub("차", string)) for _, strings in translated for string in strings]

    assert not [string for string, filled in examples if in_brackets.search(settle_particles(filled))]


def test_the_catalogue_holds_nothing_that_nobody_says(said, korean):
    known = {forms[0] for forms in said}

    left = [forms_of(message.id)[0] for message in korean if message.id]
    unsaid = [sentence for sentence in left if sentence not in known]

    assert not unsaid, "\n".join(unsaid)
    assert not korean.obsolete


def refusals():
    return {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Refused)
    }


def test_every_refusal_is_marked_for_translation():
    kinds = refusals()
    unmarked = [
        f"{path.relative_to(TOP)}:{call.lineno}"
        for path in (TOP / "labelkit").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in kinds
        and any(isinstance(argument, ast.Constant | ast.JoinedStr) for argument in call.args)
    ]

    assert not unmarked
