"""A worker disputes gold, its author may not decide, a second inspector upholds, everybody's score moves."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from labelkit.domain.people import Role
from labelkit.services.recount import recount
from labelkit.store.models import Gold, Score, Tally
from tests.browser.test_gold_story import seat, sound
from tests.make import box, boxes, make_project, make_submission, make_user

TWO = boxes(box(), box(x=200, w=60))  # one object more than the gold has
MINE = "The second car is visible, so G-01 asks for it."
THEIRS = "Right, the second car was missed."


def dispute(page: Page, result: str) -> None:
    """From beside the finding, with a clause and a sentence."""
    page.goto(result)
    page.locator("#result[data-ready=all]").wait_for()
    page.locator(".finding .dispute-it a").click()
    sound(page)
    page.locator("select[name=clause]").select_option("G-01")
    page.locator("input[name=sentence]").fill(MINE)
    page.locator("button[form=claim]").click()
    page.wait_for_url("**/results/*")
    expect(page.locator(".finding .disputed")).to_contain_text("Open")
    sound(page)


def look(page: Page, address: str) -> None:
    """From the desk to the dispute."""
    page.goto(f"{address}/inspect/disputes")
    sound(page)
    page.locator(".dispute-list li", has_text=MINE).locator(".dispute-head a").click()
    page.locator("#dispute[data-ready=all]").wait_for()
    expect(page.locator("svg.compare .badge")).to_have_count(1)
    sound(page)


def uphold(page: Page) -> None:
    page.locator("input[value=instead]").check()
    page.locator("textarea[name=sentence]").fill(THEIRS)
    page.locator(".frame-panel").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/inspect/disputes")
    expect(page.locator(".flashes")).to_contain_text("The dispute was upheld.")


def read_the_answer(page: Page, home: str, result: str) -> None:
    page.goto(home)
    told = page.locator(".notices", has_text="was upheld")
    expect(told).to_contain_text(THEIRS)
    sound(page)
    told.locator("button").click()
    expect(told).to_have_count(0)
    page.goto(result)
    expect(page.locator("#verdict-title")).to_contain_text("100")
    expect(page.locator(".disputed")).to_contain_text("Version 2 of the gold")
    page.goto(f"{home}disputes")
    expect(page.locator(".dispute-list")).to_contain_text("Upheld")
    sound(page)


def test_a_worker_is_right_against_the_gold(new_context, studio):
    with studio.session() as session:
        worker, other = make_user(session, "right-worker"), make_user(session, "wrong-worker")
        anna, ben = (make_user(session, f"dispute-{name}", Role.INSPECTOR) for name in ("anna", "ben"))
        project = make_project(session, items=1)
        sent = make_submission(session, worker, project, TWO)
        same = make_submission(session, other, project)
        session.scalars(select(Gold).where(Gold.item_id == sent.item_id)).one().author_id = anna.id
        pages = [seat(new_context, studio, user) for user in (worker, anna, ben, other)]
        numbers, passed = (sent.id, same.id), {worker.id: 1, other.id: 0}
        of_project = Tally.project_id == project.id
    at_work, author, second, beside = pages
    result = f"{studio.address}/results/{numbers[0]}"
    for page in pages:
        page.goto(f"{studio.address}/?lang=en")

    dispute(at_work, result)
    look(author, studio.address)
    expect(author.locator(".frame-panel")).to_contain_text("You wrote the gold")
    expect(author.locator("#ruling")).to_have_count(0)
    look(second, studio.address)
    uphold(second)
    read_the_answer(at_work, f"{studio.address}/", result)
    beside.goto(f"{studio.address}/")
    expect(beside.locator(".notices")).to_contain_text(f"your score went from 100 to 50. Why: {THEIRS}")

    with studio.session() as session:
        of_all = select(Score.submission_id, Score.gold_version, Score.value, Score.current)
        scores = session.execute(of_all.where(Score.submission_id.in_(numbers)).order_by(Score.id)).all()
        first, last = numbers
        assert [tuple(row) for row in scores] == [
            (first, 1, 0.5, False),
            (last, 1, 1.0, False),
            (first, 2, 1.0, True),
            (last, 2, 0.5, True),
        ]
        assert dict(session.execute(select(Tally.user_id, Tally.passed).where(of_project)).all()) == passed
        assert recount(session) == []
