"""The rules of inspection in a pack: read, refused with their place, and taken into the project."""

import pytest

from labelkit.domain.review_rules import ReviewRules
from labelkit.formats.pack import PackErrors, read_pack
from labelkit.services import projects
from tests.formats.packs import box_pack, text_pack, write


def with_review(review, files=None):
    files = files or box_pack()
    files["pack.json"]["review"] = review
    return files


def test_what_is_left_out_is_as_by_default(tmp_path):
    assert read_pack(write(tmp_path / "none", box_pack())).review == ReviewRules()
    some = with_review({"sample_percent": 20, "rework_hours": 26, "rework_limit": 3})
    assert read_pack(write(tmp_path / "some", some)).review == ReviewRules(
        sample_percent=20, rework_hours=26, rework_limit=3
    )


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ([], ["pack.json, review: This is not an object with fields."]),
        ({"samples": 5}, ["pack.json, review: The field “samples” is not known."]),
        (
            {"sample_percent": 7, "overlap": 1, "seed": 9, "dispute_days": None},
            [
                "pack.json, review, sample_percent: “sample_percent” goes in steps of 5.",
                "pack.json, review, overlap: The rule “overlap” must be from 2 to 20.",
                "pack.json, review, seed: The seed is a text of at most 40 characters.",
                "pack.json, review, dispute_days: The rule “dispute_days” must be a whole number.",
            ],
        ),
    ],
)
def test_every_value_that_cannot_be_is_named_with_its_place(tmp_path, review, said):
    with pytest.raises(PackErrors) as caught:
        read_pack(write(tmp_path, with_review(review)))

    assert [str(error) for error in caught.value.errors] == said


def test_the_project_has_the_rules_of_its_pack(tmp_path, session, pictures):
    pack = read_pack(write(tmp_path, with_review({"overlap": 3, "seed": "autumn"}, text_pack())))

    assert projects.add_pack(session, pictures, pack).review_rules == ReviewRules(overlap=3, seed="autumn")
