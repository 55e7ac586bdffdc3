"""What somebody sees and sends who practises inspecting on the pages."""

from dataclasses import replace

from labelkit.domain.projects import Reason, Split
from labelkit.domain.simulated_inspector import SimulatedInspector
from labelkit.domain.texts import Texts
from labelkit.services import inspection_practice
from labelkit.store.models import Exercise, Project
from tests.make import RIGHT, box, boxes, make_guide, make_item, make_project
from tests.web.visits import follow

BOX_KINDS = ("missing", "extra", "duplicate", "wrong_label", "misplaced", "loose", "cut", "shifted")
KINDS = (*BOX_KINDS, "false_unusable")
OBJECTS = boxes(
    box("car", 20, 20, 80, 60),
    box("person", 140, 30, 40, 90),
    box("car", 210, 60, 90, 50),
    box("car", 30, 150, 90, 60),
)


def with_items(session, task_type, items, gold=None, kinds=KINDS):
    """A project to inspect in, whose guide has a reason for each of these kinds of error."""
    found = make_project(session, task_type=task_type, items=0)
    reasons = tuple(Reason(key, "G-01", Texts(key, f"The {key} reason.")) for key in kinds)
    found.guide = replace(make_guide(kinds), reasons=reasons)
    for position in range(items):
        make_item(session, found, position=position, split=Split.INSPECT, gold=[gold or RIGHT[task_type]])
    session.flush()
    return found


def begin(client, project):
    return follow(client.post("/inspection-practice/next", data={"project": project.slug}))


def shown(session, address):
    return session.get_one(Exercise, int(address.rpartition("/")[2].partition("?")[0]))


def begin_with(client, session, project, *, faulty):
    """Go on until a result is shown that is faulty, or right."""
    while True:
        address = begin(client, project)
        if bool(shown(session, address).faults) is faulty:
            return address
        client.post(address, data={"verdict": "accepted"})


def perfect(session, address, **inspector):
    """What a simulated inspector sends for the result at an address; a perfect one, unless told otherwise."""
    exercise = shown(session, address)
    guide = session.get_one(Project, exercise.project_id).guide
    faults = inspection_practice.faults_of(exercise)
    return form_of(SimulatedInspector(**inspector).decide(faults, guide))


def form_of(decision):
    if decision.accepted:
        return {"verdict": "accepted"}
    form = {"verdict": "rejected", "reason": decision.reason}
    if isinstance(decision.place, int):
        return form | {"place": str(decision.place)}
    return form | {"place": "missing", "x": str(decision.place[0]), "y": str(decision.place[1])}
