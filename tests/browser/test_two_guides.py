"""One picture under two guides, by mouse, and the triples of the guide that tells them apart."""

from playwright.sync_api import expect

from tests.browser.working import Desk


def test_the_same_picture_comes_under_the_other_guide(page):
    page.goto("/")
    page.locator("form:has(input[value=worker]) button").click()
    page.goto("/projects/street_amodal")
    expect(page.locator(".triple")).to_have_count(10)
    page.locator("form[action$='/drill'] button").click()
    desk = Desk(page, "street_amodal").ready()
    note = page.locator("dialog.drill")
    expect(note).to_contain_text("G-08")
    note.locator("button").click()
    expect(note).to_be_hidden()
    picture = desk.stage.locator("img").get_attribute("src")
    desk.draw(200, 150, 60, 40)
    desk.submit()
    page.locator("#result form[action$='/other-guide'] button").click()
    expect(page.locator("#item-title")).to_contain_text("도로 객체 전체 장면")

    desk = Desk(page, "street").ready()
    assert desk.stage.locator("img").get_attribute("src") == picture
    expect(note).to_contain_text("도로 객체 전체 그리기")
