"""Questions in a pack: each brings its choices, under letters that the project knows."""

import pytest
from sqlalchemy import select

from labelkit.domain.errors import Invalid
from labelkit.domain.questions import Question
from labelkit.domain.texts import Texts
from labelkit.formats.pack import PackErrors, read_pack
from labelkit.services import projects
from labelkit.store.models import Item
from tests.formats.packs import question_pack, write

HOW_MANY = Question(
    Texts("컵이 몇 개예요?", "How many cups?"), {"a": Texts("한 개", "One"), "b": Texts("두 개", "Two")}
)
ONE = {"en": "One"}


def spoilt(tmp_path, **fields) -> list[str]:
    """What is wrong with a pack whose question has these fields instead; None leaves one out."""
    files = question_pack()
    item = files["items/items.json"][0] | fields
    files["items/items.json"] = [{name: value for name, value in item.items() if value is not None}]
    with pytest.raises(PackErrors) as caught:
        read_pack(write(tmp_path / "pack", files))
    return [str(error) for error in caught.value.errors]


def test_an_item_brings_its_question_and_choices_in_the_order_of_the_letters(tmp_path):
    (item,) = read_pack(write(tmp_path, question_pack())).items

    assert item.question == HOW_MANY
    assert [*item.question.choices] == ["a", "b"]
    assert (item.text, item.picture, item.language) == (None, None, None)


def test_a_project_keeps_its_questions(session, pictures, tmp_path):
    project = projects.add_pack(session, pictures, read_pack(write(tmp_path, question_pack())))
    session.expire_all()

    kept = session.scalars(select(Item).where(Item.project_id == project.id)).one()
    assert kept.question == HOW_MANY


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"question": None}, "question: This is missing."),
        ({"choices": None}, "choices: This is missing."),
        ({"choices": ["a", "b"]}, "choices: This is not an object with fields."),
        ({"choices": {"b": ONE}}, "choices: A question has 2 to 6 choices."),
        ({"choices": dict.fromkeys("abcdefg", ONE)}, "choices: A question has 2 to 6 choices."),
        ({"choices": {"a": ONE, "b": ONE, "x": ONE}}, "choices: The field “x” is not known."),
        ({"choices": {"a": ONE, "b": {}}}, "choices, b: This text is missing in Korean and in English."),
    ],
)
def test_a_fault_of_a_question_is_told_with_its_place(tmp_path, fields, fault):
    assert spoilt(tmp_path, **fields)[0] == f"items/items.json, q-1, {fault}"


def test_a_question_is_no_text(tmp_path):
    assert spoilt(tmp_path, text="컵") == ["items/items.json 1: The field “text” is not known."]


def test_gold_can_only_be_a_choice_of_its_own_question(tmp_path):
    files = question_pack()
    files["gold.json"]["gold"][0]["accepted"] = [{"labels": ["c"]}]

    with pytest.raises(PackErrors, match="q-1, accepted 1: This project does not know that label"):
        read_pack(write(tmp_path, files))


def test_gold_is_held_against_its_question_once_more_before_it_is_stored(session, pictures, tmp_path):
    pack = read_pack(write(tmp_path, question_pack()))
    pack.gold[0].accepted[0]["labels"] = ["c"]

    with pytest.raises(
        Invalid, match=r"^The gold of q-1 is not valid: This project does not know that label\.$"
    ):
        projects.add_pack(session, pictures, pack)


def test_labels_at_fault_are_not_told_a_second_time_by_each_question(tmp_path):
    files = question_pack()
    files["pack.json"]["labels"] = []

    with pytest.raises(PackErrors) as caught:
        read_pack(write(tmp_path, files))

    assert [str(error) for error in caught.value.errors] == [
        "pack.json, labels: A project needs at least one label."
    ]
