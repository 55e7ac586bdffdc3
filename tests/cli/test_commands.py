"""The commands: what each does, and that an error is one sentence and exit code 2, never a traceback."""

import sys

import pytest
from sqlalchemy import select

from labelkit import __version__, cli_database, cli_site
from labelkit.domain.people import Role
from labelkit.services import passwords
from labelkit.store.engine import reading
from labelkit.store.models import Item, Project, User
from tests.formats.packs import box_pack, text_pack, write
from tests.make import PASSWORD, picture_bytes


def test_it_tells_its_version_and_its_commands(run):
    assert __version__ in run("--version").out

    shown = run("--help").out
    assert all(command in shown for command in ("demo", "serve", "init", "import", "user", "score"))


@pytest.mark.parametrize("arguments", [("nonsense",), ("user", "nonsense"), ("init", "--nonsense")])
def test_an_unknown_command_or_option_is_refused(run, arguments):
    assert run(*arguments).refusal().startswith("Error: No such ")


def test_init_makes_a_database_and_may_be_repeated(run, data):
    for _ in range(2):
        ran = run("init")
        assert (ran.code, ran.out) == (0, f"The database is ready in {data}.\n")

    assert (data / "labelkit.sqlite3").is_file()


def test_the_commands_know_postgresql_too(run, database_url, engine, monkeypatch):
    monkeypatch.setenv("LABELKIT_DATABASE_URL", database_url)

    assert run("user", "add", "minji", "--role", "worker", typed=PASSWORD).code == 0

    with reading(engine) as session:
        assert session.scalar(select(User.username)) == "minji"


def test_a_person_is_added_with_the_password_of_one_line(run, look):
    ran = run("user", "add", "MinJi", "--role", "inspector", "--name", "민지", typed=f"{PASSWORD}\nmore\n")

    assert (ran.code, ran.out, ran.err) == (0, "minji is inspector now.\n", "")
    (person,) = look(select(User))
    assert (person.username, person.name, person.role) == ("minji", "민지", Role.INSPECTOR)
    assert passwords.matches(PASSWORD, person.password_hash)


def test_there_is_no_default_password(run, look):
    ran = run("user", "add", "minji", "--role", "admin")

    assert ran.refusal() == "labelkit: A password needs at least 8 characters."
    assert look(select(User)) == []


def test_a_password_is_typed_twice_at_a_keyboard(run, look, monkeypatch):
    asked = []
    monkeypatch.setattr(cli_site.click, "prompt", lambda *words, **how: asked.append(how) or PASSWORD)

    assert run("user", "add", "minji", "--role", "worker", by_hand=True).code == 0

    assert asked == [{"hide_input": True, "confirmation_prompt": True}]
    assert passwords.matches(PASSWORD, look(select(User.password_hash))[0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("user", "add", "two words", "--role", "worker"), "labelkit: A user name has 2 to 40 letters"),
        (("user", "add", "\udcff\udcfe", "--role", "worker"), "labelkit: A user name has 2 to 40 letters"),
        (("user", "add", "minji", "--role", "boss"), "Error: Invalid value for '--role'"),
        (("user", "add", "minji"), "Error: Missing option '--role'"),
        (("user", "add"), "Error: Missing argument 'USERNAME'"),
        (("user", "role", "nobody", "--role", "admin"), "labelkit: There is no user named nobody."),
        (("user", "reset", "nobody"), "labelkit: There is no user named nobody."),
        (("user", "erase", "nobody", "--yes"), "labelkit: There is no user named nobody."),
        (("user", "deactivate", "nobody"), "labelkit: There is no user named nobody."),
        (("import", "no-such-folder"), "Error: Invalid value for 'PATH'"),
        (("serve", "--port", "70000"), "Error: Invalid value for '--port'"),
        (("serve", "--port", "http"), "Error: Invalid value for '--port'"),
        (("demo", "--host", "0.0.0.0"), "Error: Demo mode answers this machine only"),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, arguments, sentence):
    assert run(*arguments, typed=PASSWORD).refusal().startswith(sentence)


def test_a_taken_name_is_refused(run):
    run("user", "add", "minji", "--role", "worker", typed=PASSWORD)

    again = run("user", "add", "minji", "--role", "admin", typed=PASSWORD)

    assert again.refusal() == "labelkit: The user name minji is taken."


def test_people_change_role_password_and_leave(run, look):
    run("user", "add", "minji", "--role", "worker", typed=PASSWORD)

    assert run("user", "role", "minji", "--role", "admin").out == "minji is admin now.\n"
    assert run("user", "reset", "minji", typed="another password\r\n").out == "minji has a new password.\n"
    assert run("user", "deactivate", "minji").out == "minji is locked out.\n"

    (person,) = look(select(User))
    assert (person.role, person.active, person.epoch) == (Role.ADMIN, False, 4)
    assert passwords.matches("another password", person.password_hash)


def test_a_person_is_erased_only_when_somebody_said_so(run, look):
    run("user", "add", "minji", "--role", "worker", typed=PASSWORD)

    assert run("user", "erase", "minji", typed="n\n").code == 130
    assert look(select(User.username)) == ["minji"]

    assert run("user", "erase", "minji", "--yes").out == "minji is erased.\n"
    assert look(select(User.username)) == ["erased:1"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("LABELKIT_PROXIES", "many", "labelkit: LABELKIT_PROXIES must be a whole number from 0 to 10"),
        ("LABELKIT_DATABASE_URL", "mysql://db", "labelkit: LABELKIT_DATABASE_URL must begin with"),
        ("LABELKIT_DATABASE_URL", "sqlite:////no-such-folder/x", "labelkit: (sqlite3.OperationalError)"),
        (
            "LABELKIT_DATABASE_URL",
            "postgresql+psycopg://u@127.0.0.1:1/x",
            "labelkit: (psycopg.OperationalError)",
        ),
        ("LABELKIT_DATABASE_URL", "postgresql+psycopg://u@h:port/x", "labelkit: The address of the database"),
    ],
)
def test_an_odd_setting_is_said_in_a_sentence(run, monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)

    assert run("init").refusal().startswith(sentence)


def test_a_file_that_is_no_database_is_said_in_a_sentence(run, data):
    data.mkdir()
    (data / "labelkit.sqlite3").write_text("This is a text. " * 100, encoding="utf-8")

    assert run("init").refusal() == "labelkit: (sqlite3.DatabaseError) file is not a database"


def test_postgresql_without_its_driver_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("LABELKIT_DATABASE_URL", "postgresql+psycopg://u@h/x")

    assert (
        run("init").refusal() == "labelkit: PostgreSQL needs one more part: pip install 'labelkit[postgres]'."
    )


def test_a_pack_is_imported(run, look, tmp_path):
    files = box_pack() | {"items/k-1.jpg": picture_bytes(), "items/부엌.jpg": picture_bytes()}

    ran = run("import", write(tmp_path / "pack", files))

    assert (ran.code, ran.out) == (0, "kitchen: 2 items, 2 gold.\n")
    assert look(select(Project.slug)) == ["kitchen"]


def test_a_pack_is_imported_under_another_name(run, look, tmp_path):
    pack = write(tmp_path / "pack", text_pack())
    run("import", pack)

    assert run("import", pack, "--project", "pantry").out == "pantry: 1 items, 1 gold.\n"

    assert look(select(Project.slug).order_by(Project.id)) == ["kitchen", "pantry"]


def test_a_pack_that_is_there_already_is_refused(run, tmp_path):
    pack = write(tmp_path / "pack", text_pack())
    run("import", pack)

    assert run("import", pack).refusal() == "labelkit: A project named kitchen is already here."


def test_all_faults_of_a_pack_are_listed(run, tmp_path):
    files = text_pack()
    files["pack.json"] |= {"feedback": "never", "order": -1}

    ran = run("import", write(tmp_path / "pack", files))

    assert ran.code == 2
    first, *faults = ran.err.splitlines()
    assert first == "labelkit: This pack cannot be read. Errors found: 2."
    assert sorted(fault.split(":")[0] for fault in faults) == ["pack.json, feedback", "pack.json, order"]


def test_a_broken_picture_lets_nothing_in(run, look, tmp_path):
    pack = write(tmp_path / "pack", box_pack())

    assert run("import", pack).refusal() == "labelkit: The file k-1.jpg is not a picture that can be opened."

    assert look(select(Project)) + look(select(Item)) == []


def test_a_command_that_is_broken_off_ends_quietly(run, monkeypatch):
    def break_off(engine):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_database, "upgrade", break_off)

    ran = run("init")

    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err
