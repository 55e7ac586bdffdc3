"""The tags of a street picture follow from what is boxed in it: two packs, one truth."""

import re
from pathlib import Path

import pytest

from labelkit.formats.pack import read_pack

FOLDER = Path(__file__).parents[2] / "sample_data"
STREET, SCENES = read_pack(FOLDER / "street"), read_pack(FOLDER / "street_scene")
BOXES = {item.picture: STREET.current_gold()[item.key].accepted[0]["regions"] for item in STREET.items}
SEEN = {item.picture: item.attributes for item in STREET.items}
LEAST_SIDE = 20  # px, as the guide says
CROWD = 15
PRESENT = {
    "bus_present": "bus",
    "bicycle_present": "bicycle",
    "dog_present": "dog",
    "stop_sign_present": "stop_sign",
}


def answers(item) -> list[set[str]]:
    return [set(answer.get("labels", ())) for answer in SCENES.current_gold()[item.key].accepted]


def count(picture: str, label: str, *, perhaps: bool = False) -> int:
    """How many of these are clearly there; or perhaps: cut by the border, or not scored in the other pack."""
    return sum(
        box["label"] == label
        and not box.get("optional")
        and min(box["box"][2:]) >= LEAST_SIDE
        and (perhaps or not (box.get("ignore") or "truncated" in box.get("flags", [])))
        for box in BOXES[picture]
    )


def test_scenes_are_the_pictures_of_the_street_in_the_same_splits():
    assert [(item.picture, item.source, item.split) for item in SCENES.items] == [
        (item.picture, item.source, item.split) for item in STREET.items
    ]


def test_light_and_viewpoint_are_never_in_doubt():
    for item in SCENES.items:
        weather, view = SEEN[item.picture]["weather"], SEEN[item.picture]["view"]
        expected = {weather} & {"rain", "evening", "dusk"} | (
            {"seen_from_above"} if view == "above" else set()
        )
        for labels in answers(item):
            assert labels - {"crowd", *PRESENT} == expected, item.key


@pytest.mark.parametrize("tag", PRESENT)
def test_what_is_clearly_there_must_be_tagged_and_what_is_not_there_must_not(tag):
    for item in SCENES.items:
        ways = {tag in labels for labels in answers(item)}
        if count(item.picture, PRESENT[tag]):
            assert ways == {True}, item.key
        elif not any(box["label"] == PRESENT[tag] for box in BOXES[item.picture]):
            assert ways == {False}, item.key
        elif not count(item.picture, PRESENT[tag], perhaps=True):
            assert ways == {True, False}, item.key


def test_a_crowd_is_what_the_guide_counts_as_one():
    for item in SCENES.items:
        explanation = SCENES.current_gold()[item.key].explanation
        persons = int(re.search(r"사람 (\d+)명", explanation.ko).group(1))
        first, *others = answers(item)
        assert count(item.picture, "person") <= persons <= count(item.picture, "person", perhaps=True), (
            item.key
        )
        assert f"Persons {persons} " in explanation.en
        assert ("crowd" in first) == (persons >= CROWD), item.key
        if abs(persons - CROWD) > 8:
            assert all(("crowd" in labels) == ("crowd" in first) for labels in others), item.key


def test_the_guide_states_the_numbers():
    for language in ("ko", "en"):
        said = " ".join(clause.text.pick(language) for clause in SCENES.guide.clauses)
        assert all(number in said for number in ("15", f"{LEAST_SIDE} px", "60 %")), language


def test_most_scenes_have_one_answer():
    assert sum(len(answers(item)) == 1 for item in SCENES.items) >= len(SCENES.items) / 2
