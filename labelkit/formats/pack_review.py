"""The rules of inspection of a pack.json."""

from dataclasses import fields

from labelkit.domain.errors import Invalid
from labelkit.domain.review_rules import ReviewRules
from labelkit.formats.pack_json import Node


def read_review(node: Node) -> ReviewRules:
    """The rules that `node` names, the others as they are by default; every value that cannot be is noted."""
    if node.value is None:
        return ReviewRules()
    node = node.fields(*(field.name for field in fields(ReviewRules)))
    found = {}
    for name, value in node.raw().items():
        try:
            ReviewRules.from_json({name: value})
            found[name] = value
        except Invalid as refusal:
            if name in ReviewRules.__slots__:
                node.faults.add_refusal(node[name].place, refusal)
    return ReviewRules(**found)
