"""Projects: imported from packs, looked up, and their progress."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from labelkit.domain.audit import What
from labelkit.domain.errors import Conflict, Invalid, NotFound
from labelkit.domain.texts import N_
from labelkit.formats.pack import Pack, PackItem
from labelkit.services import audit, guides
from labelkit.store.images import Pictures
from labelkit.store.models import Gold, Item, Picture, Project, User
from labelkit.tasktypes import TASK_TYPES


def find(session: Session, slug: str) -> Project:
    project = session.scalar(select(Project).where(Project.slug == slug))
    if project is None:
        raise NotFound(N_("There is no such project."))
    return project


def add_pack(session: Session, pictures: Pictures, pack: Pack) -> Project:
    """Make a project of a pack: all of it or, when anything is wrong, nothing."""
    if session.scalar(select(Project.id).where(Project.slug == pack.slug)):
        raise Conflict(N_("A project named %(slug)s is already here."), slug=pack.slug)
    kept = _keep_pictures(session, pictures, pack.items)
    project = Project(
        slug=pack.slug,
        task_type=pack.task_type,
        position=pack.order,
        title=pack.title,
        summary=pack.summary,
        feedback=pack.feedback,
        labels=pack.labels,
        rules=pack.rules,
        review_rules=pack.review,
        guide=pack.guide,
        guide_version=pack.guide.version,
    )
    session.add(project)
    session.flush()
    items = {
        item.key: Item(
            project_id=project.id,
            key=item.key,
            position=position,
            picture_id=kept[item.key].id if item.key in kept else None,
            text=item.text,
            language=item.language,
            question=item.question,
            source=item.source,
            split=item.split,
            difficulty=item.difficulty,
            attributes=item.attributes,
            cover=item.key in pack.cover,
        )
        for position, item in enumerate(sorted(pack.items, key=lambda item: (item.difficulty, item.key)))
    }
    session.add_all(items.values())
    session.flush()
    _add_gold(session, pack, items, kept)
    guides.keep(session, project)
    audit.note(session, None, What.PROJECT_IMPORTED, project=project.id)
    return project


def archive(session: Session, me: User | None, project: Project, on: bool = True) -> None:
    """Issue nothing new in a project, or issue again; what was sent stays."""
    if on != project.archived:
        project.archived = on
        what = What.PROJECT_ARCHIVED if on else What.PROJECT_RESTORED
        audit.note(session, me, what, project=project.id)


def _keep_pictures(session: Session, store: Pictures, items: Iterable[PackItem]) -> dict[str, Picture]:
    """The stored picture of each item that has one; the same picture is stored once for all packs."""
    kept: dict[str, Picture] = {}
    known: dict[str, Picture] = {picture.digest: picture for picture in session.scalars(select(Picture))}
    for item in items:
        if item.picture is None:
            continue
        found = store.keep(item.read_picture(), item.picture)
        if found.digest not in known:
            known[found.digest] = Picture(
                digest=found.digest, media_type=found.media_type, width=found.width, height=found.height
            )
            session.add(known[found.digest])
        kept[item.key] = known[found.digest]
    session.flush()
    return kept


def _add_gold(session: Session, pack: Pack, items: dict[str, Item], kept: dict[str, Picture]) -> None:
    """Each version of each gold, checked once more now that the sizes of the pictures are known."""
    kind = TASK_TYPES[pack.task_type]
    rules = kind.parse_rules(pack.rules)
    newest: dict[str, int] = {}
    for gold in pack.gold:
        newest[gold.item] = max(gold.version, newest.get(gold.item, 0))
    for gold in pack.gold:
        picture = kept.get(gold.item)
        size = (picture.width, picture.height) if picture else None
        labels = kind.offer(pack.labels, items[gold.item].question)
        try:
            accepted = [kind.parse(raw, labels, rules, size=size, gold=True) for raw in gold.accepted]
        except Invalid as problem:
            raise Invalid(
                N_("The gold of %(item)s is not valid: %(problem)s"), item=gold.item, problem=problem
            ) from problem
        if current := gold.version == newest[gold.item]:
            items[gold.item].features = kind.features(accepted[0])
        session.add(
            Gold(
                item_id=items[gold.item].id,
                version=gold.version,
                accepted=[kind.dump(annotation) for annotation in accepted],
                explanation=gold.explanation,
                current=current,
            )
        )
    session.flush()


def of_ids(session: Session, ids: Collection[int]) -> dict[int, Project]:
    """The projects of these numbers."""
    found = session.scalars(select(Project).where(Project.id.in_(ids))) if ids else ()
    return {project.id: project for project in found}
