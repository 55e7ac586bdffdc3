"""Settings come from the environment once, and an odd one is refused in a sentence."""

import dataclasses
import os
import stat

import pytest

from labelkit.config import HTMX_INTEGRITY, HTMX_URL, TOP, BadSetting, Settings, kept_secret


@pytest.fixture
def read(tmp_path):
    """Reads settings from these variables, in a data folder of its own."""

    def from_environ(*, demo=False, **environ):
        return Settings.from_environ({"LABELKIT_DATA_DIR": str(tmp_path / "data"), **environ}, demo=demo)

    return from_environ


def test_nothing_needs_to_be_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = Settings.from_environ({})

    assert settings.data_dir == tmp_path / "instance"
    assert settings.data_dir.is_dir()
    assert settings.database_url == f"sqlite:///{tmp_path / 'instance' / 'labelkit.sqlite3'}"
    assert (settings.proxies, settings.signup, settings.demo) == (0, False, False)
    assert (settings.htmx_url, settings.htmx_integrity) == (HTMX_URL, HTMX_INTEGRITY)


def test_what_is_set_to_nothing_is_not_set(read):
    blank = dict.fromkeys(
        ("LABELKIT_PROXIES", "LABELKIT_SIGNUP", "LABELKIT_HTMX_URL", "LABELKIT_DATABASE_URL"), " "
    )

    assert read(**blank) == read()


def test_everything_can_be_set(read, tmp_path):
    settings = read(
        LABELKIT_DATABASE_URL="postgresql+psycopg://labelkit@db/labelkit",
        LABELKIT_SECRET_KEY="a secret of the school",
        LABELKIT_PROXIES="2",
        LABELKIT_HTMX_URL="https://static.school.kr/htmx.js",
        LABELKIT_SIGNUP="1",
        LABELKIT_MAX_IMAGE_PIXELS="50000000",
        LABELKIT_MAX_UPLOAD_MB="64",
    )

    assert settings == Settings(
        data_dir=tmp_path / "data",
        database_url="postgresql+psycopg://labelkit@db/labelkit",
        secret_key="a secret of the school",
        proxies=2,
        htmx_url="https://static.school.kr/htmx.js",
        signup=True,
        max_image_pixels=50_000_000,
        max_upload_mb=64,
    )


def test_settings_stay_as_they_were_read(read):
    with pytest.raises(dataclasses.FrozenInstanceError):
        read().signup = True


def test_the_secret_is_never_shown(read):
    assert "a secret of the school" not in repr(read(LABELKIT_SECRET_KEY="a secret of the school"))


@pytest.mark.parametrize(
    ("name", "odd", "sentence"),
    [
        ("LABELKIT_PROXIES", "many", "must be a whole number from 0 to 10, not 'many'."),
        ("LABELKIT_PROXIES", "-1", "must be a whole number from 0 to 10, not '-1'."),
        ("LABELKIT_PROXIES", "11", "must be a whole number from 0 to 10, not '11'."),
        ("LABELKIT_PROXIES", "1.0", "must be a whole number from 0 to 10, not '1.0'."),
        ("LABELKIT_PROXIES", "²", "must be a whole number from 0 to 10, not '²'."),
        ("LABELKIT_PROXIES", "9" * 5000, "must be a whole number from 0 to 10"),
        ("LABELKIT_MAX_IMAGE_PIXELS", "9", "must be a whole number from 10000 to 1000000000, not '9'."),
        ("LABELKIT_MAX_UPLOAD_MB", "0", "must be a whole number from 1 to 10000, not '0'."),
        ("LABELKIT_SIGNUP", "yes", "must be 0 or 1, not 'yes'."),
        ("LABELKIT_SIGNUP", "true", "must be 0 or 1, not 'true'."),
        ("LABELKIT_DATABASE_URL", "mysql://db", "must begin with sqlite:/// or postgresql+psycopg://"),
        ("LABELKIT_DATABASE_URL", "labelkit.db", "must begin with sqlite:/// or postgresql+psycopg://"),
        ("LABELKIT_DATABASE_URL", "sqlite:///", "must name a file"),
        ("LABELKIT_DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("LABELKIT_HTMX_URL", "htmx.js", "must be a web address or a path that begins with /"),
        ("LABELKIT_HTMX_URL", "javascript:alert(1)", "must be a web address"),
        ("LABELKIT_HTMX_URL", "https://a.kr/x.js; script-src *", "must be a web address"),
        ("LABELKIT_HTMX_URL", "https://a.kr/x.js\nX-Odd: 1", "must be a web address"),
        ("LABELKIT_HTMX_URL", "https://", "must be a web address"),
        ("LABELKIT_HTMX_URL", "https://[half", "must be a web address"),
        ("LABELKIT_DATA_DIR", "~nobody-of-that-name/data", "must be a folder that can be made"),
        ("LABELKIT_DATA_DIR", __file__, "must be a folder that can be made"),
        ("LABELKIT_DATA_DIR", "nul\0", "must be a folder that can be made"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_an_odd_value_is_refused_in_a_sentence_that_names_it(read, name, odd, sentence):
    with pytest.raises(BadSetting) as caught:
        read(**{name: odd})

    assert str(caught.value).startswith(f"{name} must ")
    assert sentence in str(caught.value)


def test_htmx_from_ones_own_address_is_ones_own_to_trust(read):
    assert read(LABELKIT_HTMX_URL="/htmx.js").htmx_integrity is None


def test_the_demo_has_a_database_of_its_own(read, tmp_path):
    settings = read(demo=True)

    assert settings.demo
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'demo.sqlite3'}"
    assert settings.database_url != read().database_url


@pytest.mark.parametrize(
    ("name", "value"), [("LABELKIT_DATABASE_URL", "sqlite:///school.sqlite3"), ("LABELKIT_PROXIES", "1")]
)
def test_the_demo_does_not_start_where_others_could_come_in(read, name, value):
    with pytest.raises(BadSetting, match=f"^Demo mode does not start while {name} is set"):
        read(demo=True, **{name: value})


def test_a_secret_is_made_once_for_a_data_folder(read, tmp_path):
    made = read().secret_key

    assert len(made) == 64
    assert read().secret_key == made
    assert (tmp_path / "data" / "secret_key").read_text(encoding="utf-8") == made


def test_each_data_folder_has_a_secret_of_its_own(read, tmp_path):
    assert read().secret_key != read(LABELKIT_DATA_DIR=str(tmp_path / "other")).secret_key


def test_a_secret_is_for_its_owner_only_where_the_system_knows_modes(tmp_path):
    kept_secret(tmp_path)

    mode = stat.S_IMODE((tmp_path / "secret_key").stat().st_mode)
    assert mode == 0o600 or os.name == "nt"


def test_a_secret_that_was_only_begun_is_made_anew(tmp_path):
    (tmp_path / "secret_key").write_text("", encoding="utf-8")

    made = kept_secret(tmp_path)

    assert len(made) == 64
    assert kept_secret(tmp_path) == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_is_given_leaves_none_behind(read, tmp_path):
    read(LABELKIT_SECRET_KEY="a secret of the school")

    assert not (tmp_path / "data" / "secret_key").exists()


def test_templates_static_files_and_samples_are_found():
    assert all((TOP / name).is_dir() for name in ("templates", "static", "sample_data"))
