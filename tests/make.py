"""Things to test with: plain functions, each with a sensible default for what a test does not care about.

They add to the session and flush. Whether and when it commits is the caller's business; a test's
client commits before each request.
"""

import io
import itertools
import random
from collections.abc import Sequence
from typing import Any

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.annotations import Box, BoxAnnotation
from labelkit.domain.gold_states import GoldState, Made
from labelkit.domain.people import Role
from labelkit.domain.projects import Change, Clause, ClauseGroup, Feedback, Guide, Label, Reason, Split
from labelkit.domain.questions import Question
from labelkit.domain.records import Line, Snapshot, new_code
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.texts import Texts
from labelkit.services import practice, submissions
from labelkit.services.passwords import hashed
from labelkit.services.submissions import Sent
from labelkit.store.models import (
    Gold,
    GoldProposal,
    Item,
    Picture,
    Project,
    Record,
    Submission,
    User,
)
from labelkit.tasktypes import TASK_TYPES

PASSWORD = "a long enough password"
PASSWORD_HASH = hashed(PASSWORD)
SIZE = (320, 240)
LABELS = {
    "bbox": (Label("car", Texts("차", "Car"), 1), Label("person", Texts("사람", "Person"), 2)),
    "image_class": (Label("car", Texts("차", "Car"), 1), Label("bus", Texts("버스", "Bus"), 2)),
    "text_class": (
        Label("refund", Texts("환불", "Refund"), 1),
        Label("delivery", Texts("배송", "Delivery"), 2),
    ),
    "choice": tuple(Label(key, Texts(key.upper()), colour) for colour, key in enumerate("abcd", 1)),
}
QUESTION = Question(
    Texts("박스는 어디까지 그리나요?", "How far does a box reach?"),
    {"a": Texts("보이는 데까지", "What is visible"), "b": Texts("그림 끝까지", "The whole picture")},
)
RIGHT = {
    "bbox": {"regions": [{"label": "car", "box": [40.0, 40.0, 100.0, 80.0]}]},
    "image_class": {"labels": ["car"]},
    "text_class": {"labels": ["refund"]},
    "choice": {"labels": ["a"]},
}
WRONG = {
    "bbox": {"nothing": True},
    "image_class": {"labels": ["bus"]},
    "text_class": {"labels": ["delivery"]},
    "choice": {"labels": ["b"]},
}

_numbers = itertools.count(1)


def box(label: str = "car", x: float = 40, y: float = 40, w: float = 100, h: float = 80, **marks: Any) -> Box:
    return Box(label, x, y, w, h, **marks)


def boxes(*regions: Box) -> dict[str, Any]:
    """The JSON of an answer with these boxes."""
    return TASK_TYPES["bbox"].dump(BoxAnnotation(regions))


def picture_bytes(size: tuple[int, int] = SIZE, kind: str = "PNG") -> bytes:
    """A picture unlike all others that this function made."""
    number = next(_numbers)
    out = io.BytesIO()
    Image.new("RGB", size, (number % 256, number // 256 % 256, 128)).save(out, kind)
    return out.getvalue()


def make_user(
    session: Session,
    username: str = "",
    role: Role = Role.WORKER,
    *,
    active: bool = True,
    simulated: bool = False,
    plain_order: bool = True,
) -> User:
    """A person whose password is PASSWORD, who takes items in their order, so that tests can tell them."""
    username = username or f"{role}-{next(_numbers)}"
    user = User(
        username=username,
        name=username.capitalize(),
        role=role,
        password_hash=PASSWORD_HASH,
        active=active,
        simulated=simulated,
        plain_order=plain_order,
    )
    session.add(user)
    session.flush()
    return user


def make_guide(errors: Sequence[str] = ()) -> Guide:
    clauses = (
        Clause("G-01", ClauseGroup.WHAT, Texts("모든 차를 표시합니다.", "Mark every car.")),
        Clause("G-02", ClauseGroup.TIGHT, Texts("보이는 부분에 꼭 맞춥니다.", "Fit to what is visible.")),
    )
    return Guide(
        version=1,
        purpose=Texts("차를 찾는 연습입니다.", "Practise finding cars."),
        flow=Texts("살펴보고, 표시하고, 제출합니다.", "Look, mark, submit."),
        clauses=clauses,
        reasons=(
            Reason("missing", "G-01", Texts("빠뜨린 객체가 있습니다.", "An object is missing.")),
            Reason("loose", "G-02", Texts("박스가 느슨합니다.", "A box is loose.")),
        ),
        errors=dict.fromkeys(errors, "G-01"),
        changes=(Change(1, "2026-11-23", Texts("처음 만듦", "First version")),),
    )


def make_project(
    session: Session,
    slug: str = "",
    task_type: str = "bbox",
    *,
    feedback: Feedback = Feedback.AT_ONCE,
    items: int = 3,
    **rules: Any,
) -> Project:
    """A project with this many practice items, each with gold; `rules` says only what is not the default."""
    number = next(_numbers)
    slug = slug or f"{task_type}_{number}"
    project = Project(
        slug=slug,
        task_type=task_type,
        position=number,
        title=Texts(f"{slug} 연습", f"{slug} practice"),
        summary=Texts("짧은 소개", "A short summary"),
        feedback=feedback,
        labels=LABELS[task_type],
        rules=rules,
        review_rules=ReviewRules(cross_percent=0),  # a test says itself what is drawn
        guide=make_guide([error.value for error in TASK_TYPES[task_type].errors]),
    )
    session.add(project)
    session.flush()
    for position in range(items):
        make_item(session, project, position=position)
    return project


def make_item(
    session: Session,
    project: Project,
    key: str = "",
    *,
    position: int = 0,
    split: Split = Split.PRACTICE,
    gold: Sequence[dict[str, Any]] | None = None,
    text: str = "환불해 주세요.",
    cover: bool = False,
) -> Item:
    """One item with a picture, a text or a question, as its task type needs; `gold`: accepted answers."""
    key, kind = key or f"item-{next(_numbers)}", TASK_TYPES[project.task_type]
    picture = make_picture(session) if kind.needs_picture else None
    has_text = not kind.needs_picture and not kind.needs_question
    item = Item(
        project_id=project.id,
        key=key,
        position=position,
        picture_id=picture.id if picture else None,
        text=text if has_text else None,
        language="ko" if has_text else None,
        question=QUESTION if kind.needs_question else None,
        source=key,
        split=split,
        difficulty=0.5,
        attributes={},
        cover=cover,
    )
    session.add(item)
    session.flush()
    make_gold(session, item, [RIGHT[project.task_type]] if gold is None else gold)
    return item


def make_contrast(session: Session, project: Project, **options: Any) -> Project:
    """Another project with the pictures of this one, under a guide of its own."""
    other = make_project(session, task_type=project.task_type, items=0, **options)
    for item in session.scalars(select(Item).where(Item.project_id == project.id)).all():
        make_item(session, other, position=item.position).picture_id = item.picture_id
    session.flush()
    return other


def make_picture(session: Session, size: tuple[int, int] = SIZE) -> Picture:
    """A real picture in the data folder of this session's program, and its row."""
    kept = session.info["pictures"].keep(picture_bytes(size), "made.png")
    picture = Picture(digest=kept.digest, media_type=kept.media_type, width=kept.width, height=kept.height)
    session.add(picture)
    session.flush()
    return picture


def make_gold(
    session: Session, item: Item, accepted: Sequence[dict[str, Any]], author: User | None = None
) -> Gold | None:
    """Gold of an item, unless there are no accepted answers."""
    if not accepted:
        return None
    gold = Gold(
        item_id=item.id,
        version=1,
        accepted=list(accepted),
        explanation=Texts("가이드를 보세요.", "See the guide."),
        author_id=author.id if author else None,
    )
    session.add(gold)
    session.flush()
    return gold


def make_proposal(
    session: Session, item: Item, author: User | None, state: GoldState = GoldState.PROPOSED
) -> GoldProposal:
    """Nothing to find, as somebody's proposal for the gold of an item."""
    proposal = GoldProposal(
        item_id=item.id,
        state=state,
        made=Made.DRAWN,
        accepted=[{"nothing": True}],
        explanation=Texts(),
        reason="There is no car.",
        base_version=1,
        author_id=author.id if author else None,
    )
    session.add(proposal)
    session.flush()
    return proposal


def make_submission(
    session: Session, person: User, project: Project, annotation: dict[str, Any] | None = None
) -> Submission:
    """What a person sends for the next item of a project; the right answer, unless told otherwise."""
    assignment = practice.issue_next(session, person, project)
    answer = RIGHT[project.task_type] if annotation is None else annotation
    sent = Sent(answer, assignment.revision, submit_key=f"key-{next(_numbers)}")
    return submissions.submit(session, person, assignment.id, sent)


def make_record(session: Session, user: User, lines: Sequence[Line] = ()) -> Record:
    """A record of practice as it was issued, whatever its owner has practised."""
    snapshot = Snapshot(user.name, tuple(lines))
    record = Record(code=new_code(random.choice), user_id=user.id, snapshot=snapshot.to_json())
    session.add(record)
    session.flush()
    return record
