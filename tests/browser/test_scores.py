"""The page of one's own scores in a browser: on a desk, on a phone, on paper, and by the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from labelkit.domain.goals import Goal
from tests.browser.test_axe import look_it_over
from tests.make import RIGHT, box, boxes, make_project, make_submission, make_user

LOOSE = boxes(box("car", 20, 40, 130, 80))
WRONG = boxes(box("person", 40, 40, 100, 80), box("car", 200, 160, 60, 60))


@pytest.fixture
def page(new_context, studio) -> Page:
    """A tab of somebody who has worked a little and has a goal, on the page of one project's scores."""
    context = new_context(reduced_motion="reduce")
    page = context.new_page()
    with studio.session() as session:
        me = make_user(session)
        me.goal = Goal(20, 0.9, 100)
        project = make_project(session, items=12)
        other = make_project(session, task_type="text_class")
        for answer in (RIGHT["bbox"], LOOSE, WRONG, {"nothing": True}) * 3:
            make_submission(session, me, project, answer)
        make_submission(session, me, other, RIGHT["text_class"])
        studio.sign_in(context, me)
        slug = project.slug
    page.goto(f"{studio.address}/scores?lang=en&project={slug}")
    return page


def all_projects(page: Page) -> None:
    page.get_by_role("link", name="All projects").click()
    page.wait_for_load_state()


def test_no_page_of_scores_has_a_serious_fault(page):
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    look_it_over(page)
    all_projects(page)
    look_it_over(page)


def test_on_a_phone_nothing_goes_sideways(page):
    page.set_viewport_size({"width": 390, "height": 844})

    for visit in (lambda _: None, all_projects):
        visit(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_figures_of_a_plot_open_by_keyboard(page):
    summary = page.locator("section[aria-labelledby=curve-title] summary")
    table = page.locator("section[aria-labelledby=curve-title] table")
    expect(table).to_be_hidden()

    summary.focus()
    page.keyboard.press("Enter")

    expect(table).to_be_visible()


def test_on_paper_the_figures_of_each_plot_stand_beneath_it(page):
    page.emulate_media(media="print")

    for table in page.locator(".plot-data table").all():
        expect(table).to_be_visible()


def test_a_number_in_the_table_of_mistakes_leads_to_its_attempts(page):
    page.locator(".cell a").first.click()

    expect(page.locator("#attempts")).to_contain_text("attempts found among the newest 12.")
    expect(page.get_by_label("Kind of mistake")).not_to_have_value("")


def test_a_goal_is_set_by_its_form(page):
    all_projects(page)
    page.get_by_text("Change the goal").click()
    page.get_by_label("Minutes a day").fill("25")
    page.get_by_role("button", name="Save the goal").click()

    expect(page.locator("#goal")).to_contain_text("of 25 minutes today")
