"""The commands: what each does, and that an error is one sentence and exit code 2, never a traceback."""

import gc
import io
import socket
import sys

import pytest
import waitress
import waitress.server
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from labelkit import __version__, cli, cli_site
from labelkit.domain.people import Role
from labelkit.services import passwords
from labelkit.store.engine import open_engine, reading
from labelkit.store.models import Item, Project, User
from tests.formats.packs import box_pack, text_pack, write
from tests.make import PASSWORD, picture_bytes


class Ran:
    """What a command said, and how it ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


class Typed(io.StringIO):
    """Standard input, with a person at a keyboard or without."""

    by_hand = False

    def isatty(self):
        return self.by_hand


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of one's own, and nothing else set."""
    for name in ("LABELKIT_DATABASE_URL", "LABELKIT_PROXIES", "LABELKIT_SECRET_KEY", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LABELKIT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(data, monkeypatch, capsys):
    """Runs a command as the console script does, without a keyboard."""

    def labelkit(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["labelkit", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", Typed(typed))
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code
        return Ran(code, *capsys.readouterr())

    return labelkit


@pytest.fixture
def look(data):
    """What a question finds in the database afterwards."""

    def ask(question, file="labelkit.sqlite3"):
        engine = open_engine(f"sqlite:///{data / file}")
        with reading(engine) as session:
            found = session.scalars(question).all()
        engine.dispose()
        return found

    return ask


def refused(ran):
    """The one sentence of a command that failed; click tells of usage first."""
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    return next(line for line in ran.err.splitlines() if line.startswith(("labelkit: ", "Error: ")))


def test_it_tells_its_version_and_its_commands(run):
    assert __version__ in run("--version").out

    shown = run("--help").out
    assert all(command in shown for command in ("demo", "serve", "init", "import", "user", "score"))


@pytest.mark.parametrize("arguments", [("nonsense",), ("user", "nonsense"), ("init", "--nonsense")])
def test_an_unknown_command_or_option_is_refused(run, arguments):
    assert refused(run(*arguments)).startswith("Error: No such ")


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

    assert refused(ran) == "labelkit: A password needs at least 8 characters."
    assert look(select(User)) == []


def test_a_password_is_typed_twice_at_a_keyboard(run, look, monkeypatch):
    asked = []
    monkeypatch.setattr(cli_site.click, "prompt", lambda *words, **how: asked.append(how) or PASSWORD)
    monkeypatch.setattr(Typed, "by_hand", True)

    assert run("user", "add", "minji", "--role", "worker").code == 0

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
        (("user", "deactivate", "nobody"), "labelkit: There is no user named nobody."),
        (("import", "no-such-folder"), "Error: Invalid value for 'PATH'"),
        (("serve", "--port", "70000"), "Error: Invalid value for '--port'"),
        (("serve", "--port", "http"), "Error: Invalid value for '--port'"),
        (("demo", "--host", "0.0.0.0"), "Error: Demo mode answers this machine only"),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, arguments, sentence):
    assert refused(run(*arguments, typed=PASSWORD)).startswith(sentence)


def test_a_taken_name_is_refused(run):
    run("user", "add", "minji", "--role", "worker", typed=PASSWORD)

    again = run("user", "add", "minji", "--role", "admin", typed=PASSWORD)

    assert refused(again) == "labelkit: The user name minji is taken."


def test_people_change_role_password_and_leave(run, look):
    run("user", "add", "minji", "--role", "worker", typed=PASSWORD)

    assert run("user", "role", "minji", "--role", "admin").out == "minji is admin now.\n"
    assert run("user", "reset", "minji", typed="another password\r\n").out == "minji has a new password.\n"
    assert run("user", "deactivate", "minji").out == "minji is locked out.\n"

    (person,) = look(select(User))
    assert (person.role, person.active, person.epoch) == (Role.ADMIN, False, 4)
    assert passwords.matches("another password", person.password_hash)


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

    assert refused(run("init")).startswith(sentence)


def test_a_file_that_is_no_database_is_said_in_a_sentence(run, data):
    data.mkdir()
    (data / "labelkit.sqlite3").write_text("This is a text. " * 100, encoding="utf-8")

    assert refused(run("init")) == "labelkit: (sqlite3.DatabaseError) file is not a database"


def test_postgresql_without_its_driver_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("LABELKIT_DATABASE_URL", "postgresql+psycopg://u@h/x")

    assert (
        refused(run("init")) == "labelkit: PostgreSQL needs one more part: pip install 'labelkit[postgres]'."
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

    assert refused(run("import", pack)) == "labelkit: A project named kitchen is already here."


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

    assert refused(run("import", pack)) == "labelkit: The file k-1.jpg is not a picture that can be opened."

    assert look(select(Project)) + look(select(Item)) == []


@pytest.fixture
def started(monkeypatch):
    """Servers start and stop at once; what they listened on is kept."""
    listening = []

    def note(server):
        listening.append(server)
        server.task_dispatcher.shutdown()
        server.close()

    monkeypatch.setattr(waitress.server.BaseWSGIServer, "run", note)
    monkeypatch.setattr(waitress.server.MultiSocketServer, "run", note)
    return listening


def test_serve_says_where_it_listens(run, started):
    ran = run("serve", "--port", "0")

    (server,) = started
    assert (ran.code, ran.out) == (0, f"labelkit → http://127.0.0.1:{server.effective_port}/   (Ctrl+C)\n")


def test_the_port_may_come_from_the_environment(run, started, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))

    assert f":{port}/" in run("serve").out


def test_a_name_may_stand_for_several_addresses(run, started, monkeypatch):
    one = waitress.create_server
    monkeypatch.setattr(
        waitress,
        "create_server",
        lambda app, host, port, **how: one(app, listen="127.0.0.1:0 127.0.0.1:0", **how),
    )

    ran = run("serve", "--host", "localhost", "--port", "0")

    assert ran.out.startswith(f"labelkit → http://localhost:{started[0].effective_listen[0][1]}/")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # waitress lets go of what it could not bind
def test_a_port_in_use_is_said_in_a_sentence(run, started):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        ran = run("serve", "--port", other.getsockname()[1])
    gc.collect()

    assert refused(ran).startswith("labelkit: ")


def test_an_address_of_another_machine_is_said_in_a_sentence(run, started):
    ran = run("serve", "--host", "no such host", "--port", "0")

    assert refused(ran) == "Error: There is no address 'no such host' on this machine."


@pytest.fixture
def demo(run, started, monkeypatch, tmp_path):
    """Runs the demo with one small sample pack, and keeps what would go on beside it."""
    write(tmp_path / "top" / "sample_data" / "kitchen", text_pack())
    monkeypatch.setattr(cli_site, "TOP", tmp_path / "top")
    beside = []
    monkeypatch.setattr(cli_site, "_simulate_people", lambda settings: beside.append("simulated people"))
    monkeypatch.setattr(cli_site, "_open_browser", beside.append)

    def demo(*arguments):
        ran = run("demo", "--port", "0", *arguments)
        ran.beside = sorted(beside)
        return ran

    return demo


def test_the_demo_loads_the_samples_once_and_opens_the_browser(demo, look, started):
    first, second = demo("--no-browser"), demo()

    assert first.out.splitlines()[0] == "Loading kitchen …"
    assert "Loading" not in second.out
    assert look(select(Project.slug), "demo.sqlite3") == ["kitchen"]
    assert first.beside == ["simulated people"]
    address = f"http://127.0.0.1:{started[1].effective_port}/"
    assert second.beside == [address, "simulated people", "simulated people"]


@pytest.mark.parametrize("name", ["LABELKIT_DATABASE_URL", "LABELKIT_PROXIES"])
def test_the_demo_does_not_start_where_others_could_come_in(demo, monkeypatch, name):
    monkeypatch.setenv(name, "1")

    assert refused(demo()).startswith(f"labelkit: Demo mode does not start while {name} is set")


def test_simulated_people_go_on_after_a_failure(run, data, monkeypatch, capsys):
    run("init")
    problems = [OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked")), KeyboardInterrupt()]

    def go_on(session):
        raise problems.pop(0)

    monkeypatch.setattr(cli_site.simulation, "go_on", go_on)
    monkeypatch.setattr(cli_site.time, "sleep", lambda seconds: None)

    with pytest.raises(KeyboardInterrupt):
        cli_site._simulate_people(cli_site.Settings.from_environ())

    assert capsys.readouterr().err == "labelkit: simulated people: (builtins.Exception) database is locked\n"


def test_a_command_that_is_broken_off_ends_quietly(run, monkeypatch):
    def break_off(engine):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_site, "upgrade", break_off)

    ran = run("init")

    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err
