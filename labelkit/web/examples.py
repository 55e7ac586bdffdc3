"""The triples of a guide, as its pages show them."""

from dataclasses import dataclass
from typing import Any

from labelkit.services import examples
from labelkit.services.examples import GuideExample
from labelkit.store.models import Picture, Project
from labelkit.web.access import me
from labelkit.web.findings import finding_sentence
from labelkit.web.pictures import picture_url, preview_url
from labelkit.web.transaction import database


@dataclass(frozen=True, slots=True)
class ShownExample:
    """What a right and a wrong answer mark, and what is said of the wrong one; `view` is the crop."""

    url: str
    picture: Picture
    view: tuple[float, float, float, float]
    right: Any
    wrong: Any
    sentence: str


def shown_examples(project: Project) -> dict[str, ShownExample]:
    """Clause id to the triple under it; showing them is written down."""
    found = examples.of_guide(database(), me(), project)
    shown = {clause: _shown(one, project) for clause, one in found.items()}
    return {clause: example for clause, example in shown.items() if example}


def _shown(one: GuideExample, project: Project) -> ShownExample | None:
    picture, example = one.item.picture, one.example
    if picture is None:
        return None
    return ShownExample(
        url=preview_url(picture) or picture_url(picture),
        picture=picture,
        view=example.view,
        right=example.right,
        wrong=example.wrong,
        sentence=finding_sentence(example.finding, project),
    )
