"""The guide beside the work: searched, opened where one left it or at a finding's clause, and what is new."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from labelkit.domain.projects import Change
from labelkit.domain.texts import Texts
from labelkit.store.models import Project
from tests.browser.working import Desk


@pytest.fixture
def desk(page) -> Desk:
    return Desk.sit_down(page, "vehicle_type")


def test_the_guide_is_searched_also_by_first_consonants(desk):
    page = desk.page
    desk.press("g")
    rows = page.locator("#guide .guide-labels > div:visible")
    expect(rows).to_have_count(8)
    page.locator("#guide-search").fill("ㅎㅊㅂ")  # 해치백

    expect(rows.first).to_contain_text("해치백")
    assert rows.count() < 8
    page.locator("#guide-search").fill("no such word")
    expect(page.locator("[data-nothing]")).to_be_visible()
    page.locator("#guide-search").fill("")
    expect(rows).to_have_count(8)


def test_the_guide_opens_where_one_left_it_also_on_the_next_item(desk):
    page = desk.page
    desk.press("g")
    drawer = page.locator("[data-drawer]")
    expect(drawer.locator("#guide")).to_be_visible()
    drawer.evaluate("(drawer) => { drawer.scrollTop = 200; }")
    desk.press("Escape")
    desk.press("g")
    assert drawer.evaluate("(drawer) => drawer.scrollTop") == 200
    desk.press("Escape")
    page.locator("button[form=skip]").click()
    desk.ready()
    desk.press("g")
    expect(drawer.locator("#guide")).to_be_visible()

    page.wait_for_function("document.querySelector('[data-drawer]').scrollTop === 200")


def test_a_findings_clause_opens_the_guide_there(desk):
    page = desk.page
    desk.press("1", "Enter")
    page.wait_for_url("**/results/*")
    page.locator("#result[data-ready]").wait_for()
    clause = page.locator(".finding [data-clause]").first
    if clause.count() == 0:  # it happened to be right: another label is wrong
        page.locator("[data-key=KeyA]").click()
        desk.ready().press("2", "Enter")
        page.wait_for_url("**/results/*")
    name = clause.text_content()
    clause.click()

    wanted = page.locator("[data-drawer] .wanted")
    expect(wanted).to_have_id(name or "")
    expect(wanted).to_be_in_viewport()


def test_without_script_a_clause_leads_to_its_place_in_the_guide(desk):
    page = desk.page
    for key in ("1", "2"):
        desk.press(key, "Enter")
        page.wait_for_url("**/results/*")
        if page.locator(".finding [data-clause]").count():
            break
        page.locator("[data-key=KeyA]").click()
        desk.ready()

    link = page.locator(".finding [data-clause]").first.get_attribute("href") or ""
    assert link.startswith("/projects/vehicle_type/guide#G-")


def test_what_is_new_in_the_guide_is_shown_once(page, studio):
    desk = studio.sit_down(page, task_type="image_class", items=2)
    badge = page.locator("[data-guide] [data-news]")
    expect(badge).to_be_hidden()
    with studio.session() as session:
        project = session.scalars(select(Project).where(Project.slug == desk.slug)).one()
        change = Change(2, "2026-11-24", Texts("버스도 차예요.", "A bus is a car, too."))
        guide = project.guide
        project.guide = replace(guide, version=2, changes=(*guide.changes, change))
        project.guide_version = 2
    page.reload()
    desk.ready()

    expect(badge).to_be_visible()
    desk.press("g")
    news = page.locator("[data-drawer] [data-new]")
    expect(news.locator("li")).to_have_text(["v2 2026-11-24 버스도 차예요."])
    expect(badge).to_be_hidden()
    page.reload()
    desk.ready()
    expect(badge).to_be_hidden()
