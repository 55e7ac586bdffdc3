"""`labelkit project`: put away, and taken out again."""

from sqlalchemy import select

from labelkit.store.models import Project
from tests.formats.packs import text_pack, write


def test_a_project_is_archived_and_restored(run, look, tmp_path):
    run("import", str(write(tmp_path / "pack", text_pack())), "--project", "letters")

    assert run("project", "archive", "letters").out == "letters is archived.\n"
    assert look(select(Project.archived)) == [True]
    assert run("project", "restore", "letters").out == "letters is open again.\n"
    assert look(select(Project.archived)) == [False]


def test_a_project_that_is_not_there_is_one_sentence(run):
    assert run("project", "archive", "nothing").refusal() == "labelkit: There is no such project."
