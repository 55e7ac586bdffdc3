"""`labelkit serve` and `labelkit demo`: where they listen, and what goes on beside them."""

import gc
import socket
from contextlib import contextmanager

import pytest
import waitress
import waitress.server
from sqlalchemy import select

from labelkit import cli_site
from labelkit.store.models import Project
from tests.formats.packs import text_pack, write


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

    assert ran.refusal().startswith("labelkit: ")


def test_an_address_of_another_machine_is_said_in_a_sentence(run, started):
    ran = run("serve", "--host", "no such host", "--port", "0")

    assert ran.refusal() == "Error: There is no address 'no such host' on this machine."


@pytest.fixture
def demo(run, started, monkeypatch, tmp_path):
    """Runs the demo with one small sample pack, and keeps what would go on beside it."""
    write(tmp_path / "top" / "sample_data" / "kitchen", text_pack())
    monkeypatch.setattr(cli_site, "TOP", tmp_path / "top")
    beside = []

    @contextmanager
    def note(settings):
        beside.append("simulated people" if settings.demo else "jobs alone")
        yield

    monkeypatch.setattr(cli_site, "beside", note)
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

    assert demo().refusal().startswith(f"labelkit: Demo mode does not start while {name} is set")
