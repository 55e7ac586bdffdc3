"""People: their names, roles and passwords, and the moment in which old sessions must end."""

import unicodedata
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.security import generate_password_hash

from labelkit.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from labelkit.domain.people import Role
from labelkit.services import passwords, users
from labelkit.store.models import LoginFailure, User
from labelkit.store.types import utc_now
from tests.make import PASSWORD, make_user

HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch):
    """Hashes that take no time; what a real one costs is told in test_passwords."""
    monkeypatch.setattr(passwords, "generate_password_hash", quick_hash)
    monkeypatch.setattr(passwords, "_NOBODY", quick_hash("nobody"))


def quick_hash(password, method="scrypt"):
    return generate_password_hash(password, method=f"{method}:512:8:1")


@pytest.fixture
def minji(session):
    person = make_user(session, "minji")
    person.password_hash = quick_hash(PASSWORD)
    return person


def test_a_new_person_is_active_and_counts(session):
    person = users.add(session, "minji", Role.WORKER, name="민지")

    assert (person.username, person.name, person.role) == ("minji", "민지", Role.WORKER)
    assert person.active
    assert not person.simulated
    assert person.password_hash is None


def test_a_person_without_another_name_goes_by_the_user_name(session):
    assert users.add(session, "minji", Role.WORKER, name="  ").name == "minji"


def test_a_password_is_kept_as_its_scrypt_hash_alone(session):
    person = users.add(session, "minji", Role.WORKER, password=PASSWORD)

    assert person.password_hash.startswith("scrypt:")
    assert PASSWORD not in person.password_hash
    assert passwords.matches(PASSWORD, person.password_hash)
    assert not passwords.matches(PASSWORD + ".", person.password_hash)


@pytest.mark.parametrize("password", ["", "seven77", "비밀번호"])
def test_a_short_password_is_refused(session, password):
    with pytest.raises(Invalid, match=r"^A password needs at least 8 characters\.$"):
        users.add(session, "minji", Role.WORKER, password=password)

    assert session.scalar(select(User.id)) is None


@pytest.mark.parametrize("same", ["minji", "MinJi", " minji "])
def test_a_taken_user_name_is_refused(session, minji, same):
    with pytest.raises(Conflict, match=r"^The user name minji is taken\.$"):
        users.add(session, same, Role.WORKER)


def test_after_a_refusal_others_can_be_added(session, minji):
    with pytest.raises(Conflict):
        users.add(session, "minji", Role.WORKER)

    assert users.add(session, "jisu", Role.WORKER).id != minji.id


@pytest.mark.parametrize(
    "username", ["", "a", "two words", "a/b", "<b>", "x" * 41, "nul\0", "half\ud800", "민 지"]
)
def test_an_odd_user_name_is_refused(session, username):
    with pytest.raises(Invalid, match="2 to 40 letters"):
        users.add(session, username, Role.WORKER)


@pytest.mark.parametrize("username", ["민지", "kim.min-ji_01@school.kr", "ab"])
def test_user_names_may_be_korean_or_a_mail_address(session, username):
    assert users.add(session, username, Role.WORKER).username == username


def test_names_are_kept_and_found_in_one_form_of_unicode(session):
    apart = unicodedata.normalize("NFD", "민지")

    person = users.add(session, apart, Role.WORKER, name=apart)

    assert (person.username, person.name) == ("민지", "민지")
    assert users.find(session, apart) is users.find(session, "민지") is person


def test_a_name_is_one_short_line_of_what_can_be_shown(session, minji):
    users.rename(minji, "  김\n\t민지 \u202e\0 " + "x" * 100)

    assert minji.name == ("김 민지 " + "x" * 100)[:60]


def test_an_empty_name_falls_back_to_the_user_name(session, minji):
    users.rename(minji, " \n ")

    assert minji.name == "minji"


@pytest.mark.parametrize("username", ["nobody", "", "nul\0", "half\ud800"])
def test_somebody_who_is_not_there_is_not_found(session, username):
    with pytest.raises(NotFound, match="There is no user named"):
        users.find(session, username)


def test_a_new_role_ends_open_sessions(session, minji):
    users.change_role(session, "minji", Role.INSPECTOR)

    assert minji.role is Role.INSPECTOR
    assert users.still_in(session, minji.id, epoch=1) is None
    assert users.still_in(session, minji.id, epoch=2) is minji


def test_a_lock_out_ends_open_sessions_and_lets_no_new_one_begin(session, minji):
    users.deactivate(session, "minji")

    assert minji.epoch == 2
    assert users.still_in(session, minji.id, epoch=2) is None
    assert users.sign_in(session, "minji", PASSWORD, HERE) is None


def test_a_password_that_was_reset_ends_open_sessions(session, minji):
    before = minji.password_hash

    users.reset_password(session, "minji", "another long password")

    assert minji.epoch == 2
    assert minji.password_hash != before
    assert passwords.matches("another long password", minji.password_hash)


def test_my_own_new_password_ends_my_other_sessions(session, minji):
    users.change_password(minji, PASSWORD, "another long password")

    assert minji.epoch == 2
    assert passwords.matches("another long password", minji.password_hash)


def test_a_password_is_changed_only_by_who_knows_it(session, minji):
    with pytest.raises(Invalid, match=r"^The present password is not right\.$"):
        users.change_password(minji, "guess", "another long password")

    assert minji.epoch == 1


def test_a_session_of_somebody_who_is_gone_is_over(session):
    assert users.still_in(session, 12345, epoch=1) is None


def test_signing_in_takes_the_right_name_and_password(session, minji):
    assert users.sign_in(session, " MINJI ", PASSWORD, HERE) is minji
    assert users.sign_in(session, "minji", "guess", HERE) is None
    assert users.sign_in(session, "nobody", PASSWORD, HERE) is None


def test_nobody_signs_in_without_a_password_of_their_own(session):
    users.add(session, "local-1", Role.INSPECTOR)

    assert users.sign_in(session, "local-1", "", HERE) is None


def fail(session, who, times, *, since=None):
    session.add(LoginFailure(who=who, count=times, since=since or utc_now()))
    session.flush()


@pytest.mark.parametrize(("who", "failures"), [("name:minji", 5), (f"address:{HERE}", 60)])
def test_after_too_many_failures_the_right_password_is_refused_too(session, minji, who, failures):
    fail(session, who, failures)

    with pytest.raises(NotAllowed, match=r"^Too many failed sign-ins\. Try again in a few minutes\.$"):
        users.sign_in(session, "minji", PASSWORD, HERE)


def test_four_failures_are_forgiven_by_the_right_password(session, minji):
    fail(session, "name:minji", 4)

    assert users.sign_in(session, "minji", PASSWORD, HERE) is minji
    assert session.scalars(select(LoginFailure)).all() == []


def test_failures_count_by_name_and_by_address(session, minji):
    users.sign_in(session, "minji", "guess", HERE)
    users.sign_in(session, "minji", "guess", "192.0.2.8")

    counts = set(session.execute(select(LoginFailure.who, LoginFailure.count)).all())
    assert counts == {("name:minji", 2), (f"address:{HERE}", 1), ("address:192.0.2.8", 1)}


def test_failures_of_long_ago_are_forgotten(session, minji):
    fail(session, "name:minji", 50, since=utc_now() - timedelta(minutes=6))

    assert users.sign_in(session, "minji", "guess", HERE) is None

    assert session.get(LoginFailure, "name:minji").count == 1


def test_local_people_are_those_without_a_password_who_are_no_simulation(session, minji):
    first, second = users.start_local(session, None), users.start_local(session, None, "민지")
    users.add(session, "sim", Role.WORKER, simulated=True)
    users.deactivate(session, users.add(session, "gone", Role.WORKER).username)

    assert users.local_people(session) == [second, first]
    assert second.name == "민지"
    assert {first.role, second.role} == {Role.INSPECTOR}


def test_a_local_person_goes_on_where_they_left(session):
    me = users.start_local(session, None)

    assert users.start_local(session, me.id) is me


def test_nobody_goes_on_as_a_person_with_a_password(session, minji):
    with pytest.raises(NotFound, match="no such person on this machine"):
        users.start_local(session, minji.id)
