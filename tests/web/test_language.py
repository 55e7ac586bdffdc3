"""The language of the pages: ?lang=, then the account, then the browser, else Korean."""

import pytest

from tests.make import make_project
from tests.web.visits import on_sqlite_alone

pytestmark = on_sqlite_alone


def language(page):
    """The language that a page says it is in."""
    return page.text.partition('<html lang="')[2].partition('"')[0]


def asking_for(accepted):
    return {"Accept-Language": accepted}


def test_without_a_choice_the_browser_decides_and_else_it_is_korean(client):
    asked = {
        "en": "en", "ko": "ko", "en-GB,en;q=0.9": "en", "ko-KR": "ko", "": "ko", "fr": "ko",
        "fr,en;q=0.5": "en", "en;q=0.3,ko;q=0.8": "ko", "nonsense;;;": "ko",
    }  # fmt: skip

    assert {accepted: language(client.get("/", headers=asking_for(accepted))) for accepted in asked} == asked


@pytest.mark.parametrize("chosen", ["ko", "en"])
def test_the_address_can_say_it_and_it_lasts_for_the_visit(client, chosen):
    other = "en" if chosen == "ko" else "ko"

    assert language(client.get(f"/?lang={chosen}", headers=asking_for(other))) == chosen
    assert language(client.get("/", headers=asking_for(other))) == chosen


def test_the_address_goes_before_the_account(as_worker):
    as_worker.person.language = "ko"

    assert language(as_worker.get("/?lang=en")) == "en"


def test_the_account_goes_before_the_browser(as_worker):
    as_worker.person.language = "ko"

    assert language(as_worker.get("/", headers=asking_for("en"))) == "ko"


def test_an_unknown_language_is_passed_over(client):
    for odd in ("fr", "", "EN", "../ko", "ko\0"):
        assert language(client.get("/", query_string={"lang": odd})) == "en", odd
        assert client.post("/language", data={"language": odd}).status_code in {303, 400}
        assert language(client.get("/")) == "en", odd


def test_the_switch_is_on_every_page_and_leads_back_to_it(as_worker):
    page = as_worker.get("/scores?x=1")
    assert 'name="next" value="/scores?x=1"' in page.text

    answer = as_worker.post("/language", data={"language": "ko", "next": "/scores?x=1"})

    assert answer.location == "/scores?x=1"
    assert language(as_worker.get("/scores")) == "ko"


def test_the_choice_stays_with_the_account_in_every_browser(as_worker, sign_in):
    as_worker.post("/language", data={"language": "ko"})

    assert language(sign_in(as_worker.person).get("/")) == "ko"


def test_whoever_is_not_signed_in_chooses_for_the_visit(as_nobody, new_client):
    as_nobody.post("/language", data={"language": "ko"})

    assert language(as_nobody.get("/")) == "ko"
    assert language(new_client().get("/")) == "en"


def test_the_switch_leads_to_no_other_site(client):
    for elsewhere in ("https://evil.test/", "//evil.test", "/\\evil.test"):
        assert client.post("/language", data={"language": "ko", "next": elsewhere}).location == "/"


@pytest.mark.parametrize(("chosen", "title"), [("ko", "거리 연습"), ("en", "Street practice")])
def test_texts_of_a_project_come_in_the_language_too(as_worker, session, chosen, title):
    project = make_project(session)
    project.title = type(project.title)("거리 연습", "Street practice")

    page = as_worker.get(f"/projects/{project.slug}?lang={chosen}")

    assert f"<h1>{title}</h1>" in page.text


def test_a_text_that_is_missing_in_one_language_comes_in_the_other(as_worker, session):
    project = make_project(session)
    project.title = type(project.title)(ko="거리 연습")

    assert "<h1>거리 연습</h1>" in as_worker.get(f"/projects/{project.slug}?lang=en").text


def test_refusals_are_said_in_the_language_of_the_reader(client):
    assert "정답" not in client.get("/no-such-page?lang=en").text
    korean, english = (client.get(f"/no-such-page?lang={chosen}").text for chosen in ("ko", "en"))

    assert "There is no such page." in english
    assert "There is no such page." not in korean
