"""The database comes up to date by itself, as often as one likes, and into the shape of the models."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import UniqueConstraint, func, inspect, select, text

from labelkit.domain.review_rules import ReviewRules
from labelkit.store import engine as engine_module
from labelkit.store.engine import open_engine, upgrade, writing
from labelkit.store.models import Base, Project, User
from tests.make import make_user


def tables(engine):
    return set(inspect(engine).get_table_names())


def test_a_new_file_becomes_a_database(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")

    upgrade(engine)

    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}
    engine.dispose()


def test_a_folder_may_have_any_name(tmp_path):
    folder = tmp_path / "100 % 연습 폴더"
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder / 'new.sqlite3'}")

    upgrade(engine)

    assert (folder / "new.sqlite3").stat().st_size > 0
    engine.dispose()


def test_the_program_may_lie_in_a_folder_of_any_name(tmp_path, monkeypatch):
    program = tmp_path / "100 % 연습"
    program.mkdir()
    (program / "migrations").symlink_to(engine_module.MIGRATIONS, target_is_directory=True)
    monkeypatch.setattr(engine_module, "MIGRATIONS", program / "migrations")
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")

    upgrade(engine)

    assert "user" in tables(engine)
    engine.dispose()


def test_bringing_it_up_to_date_again_changes_nothing(engine):
    with writing(engine) as session, session.begin():
        make_user(session, "somebody")

    upgrade(engine)
    upgrade(engine)

    with writing(engine) as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_the_migrated_tables_equal_the_models_in_columns_types_and_keys(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_every_key_and_index_of_the_models_is_there(engine):
    there = inspect(engine)

    for table in Base.metadata.sorted_tables:
        indexes = {index["name"]: index for index in there.get_indexes(table.name)}
        unique = {tuple(found["column_names"]) for found in there.get_unique_constraints(table.name)}

        assert unique_columns(table) <= unique
        assert len(there.get_foreign_keys(table.name)) == len(table.foreign_key_constraints)
        for index in table.indexes:
            assert indexes[index.name]["column_names"] == [column.name for column in index.columns]
            assert bool(indexes[index.name]["unique"]) == bool(index.unique)


def unique_columns(table):
    keys = (key for key in table.constraints if isinstance(key, UniqueConstraint))
    return {tuple(column.name for column in key.columns) for key in keys}


def test_there_is_one_newest_shape():
    script = ScriptDirectory(str(engine_module.MIGRATIONS))

    assert len(script.get_heads()) == 1


def test_what_was_there_before_inspection_had_rules_goes_on_under_the_defaults(database_url):
    engine = open_engine(database_url)
    with engine.begin() as connection:
        downgrade_to(connection, "0001")
        connection.execute(text(_PROJECT_OF_0001))

    upgrade(engine)

    with writing(engine) as session:
        assert session.scalars(select(Project.review_rules)).all() == [ReviewRules()]
    engine.dispose()


_PROJECT_OF_0001 = """
    INSERT INTO project (slug, task_type, position, title, summary, feedback, labels, rules, rules_version,
        guide, guide_version, archived, leaderboard, created_at)
    VALUES ('old', 'bbox', 0, '{"ko": "", "en": ""}', '{"ko": "", "en": ""}', 'at_once', '[]', '{}', 1,
        '{}', 1, false, false, '2026-11-28 00:00:00')
"""


def downgrade_to(connection, revision):
    config = Config()
    config.set_main_option("script_location", str(engine_module.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)
