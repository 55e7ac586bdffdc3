"""A task type is one key: everything that goes by it is there, and no shared file asks for it."""

import ast
import re
from pathlib import Path
from random import Random

import pytest

from labelkit.domain.consensus import UNUSABLE
from labelkit.domain.errors import Invalid
from labelkit.domain.projects import Label
from labelkit.domain.scores import ErrorKind, Finding, Severity
from labelkit.domain.texts import Texts
from labelkit.tasktypes import TASK_TYPES

TOP = Path(__file__).parents[2]
FILES = (
    "labelkit/tasktypes/{key}.py",
    "templates/tasktypes/{key}/editor.html",
    "templates/tasktypes/{key}/compare.html",
    "templates/tasktypes/{key}/together.html",
    "static/js/tasktypes/{key}.js",
    "tests/tasktypes/test_{key}.py",
)
LABELS = [Label("car", Texts("차", "car"), 1), Label("person", Texts("사람", "person"), 2)]
NO_ANSWERS = [
    None,
    [],
    "text",
    7,
    {},
    {"unusable": False},
    {"unusable": "yes"},
    {"odd": True},
]

each_task_type = pytest.mark.parametrize("kind", TASK_TYPES.values(), ids=TASK_TYPES)


@pytest.mark.parametrize("key", TASK_TYPES)
def test_every_file_of_a_task_type_is_there(key):
    assert not [path for file in FILES if not (TOP / (path := file.format(key=key))).is_file()]


@pytest.mark.parametrize("file", FILES)
def test_no_file_is_left_over_from_a_task_type_that_is_not_listed(file):
    base_classes = {"__init__", "base", "classes", "contract"}
    pattern = re.compile(re.escape(str(TOP / file)).replace(r"\{key\}", "([a-z_]+)"))
    folder, _, rest = file.partition("/{key}" if "/{key}" in file else "/test_{key}")

    there = (pattern.fullmatch(str(path)) for path in (TOP / folder).rglob("*") if path.is_file())

    assert {match[1] for match in there if match} - base_classes <= TASK_TYPES.keys(), rest


@pytest.mark.parametrize("key", TASK_TYPES)
def test_a_task_type_is_listed_under_its_own_key(key):
    assert TASK_TYPES[key].key == key
    assert re.fullmatch("[a-z][a-z_]*", key)


def asks_for_a_key(node: ast.AST) -> bool:
    """Whether this compares something with a key. `"bbox" in raw` does not: COCO has a field of that name."""
    match node:
        case ast.MatchValue(value=word):
            words = [word]
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
            words = [left, right]
        case ast.Compare(comparators=[ast.Tuple(elts=words) | ast.List(elts=words) | ast.Set(elts=words)]):
            pass
        case _:
            return False
    return any(isinstance(word, ast.Constant) and word.value in list(TASK_TYPES) for word in words)


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ('kind == "bbox"', True),
        ('"bbox" != kind', True),
        ('kind in ("bbox", "image_class")', True),
        ('match kind:\n    case "bbox": pass', True),
        ('raw["bbox"]', False),
        ('"bbox" in raw', False),
        ("kind == other", False),
    ],
)
def test_a_question_for_a_task_type_is_told_from_a_word(code, asks):
    assert any(asks_for_a_key(node) for node in ast.walk(ast.parse(code))) is asks


def test_no_shared_module_asks_which_task_type_it_is():
    shared = [path for path in (TOP / "labelkit").rglob("*.py") if path.parent.name != "tasktypes"]

    asking = [
        f"{path.relative_to(TOP)}:{node.lineno}"
        for path in shared
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if asks_for_a_key(node)
    ]

    assert not asking


@each_task_type
def test_rules_have_defaults(kind):
    assert 0 < kind.parse_rules({}).pass_score <= 1


@each_task_type
@pytest.mark.parametrize("raw", NO_ANSWERS, ids=repr)
def test_what_is_no_answer_is_refused(kind, raw):
    with pytest.raises(Invalid):
        kind.parse(raw, LABELS, kind.parse_rules({}), size=(100, 100))


@each_task_type
def test_an_undecided_draft_is_no_answer(kind):
    with pytest.raises(Invalid):
        kind.parse(kind.blank(), LABELS, kind.parse_rules({}), size=(100, 100))


@each_task_type
def test_cannot_be_labelled_is_an_answer_that_survives_writing_and_reading(kind):
    rules = kind.parse_rules({})

    answer = kind.parse({"unusable": True}, LABELS, rules, size=(100, 100))

    assert kind.dump(answer) == {"unusable": True}
    assert kind.score(answer, [answer], rules).value == 1


KEPT = {
    "bbox": [
        {"regions": [{"label": "tram", "box": [1, 2, 30, 40], "flags": ["glare"]}]},
        {"regions": [{"label": "car", "box": [1, 2, 30, 40], "ignore": True}]},
        {"nothing": True},
    ],
    "labels": [{"labels": ["tram"]}, {"labels": ["bus", "car"]}, {"nothing": True}],
}


@each_task_type
def test_what_was_kept_is_read_though_labels_and_rules_have_changed_since(kind):
    for raw in [*KEPT.get(kind.key, KEPT["labels"]), {"unusable": True}]:
        assert kind.dump(kind.read(raw)) == raw


@each_task_type
def test_what_was_admitted_is_read_as_the_same_answer(kind):
    drawn = {"regions": [{"label": "car", "box": [1, 2, 30, 40]}]}
    for raw in (drawn if "regions" in kind.blank() else {"labels": ["car"]}, {"unusable": True}):
        answer = kind.parse(raw, LABELS, kind.parse_rules({}), size=(100, 100))

        assert kind.read(kind.dump(answer)) == answer


@each_task_type
def test_answers_that_say_the_same_are_alike_and_make_that_answer(kind):
    rules, drawn = kind.parse_rules({}), {"regions": [{"label": "car", "box": [1, 2, 30, 40]}]}
    for raw in (drawn if "regions" in kind.blank() else {"labels": ["car"]}, {"unusable": True}):
        answers = [kind.read(raw)] * 3
        units = kind.units(answers, rules)

        assert all(len(unit) == 3 and len(set(unit)) == 1 for unit in units)
        assert kind.likeness(answers, rules).tolist() == [1, 1, 1]
        assert kind.consensus(answers, [unit[0] for unit in units], rules) == answers[0]


@each_task_type
def test_another_label_is_another_class_and_cannot_be_labelled_is_none(kind):
    rules = kind.parse_rules({})
    car, bus = (
        {"regions": [{"label": key, "box": [1, 2, 30, 40]}]} if kind.marks_regions else {"labels": [key]}
        for key in ("car", "bus")
    )
    answers = [kind.read(raw) for raw in (car, bus, {"unusable": True})]

    assert kind.units(answers, rules) == (("car", "bus", UNUSABLE),)
    assert kind.likeness(answers, rules).tolist() == [0, 0, 0]
    assert kind.dump(kind.consensus(answers, ["bus"], rules)) == bus


@each_task_type
def test_a_rejection_is_answered_with_gold_and_right_work_stays(kind):
    rules = kind.parse_rules({})
    car, bus = (
        kind.read(
            {"regions": [{"label": key, "box": [1, 2, 30, 40]}]} if kind.marks_regions else {"labels": [key]}
        )
        for key in ("car", "bus")
    )

    mended, kept = (kind.mend(one, [car], [], Random(1), rules, size=(100, 100)) for one in (bus, car))

    assert kind.score(mended, [car], rules).value == 1
    assert kept == car


@each_task_type
def test_a_label_that_is_no_more_is_refused_in_what_is_sent(kind):
    for raw in KEPT.get(kind.key, KEPT["labels"])[:1]:
        with pytest.raises(Invalid):
            kind.parse(raw, LABELS, kind.parse_rules({}), size=(100, 100))


@each_task_type
@pytest.mark.parametrize("raw", [None, [], "text", {"odd": True}, {"regions": 7, "labels": 7}], ids=repr)
def test_what_never_was_an_answer_is_not_read_as_one(kind, raw):
    with pytest.raises(Invalid):
        kind.read(raw)


@each_task_type
def test_mistakes_are_told_before_warnings(kind):
    warning, fail = (Finding(kind.errors[0], severity) for severity in (Severity.WARNING, Severity.FAIL))
    nothing = kind.read({"unusable": True})

    told = kind.worst_first([warning, fail], nothing, nothing, kind.parse_rules({}))

    assert told == [fail, warning]


@each_task_type
def test_every_error_is_told_in_a_sentence(kind):
    for error in kind.errors:
        assert kind.say(Finding(error, Severity.FAIL)).endswith(".")


@each_task_type
def test_a_task_type_can_miss_what_cannot_be_labelled(kind):
    assert {ErrorKind.FALSE_UNUSABLE, ErrorKind.MISSED_UNUSABLE} <= set(kind.errors)
