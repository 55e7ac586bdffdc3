"""A question with its choices, as an item of a pack holds it."""

from collections.abc import Sequence

from labelkit.domain.projects import Label
from labelkit.domain.questions import Question
from labelkit.domain.texts import N_
from labelkit.formats.pack_json import Node

FEWEST, MOST = 2, 6


def read_question(node: Node, labels: Sequence[Label]) -> Question:
    """The fields "question" and "choices" of an item; each choice goes by the key of a label."""
    given = node["choices"]
    choices = given.fields(*(label.key for label in labels)) if labels else given
    keys = [label.key for label in labels if isinstance(given.value, dict) and label.key in given.value]
    if isinstance(given.value, dict) and labels and not FEWEST <= len(keys) <= MOST:
        given.fault(N_("A question has %(fewest)d to %(most)d choices."), fewest=FEWEST, most=MOST)
    return Question(node["question"].texts(), {key: choices[key].texts() for key in keys})
