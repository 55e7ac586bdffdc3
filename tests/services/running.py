"""Runs as tests go through them: begun, answered to their end."""

from labelkit.domain.projects import Feedback
from labelkit.domain.runs import RunKind
from labelkit.domain.scores import ErrorKind
from labelkit.services import practice, runs, submissions
from labelkit.services.submissions import Sent
from labelkit.store.models import Project, Run
from tests.make import RIGHT, make_project

TYPES = ("bbox", "image_class", "text_class", "choice")


def make_site(session):
    """A project of each task type that answers at once, and one that answers after a review."""
    make_project(session, items=5, feedback=Feedback.AFTER_REVIEW)
    return [make_project(session, task_type=key, items=5) for key in TYPES]


def send(session, me, assignment, answers=RIGHT):
    project = session.get_one(Project, assignment.project_id)
    practice.show(practice.find_mine(session, me, assignment.id))
    sent = Sent(answers[project.task_type], assignment.revision, f"key-{assignment.id}")
    return submissions.submit(session, me, assignment.id, sent)


def send_all(session, me, assignment, answers=RIGHT):
    """Answer a run to its end; the run and what was sent in it."""
    run, sent = session.get_one(Run, assignment.run_id), []
    while assignment:
        sent.append(send(session, me, assignment, answers))
        assignment = runs.go_on(session, run)
    return run, sent


def start(session, me, kind, project=None):
    match kind:
        case RunKind.DIAGNOSIS:
            return runs.start_diagnosis(session, me)
        case RunKind.SILENT:
            return runs.start_silent(session, me)
        case RunKind.WEAKNESS:
            return runs.start_weakness(session, me, project.slug, kind=ErrorKind.MISSING)


def run_of(session, assignment):
    return session.get_one(Run, assignment.run_id)
