"""An Annotation is the complete answer for one Item: a value, without author."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One marked object: its label key and [x, y, w, h] in pixels of the upright image.

    The origin is the top left corner and edges are continuous (no +1), as COCO has it.
    `flags` holds what the project asks for ("occluded", "truncated"). `ignore`, `optional` and
    `crowd` have a meaning in gold only: see DESIGN section 4.3 in the scoring module.
    """

    label: str
    x: float
    y: float
    w: float
    h: float
    flags: frozenset[str] = frozenset()
    ignore: bool = False
    optional: bool = False
    crowd: bool = False


@dataclass(frozen=True, slots=True)
class BoxAnnotation:
    """All boxes of one picture. No boxes means "nothing to find"; `unusable`, "cannot be labelled"."""

    regions: tuple[Box, ...] = ()
    unusable: bool = False


@dataclass(frozen=True, slots=True)
class LabelAnnotation:
    """The label, or the set of labels, of one picture or text; or "cannot be labelled"."""

    labels: frozenset[str] = frozenset()
    unusable: bool = False
