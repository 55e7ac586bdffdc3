"""What was set aside, clipped or not used when two files were compared: nothing is dropped in silence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from labelkit.domain.bulk import BulkScores
from labelkit.domain.diagnosis import Place
from labelkit.formats.coco_pairs import Comparison


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before trusting a score: how often it holds, and of what, where names help."""

    key: str
    text: str
    count: int
    names: Sequence[str] = ()

    @classmethod
    def of(cls, key: str, text: str, names: Iterable[str]) -> "Note":
        named = tuple(names)
        return cls(key, text, len(named), named)


def notes(compared: Comparison, scores: BulkScores) -> list[Note]:
    """All notes that hold at least once: about images, labels, and boxes."""
    found = (
        *_about_images(compared),
        *_about_sizes(compared),
        *_about_labels(compared),
        *_about_boxes(compared, scores),
    )
    return [note for note in found if note.count]


def _about_images(compared: Comparison) -> Iterator[Note]:
    gold, answers, scene = compared.gold.file.images, compared.answers.file.images, compared.scene
    pairs = [(number, ours) for number, ours in enumerate(scene.tolist()) if ours >= 0]
    by_id = (gold.title(ours) for number, ours in pairs if answers.names[number] != gold.names[ours])
    yield Note.of("images_matched_by_id", "images matched by id, as their file names do not tell", by_id)
    foreign = (answers.title(number) for number, ours in enumerate(scene.tolist()) if ours < 0)
    yield Note.of("images_only_in_answers", "images that gold lacks: not scored", foreign)
    left = np.setdiff1d(np.arange(len(gold)), scene).tolist()
    text = "images that the answers lack: scored as if nothing was marked"
    yield Note.of("images_only_in_gold", text, map(gold.title, left))


def _about_sizes(compared: Comparison) -> Iterator[Note]:
    gold, answers, scene = compared.gold.file.images, compared.answers.file.images, compared.scene
    theirs = np.full_like(gold.sizes, np.inf)
    theirs[scene[scene >= 0]] = answers.sizes[scene >= 0]
    told = np.isfinite(gold.sizes), np.isfinite(theirs)
    differ = np.flatnonzero((told[0] & told[1] & (gold.sizes != theirs)).any(axis=1)).tolist()
    text = "images that gold gives another size: compared as they are"
    yield Note.of("images_of_other_size", text, map(gold.title, differ))
    unknown = np.flatnonzero(~(told[0] | told[1]).all(axis=1)).tolist()
    text = "images of unknown size: boxes not clipped"
    yield Note.of("images_without_size", text, map(gold.title, unknown))


def _about_labels(compared: Comparison) -> Iterator[Note]:
    gold, answers = compared.gold.file, compared.answers.file
    used = {answers.labels[label] for label in np.unique(answers.boxes.label[compared.answers.rows])}
    foreign = sorted(used.difference(gold.labels))
    yield Note.of("labels_only_in_answers", "labels that gold lacks: scored as wrong", foreign)
    counts = (Counter(gold.labels), Counter(answers.labels))
    twice = sorted({name for count in counts for name in count if count[name] > 1})
    yield Note.of("labels_shared", "labels that several categories share: taken as one", twice)


def _about_boxes(compared: Comparison, scores: BulkScores) -> Iterator[Note]:
    gold, answers = compared.gold, compared.answers
    boxes, rows = answers.file.boxes, answers.rows
    yield Note("gold_clipped", "gold boxes clipped to their image", gold.clipped)
    yield Note("answers_clipped", "answers clipped to their image", answers.clipped)
    left = len(boxes) - len(rows)
    yield Note("answers_without_gold", "answers in images that gold lacks: counted nowhere", left)
    unsure = int(boxes.unsure[rows].sum())
    yield Note("confidences", "answers with a confidence, which is not used: each counts in full", unsure)
    marked = int((boxes.ignore | boxes.optional | boxes.crowd)[rows].sum())
    text = "answers marked ignore, optional or crowd, as only gold can be: each counts in full"
    yield Note("answers_marked", text, marked)
    of_answers, of_gold = scores.found.answer_place, scores.found.gold_place
    aside = int((of_gold == Place.SET_ASIDE).sum())
    yield Note("gold_set_aside", "gold boxes that are ignored or crowds: never missed", aside)
    aside = int((of_answers == Place.SET_ASIDE).sum())
    yield Note("answers_set_aside", "answers on ignored or crowd gold: counted nowhere", aside)
    left = int((of_gold == Place.NOT_TAKEN).sum())
    yield Note("optional_left_out", "optional gold boxes left out: no mistake", left)
