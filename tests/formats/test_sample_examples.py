"""The clauses of the box packs show original, right and wrong on objects that carry the error."""

from io import BytesIO

import pytest
from PIL import Image

from labelkit.domain.projects import Aim, Clause, ClauseGroup, Split
from labelkit.formats.pack import Pack
from labelkit.tasktypes import TASK_TYPES
from tests.formats.test_sample_boxes import PACKS

SHOWN = (ClauseGroup.TIGHT, ClauseGroup.HIDDEN)
# What the border cuts is not scored in this pack, so no answer to it is wrong.
WITHOUT = {("shelf", "G-09")}

every_aim = pytest.mark.parametrize(
    ("pack", "clause"),
    [(pack, one) for pack in PACKS.values() for one in pack.guide.clauses if one.example],
    ids=lambda one: getattr(one, "slug", None) or one.id,
)


def shown_by(pack: Pack, aim: Aim):
    kind = TASK_TYPES[pack.task_type]
    rules = kind.parse_rules(pack.rules)
    (item,) = [one for one in pack.items if one.key == aim.item]
    accepted = [
        kind.parse(one, pack.labels, rules, gold=True) for one in pack.current_gold()[item.key].accepted
    ]
    with Image.open(BytesIO(item.read_picture())) as image:
        size = image.size
    example = kind.example(aim.error, accepted, "seed", pack.labels, rules, size=size, aim=aim)
    return item, accepted[0].regions[aim.region - 1], example


@pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))
def test_each_clause_on_tight_and_hidden_aims_at_an_object(pack: Pack):
    bare = {(pack.slug, one.id) for one in pack.guide.clauses if one.group in SHOWN and not one.example}

    assert bare <= WITHOUT


@every_aim
def test_the_object_is_there_to_be_inspected_and_carries_the_error(pack: Pack, clause: Clause):
    item, region, example = shown_by(pack, clause.example)

    assert item.split is Split.INSPECT
    assert example.finding.kind is clause.example.error
    assert example.right.regions == (region,)
