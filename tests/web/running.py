"""What a person does in a run, in the words of a test."""

from sqlalchemy import select

from labelkit.store.models import Assignment, Project, Run
from tests.make import RIGHT
from tests.web.visits import follow, send

TYPES = ("bbox", "image_class", "text_class")
HTMX = {"HX-Request": "true"}


def start(client, kind="silent", **form):
    return client.post("/runs", data={"kind": kind, **form})


def answer(client, session, address, answers=RIGHT, **changed):
    """Send the right answer, or another one, for the item at an address; where it leads to."""
    assignment = session.get_one(Assignment, int(address.rpartition("/")[2]))
    task_type = session.get_one(Project, assignment.project_id).task_type
    return follow(send(client, address, answers[task_type], **changed))


def answer_all(client, session, address, answers=RIGHT):
    while address.startswith("/work/"):
        address = answer(client, session, address, answers)
    return address


def run_page(session):
    return f"/runs/{session.scalars(select(Run.id).order_by(Run.id.desc())).first()}"
