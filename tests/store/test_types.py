"""Times come back aware and in UTC, JSON as it went in, and what cannot be meant is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from labelkit.domain.projects import Label
from labelkit.domain.scores import Score
from labelkit.domain.texts import Texts
from labelkit.store.models import Item, LoginFailure, Project
from labelkit.store.types import Json, UtcDateTime, Value, dump_json, utc_now
from tests.make import make_guide, make_project

SEOUL = timezone(timedelta(hours=9))


def stored_time(session, moment):
    session.add(LoginFailure(who="somebody", count=1, since=moment))
    session.commit()
    session.expire_all()
    return session.get(LoginFailure, "somebody").since


def stored_attributes(session, attributes):
    project = make_project(session, items=1)
    item = session.query(Item).filter_by(project_id=project.id).one()
    item.attributes = attributes
    session.commit()
    session.expire_all()
    return item.attributes


def test_now_is_aware_and_in_utc():
    assert utc_now().utcoffset() == timedelta(0)


def test_a_time_comes_back_aware_and_in_utc_to_the_microsecond(session):
    moment = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)

    found = stored_time(session, moment)

    assert found == moment
    assert found.utcoffset() == timedelta(0)


def test_a_time_of_another_zone_is_stored_as_the_same_moment(session):
    found = stored_time(session, datetime(2026, 11, 23, 9, 0, tzinfo=SEOUL))

    assert found == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_times_compare_in_the_database_as_moments(session):
    stored_time(session, datetime(2026, 11, 23, 9, 0, tzinfo=SEOUL))
    before, after = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (0, 1))

    assert session.query(LoginFailure).filter(LoginFailure.since >= before, LoginFailure.since < after).one()


def test_a_time_without_a_zone_is_refused(session):
    with pytest.raises(StatementError, match="a time without a zone cannot be stored"):
        stored_time(session, datetime(2026, 11, 23))


def test_no_time_is_no_time():
    assert UtcDateTime().process_bind_param(None, None) is None
    assert UtcDateTime().process_result_value(None, None) is None


@pytest.mark.parametrize(
    "value",
    [{}, {"weather": "비", "lanes": 3, "share": 0.1, "list": [None, True]}, {"odd": "\u0000\\ ' \" %s"}],
)
def test_json_comes_back_as_it_went_in(session, value):
    assert stored_attributes(session, value) == value


def test_korean_is_readable_in_the_database(session):
    stored_attributes(session, {"weather": "비"})

    assert session.scalar(text("SELECT attributes FROM item")) == '{"weather":"비"}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_nan_and_infinity_are_refused(session, number):
    with pytest.raises(StatementError):
        stored_attributes(session, {"share": number})


def test_nothing_is_not_the_word_null():
    assert Json().process_bind_param(None, None) is None
    assert Json().process_result_value(None, None) is None
    assert Json().process_result_value("null", None) is None


def test_json_is_written_short():
    assert dump_json({"labels": ["a", "b"], "n": 1.0}) == '{"labels":["a","b"],"n":1.0}'


def test_a_project_comes_back_with_its_values(session):
    project = make_project(session, "street", items=0)
    session.commit()
    session.expire_all()

    found = session.query(Project).one()

    assert found is project
    assert found.title == Texts("street 연습", "street practice")
    assert all(isinstance(label, Label) for label in found.labels)
    assert found.guide == make_guide(found.guide.errors)


def test_a_value_is_written_and_read_by_its_own_words():
    column = Value(Score.to_json, Score.from_json)
    score = Score(0.5, 1, 1, mean_iou=0.75, confusion=(("car", None, 1),), pairs=((0, 0),))

    assert column.process_result_value(column.process_bind_param(score, None), None) == score
    assert column.process_bind_param(None, None) is None
    assert column.process_result_value(None, None) is None
