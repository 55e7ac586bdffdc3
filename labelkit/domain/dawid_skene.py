"""Who is right when people disagree: true classes and each person's error rates at once.

Dawid and Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm,
Applied Statistics 28 (1979) 20-28. People may answer any items, some items more than once, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labelkit.domain.agreement import Key, encode

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """What the answers say about the items and about the people; all keys are sorted.

    posterior   (items, classes): probability that the item truly is of the class; rows sum to 1
    confusion   (workers, classes, classes): probability that the worker says the class on the last
                axis when the truth is the one on the middle axis; sums to 1 over the last
    priors      (classes,): share of each class among the items
    """

    items: tuple[Key, ...]
    workers: tuple[Key, ...]
    classes: tuple[Key, ...]
    posterior: Floats
    confusion: Floats
    priors: Floats
    log_likelihood: float
    iterations: int
    converged: bool

    def likeliest(self) -> dict[Key, Key]:
        """The likeliest class of each item; ties go to the class that sorts first."""
        return {
            item: self.classes[best]
            for item, best in zip(self.items, self.posterior.argmax(axis=1), strict=True)
        }

    def accuracy(self) -> dict[Key, float]:
        """The share of right answers that each worker would give on items like these, in [0, 1]."""
        right = np.einsum("wcc,c->w", self.confusion, self.priors)
        return {worker: float(share) for worker, share in zip(self.workers, right, strict=True)}


@dataclass(frozen=True, slots=True)
class _Answers:
    """Three columns of positions, one row an answer: item, worker, class; and how many of each."""

    item: Codes
    worker: Codes
    chosen: Codes
    shape: tuple[int, int, int]


def dawid_skene(
    items: Sequence[Key],
    workers: Sequence[Key],
    classes: Sequence[Key],
    *,
    tolerance: float = 1e-9,
    max_iterations: int = 500,
) -> DawidSkene:
    """Estimate by EM from three columns: answer j says that `items[j]` is of class `classes[j]`.

    Starts from the share of votes per item; the same answers give the same result in any order.
    Ends when the log-likelihood gains less than `tolerance` of its size, or unconverged after
    `max_iterations`. Where a worker never met a class, that row of confusion is even: nothing is
    known of it. Raises ValueError without answers or if the columns differ in length.
    """
    if not len(items) == len(workers) == len(classes) > 0:
        raise ValueError("Dawid-Skene needs three columns of equal length, with at least one answer")
    (item_keys, item), (worker_keys, worker), (class_keys, chosen) = map(encode, (items, workers, classes))
    answers = _in_order(item, worker, chosen)
    posterior = _votes(answers)
    before, converged, iterations = -np.inf, False, 0
    while not converged and iterations < max(1, max_iterations):
        priors, confusion = _error_rates(answers, posterior)
        posterior, now = _true_classes(answers, priors, confusion)
        converged = now - before <= tolerance * (1 + abs(now))
        before, iterations = now, iterations + 1
    return DawidSkene(
        item_keys, worker_keys, class_keys, posterior, confusion, priors, before, iterations, converged
    )


def _in_order(item: Codes, worker: Codes, chosen: Codes) -> _Answers:
    """The answers in one fixed order: sums of floats depend on it, in their last bits."""
    order = np.lexsort((chosen, worker, item))
    shape = (int(item.max()) + 1, int(worker.max()) + 1, int(chosen.max()) + 1)
    return _Answers(item[order], worker[order], chosen[order], shape)


def _votes(answers: _Answers) -> Floats:
    """The share of each class among the answers to each item, shape `(items, classes)`."""
    items, _, classes = answers.shape
    votes: Floats = np.zeros((items, classes))
    np.add.at(votes, (answers.item, answers.chosen), 1)
    votes /= votes.sum(axis=1, keepdims=True)
    return votes


def _error_rates(answers: _Answers, posterior: Floats) -> tuple[Floats, Floats]:
    """The M step: class shares `(classes,)` and confusion, taking the posterior for the truth."""
    _, workers, classes = answers.shape
    said = np.zeros((workers, classes, classes))  # worker, what was said, what was true
    np.add.at(said, (answers.worker, answers.chosen), posterior[answers.item])
    confusion = said.transpose(0, 2, 1)
    met = confusion.sum(axis=2, keepdims=True)
    even = np.full_like(confusion, 1 / classes)
    return posterior.mean(axis=0), np.divide(confusion, met, out=even, where=met > 0)


def _true_classes(answers: _Answers, priors: Floats, confusion: Floats) -> tuple[Floats, float]:
    """The E step: posterior `(items, classes)` and the log-likelihood of all answers.

    An answer that rules a class out has log 0 = -inf there. Some class of each item stays possible:
    the one that the step before held likely gave these very answers a weight.
    """
    items, _, classes = answers.shape
    with np.errstate(divide="ignore"):
        log_priors, log_confusion = np.log(priors), np.log(confusion)
    joint = np.broadcast_to(log_priors, (items, classes)).copy()
    np.add.at(joint, answers.item, log_confusion[answers.worker, :, answers.chosen])
    top = joint.max(axis=1, keepdims=True)
    weight = np.exp(joint - top)
    total = weight.sum(axis=1, keepdims=True)
    return weight / total, float((top + np.log(total)).sum())
