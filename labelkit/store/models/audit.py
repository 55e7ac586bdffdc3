"""The audit trail: lines are added, and never changed or taken out."""

from typing import Any, NoReturn

from sqlalchemy import Connection, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from labelkit.domain.audit import What
from labelkit.store.models.base import Base
from labelkit.store.models.people import User
from labelkit.store.types import Key, Moment


class Audit(Base):
    """Who did what, when, and to what (`of`: numbers and keys, never texts that people wrote).

    Without `who_id` it was done on the command line. Triggers in the database refuse to change or delete
    a line, whoever asks; see the migration.
    """

    __tablename__ = "audit"

    id: Mapped[Key]
    at: Mapped[Moment]
    who_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    what: Mapped[What]
    of: Mapped[dict[str, Any]]

    who: Mapped[User | None] = relationship(lazy="raise_on_sql")


Index("audit_by_person", Audit.who_id, Audit.id)
Index("audit_by_kind", Audit.what, Audit.id)


@event.listens_for(Audit, "before_update")
@event.listens_for(Audit, "before_delete")
def _refuse(_mapper: Mapper[Any], _connection: Connection, _line: Audit) -> NoReturn:
    raise RuntimeError("a line of the audit trail stays as it is")
