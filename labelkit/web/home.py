"""The start page, everybody's home, and what belongs to no area."""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, g, jsonify, redirect, request, session, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from labelkit import __version__
from labelkit.domain.people import Role
from labelkit.domain.rework import Rejections
from labelkit.domain.texts import Texts
from labelkit.services import (
    dispute_desk,
    disputes,
    mine,
    notices,
    practice,
    queue,
    reports,
    rework,
    run_items,
    runs,
    users,
)
from labelkit.store.models import Submission
from labelkit.tasktypes import TASK_TYPES
from labelkit.web import my_scores, words
from labelkit.web.access import me
from labelkit.web.coaching import ShownStatement, headlines
from labelkit.web.htmx import render
from labelkit.web.pictures import picture_url
from labelkit.web.shown import excerpt
from labelkit.web.shown_corrections import shown_correction
from labelkit.web.shown_disputes import shown_disputes
from labelkit.web.shown_rework import ShownRework
from labelkit.web.shown_runs import ShownRun
from labelkit.web.transaction import database
from labelkit.web.words import LANGUAGES, say

bp = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A project's card on the home page."""

    slug: str
    title: Texts
    summary: Texts
    task_type: str
    task_type_title: str
    covers: list[str]
    excerpt: str
    done: int
    total: int
    round: int
    standing: float | None
    standing_n: int
    waiting: int
    rejected: int

    @property
    def is_left(self) -> bool:
        """True where the round has items left."""
        return self.done < self.total


def _shown(card: reports.Card) -> ShownCard:
    project = card.project
    return ShownCard(
        slug=project.slug,
        title=project.title,
        summary=project.summary,
        task_type=project.task_type,
        task_type_title=say(TASK_TYPES[project.task_type].title),
        covers=[picture_url(item.picture) for item in card.covers if item.picture],
        excerpt=next(filter(None, map(excerpt, card.covers)), ""),
        done=card.done,
        total=card.total,
        round=card.round,
        standing=card.standing.value,
        standing_n=card.standing.n,
        waiting=card.waiting,
        rejected=card.rejected,
    )


@bp.get("/")
def start() -> Response:
    """What labelkit is, for whoever is not signed in; home for whoever is."""
    if g.me is None:
        settings = current_app.config["SETTINGS"]
        people = users.local_people(database()) if settings.demo else []
        return render("home/start", people=people, signup=settings.signup, next=request.args.get("next", ""))
    return _home()


def _home() -> Response:
    """Somebody's home: what waits first, then where to go on, then all there is."""
    cards = [card for card in reports.cards(database(), me()) if not card.project.archived]
    inspects = me().role is not Role.WORKER
    return render(
        "home/home",
        cards=[_shown(card) for card in cards],
        offer=run_items.offer(cards),
        new=runs.is_new(database(), me()),
        run=(run := _running()),
        resume=(resume := _resumed()),
        weakness=None if run or resume else _weakness(),
        returned=_returned(),
        corrected=[_corrected(one) for one in reports.corrected(database(), me())],
        waiting=queue.count_waiting(database(), me()) if inspects else 0,
        disputed=dispute_desk.count_waiting(database(), me()) if inspects else 0,
        notices=notices.mine(database(), me()),
        answered=shown_disputes(database(), disputes.answered(database(), me())),
    )


def _running() -> ShownRun | None:
    """My run that has not ended; its place is the number of what was sent, and one."""
    run = runs.unfinished(database(), me())
    return ShownRun.of(run, runs.count_sent(database(), run) + 1) if run else None


def _weakness() -> ShownStatement | None:
    """What is worth practising first, by all that my answers show so far."""
    places = [place for place in mine.places(database(), me()) if not place.project.archived]
    told = headlines(
        [(place.project, place.counts) for place in places],
        lambda project: my_scores.linker(url_for("scores.mine"), project),
    )
    return next((one for one in told if one.practise), None)


def _resumed() -> dict[str, object] | None:
    """Where I stopped: the item I looked at last and have not sent."""
    opened = reports.resume(database(), me())
    if opened is None:
        return None
    position, total = practice.position(database(), opened)
    picture = opened.item.picture
    return {
        "url": url_for("work.item", assignment_id=opened.id),
        "title": opened.project.title,
        "picture_url": picture and picture_url(picture),
        "position": position,
        "total": total,
    }


def _returned() -> list[dict[str, object]]:
    """What inspectors sent back to me."""
    found = reports.returned(database(), me())
    counts = rework.of_many(database(), found) if found else {}
    return [_sent_back(one, counts[one.id]) for one in found]


def _sent_back(submission: Submission, rejections: Rejections) -> dict[str, object]:
    """What an inspector sent back, with the reasons in short."""
    reasons = submission.review.reasons if submission.review else []
    return {
        "url": url_for("work.result", submission_id=submission.id),
        "title": submission.project.title,
        "rework": ShownRework.counted(submission, rejections),
        "reason": " ".join(Texts.from_json(reason["text"]).pick(words.language()) for reason in reasons),
    }


def _corrected(submission: Submission) -> dict[str, object]:
    """What an inspector corrected, with the first of the differences."""
    pair = shown_correction(submission, me())
    return {
        "url": url_for("work.result", submission_id=submission.id),
        "title": submission.project.title,
        "difference": pair.differences[0] if pair and pair.differences else "",
    }


@bp.post("/notices/<int:notice_id>")
def put_away(notice_id: int) -> AnyResponse:
    """Let a notice be gone."""
    notices.put_away(database(), me(), notice_id)
    return redirect(url_for("home.start"), 303)


@bp.post("/language")
def language() -> AnyResponse:
    """Switch the language: for the account where there is one, else for this visit."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if g.me is not None:
            users.set_language(g.me, chosen)
    return redirect(local_path(request.form.get("next", "")), 303)


def local_path(path: str) -> str:
    """`path` where it stays on this site, else the start page."""
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if safe and path.isprintable() else url_for("home.start")


@bp.get("/healthz")
def healthz() -> Response:
    """200 when the database answers."""
    database().execute(text("SELECT 1"))
    return jsonify(status="ok", version=__version__)
