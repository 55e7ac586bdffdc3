"""One error of each kind, drawn by hand: the page names each with its clause, its side and its pixels, and
shows it on the very picture."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from labelkit.domain.projects import Clause, ClauseGroup
from labelkit.domain.scores import ErrorKind
from labelkit.domain.texts import Texts
from labelkit.services import practice
from tests.browser.studio import Studio
from tests.browser.test_axe import look_it_over
from tests.browser.working import Desk
from tests.make import box, boxes, make_item, make_project, make_submission, make_user

SIZE = (800, 600)
GOLD = (
    box(x=40, y=40),  # will be missing
    box(x=200, y=40),  # drawn twice
    box("person", x=360, y=40),  # called a car
    box(x=520, y=40),  # misplaced
    box("person", x=40, y=220),  # called a car, and misplaced
    box(x=240, y=220),  # loose
    box(x=420, y=220),  # cut
    box(x=600, y=220),  # shifted
    box(x=240, y=400, flags=frozenset({"occluded"})),  # not said to be occluded
    box(x=420, y=400),  # exact
    box(x=600, y=420, w=150, h=120, ignore=True),
    box(x=40, y=520, w=60, h=50, optional=True),
)
DRAWN = (
    *((200, 40, 100, 80), (206, 46, 88, 68), (360, 40, 100, 80), (575, 40, 100, 80), (95, 220, 100, 80)),
    *((228, 220, 112, 80), (420, 235, 100, 65), (610, 220, 100, 80), (240, 400, 100, 80)),
    *((420, 400, 100, 80), (40, 400, 70, 60)),
)
TOLD = [
    ("missing", "You missed one Car."),
    ("extra", "This Car is not an object to mark."),
    ("misplaced_wrong_label", "You marked Car in the wrong place, and it is Person."),
    ("wrong_label", "You marked Car, but it is Person."),
    ("duplicate", "This Car is already marked."),
    ("misplaced", "This Car is in the wrong place."),
    ("cut", "Car is cut: top −15 px cut."),
    ("loose", "Car is loose: left +12 px loose."),
    ("shifted", "Car is shifted: left −10 px cut, right +10 px loose."),
    ("wrong_attribute", "Car: the mark “occluded” is wrong."),
]
NUMBER = {kind: number for number, (kind, _) in enumerate(TOLD, 1)}


def clause_of(kind: str) -> str:
    return f"G-{list(ErrorKind).index(ErrorKind(kind)) + 1:02}"


def make_roomy_project(session, *golds):
    """Items with this gold, and a guide with a clause of its own for each kind of error."""
    project = make_project(session, items=0, flags=["occluded", "truncated"])
    clauses = [
        Clause(clause_of(kind), ClauseGroup.WHAT, Texts(f"{kind}!", f"Mind {kind}.")) for kind in ErrorKind
    ]
    errors = {kind.value: clause_of(kind) for kind in ErrorKind}
    project.guide = replace(project.guide, clauses=tuple(clauses), errors=errors)
    for position, gold in enumerate(golds):
        make_item(session, project, position=position, gold=[gold])
    session.flush()
    return project


def sit_down(studio: Studio, page: Page, gold) -> Desk:
    page.set_viewport_size({"width": 1440, "height": 900})
    with studio.session() as session:
        user = make_user(session)
        project = make_roomy_project(session, gold)
        assignment = practice.issue_next(session, user, project)
        studio.hang(session, assignment, SIZE)
        studio.sign_in(page.context, user)
        slug, place = project.slug, f"{studio.address}/work/{assignment.id}?lang=en"
    page.goto(place)
    desk = Desk(page, slug).ready()
    desk.press("0")  # one to one, so that what is drawn lies to the pixel
    return desk


def send(desk: Desk) -> Page:
    desk.submit()
    desk.page.wait_for_url("**/results/*")
    desk.page.locator("#result[data-ready=all]").wait_for()
    return desk.page


@pytest.fixture
def result(studio: Studio, page: Page) -> Page:
    """The page of an answer with the errors of TOLD, which was sent without drawing it."""
    page.set_viewport_size({"width": 1440, "height": 900})
    return open_result(studio, page)


def open_result(studio: Studio, page: Page) -> Page:
    with studio.session() as session:
        user = make_user(session)
        project = make_roomy_project(session, boxes(*GOLD))
        studio.hang(session, practice.issue_next(session, user, project), SIZE)
        drawn = boxes(*(box(x=x, y=y, w=w, h=h) for x, y, w, h in DRAWN))
        submission = make_submission(session, user, project, drawn)
        studio.sign_in(page.context, user)
        place = f"{studio.address}/results/{submission.id}?lang=en"
    page.goto(place)
    page.locator("#result[data-ready=all]").wait_for()
    return page


def finding(page: Page, kind: str):
    return page.locator(f".finding[data-kind={kind}]")


def view(page: Page) -> list[float]:
    return [float(number) for number in (page.locator("svg.compare").get_attribute("viewBox") or "").split()]


def wait_for_width(page: Page, comparison: str) -> None:
    width = "document.querySelector('svg.compare').getAttribute('viewBox').split(' ')[2]"
    page.wait_for_function(f"() => Number({width}) {comparison}")


def test_each_error_that_was_drawn_is_named_the_worst_first_with_its_clause_its_side_and_its_pixels(
    studio, page
):
    desk = sit_down(studio, page, boxes(*GOLD))
    for place in DRAWN:
        desk.draw(*place)
    assert len(desk.boxes) == len(DRAWN)

    send(desk)

    sentences = page.locator(".finding-words > span:last-child").all_inner_texts()
    kinds = page.locator(".finding").evaluate_all("all => all.map(one => one.dataset.kind)")
    assert list(zip(kinds, sentences, strict=True)) == TOLD
    for kind, _ in TOLD:
        expect(finding(page, kind).locator(".clause")).to_have_text(f"{clause_of(kind)} Mind {kind}.")
    numbers = page.locator(".finding-number").all_inner_texts()
    assert page.locator(".badge text").all_text_contents() == numbers == [str(n) for n in NUMBER.values()]
    expect(page.locator(".finding.warning")).to_have_count(1)  # the mark; told last


@pytest.mark.parametrize(("kind", "gold"), [("false_unusable", GOLD), ("missed_unusable", None)])
def test_what_cannot_be_labelled_and_what_can_is_named_too(studio, page, kind, gold):
    desk = sit_down(studio, page, boxes(*gold) if gold else {"unusable": True})
    if gold:
        desk.press("u")
    else:
        desk.draw(100, 100, 80, 60)

    send(desk)

    expect(page.locator(".finding")).to_have_count(1)
    expect(finding(page, kind)).to_contain_text("can be labelled" if gold else "cannot be labelled")
    expect(finding(page, kind).locator(".clause")).to_have_text(f"{clause_of(kind)} Mind {kind}.")


def test_arrows_tell_the_signed_pixels_of_each_side_of_the_finding_that_is_shown_closely(result):
    expect(result.locator(".sides .off")).to_have_count(6)  # two of misplaced, one each, two of shifted
    sides = {"loose": [("left", "+12 px")], "cut": [("top", "−15 px")]}
    sides["shifted"] = [("left", "−10 px"), ("right", "+10 px")]

    for kind, expected in sides.items():
        result.keyboard.press(str(NUMBER[kind]))
        expect(finding(result, kind).locator("a[aria-current]")).to_have_count(1)
        arrows = result.locator(".sides .arrow")
        told = arrows.evaluate_all(
            "all => all.map(one => [one.dataset.side, one.querySelector('text').textContent])"
        )
        assert [tuple(one) for one in told] == expected


def test_findings_are_gone_through_by_keys_by_buttons_and_by_their_numbers_on_the_picture(result):
    whole = view(result)
    current = result.locator(".finding a[aria-current] .finding-number")

    result.keyboard.press("n")
    expect(current).to_have_text("1")
    wait_for_width(result, f"< {whole[2]}")
    result.keyboard.press("n")
    expect(current).to_have_text("2")
    result.keyboard.press("p")
    result.keyboard.press("p")
    expect(current).to_have_text(str(len(TOLD)))  # round the end
    result.locator("[data-step='1']").click()
    expect(current).to_have_text("1")
    result.keyboard.press("Escape")
    expect(current).to_have_count(0)
    wait_for_width(result, f"=== {whole[2]}")
    result.locator("#mark-3").click()
    expect(current).to_have_text("3")
    result.locator("[data-whole]").click()
    wait_for_width(result, f"=== {whole[2]}")


def test_a_finding_stands_on_three_crops_of_the_very_picture(result):
    picture = result.locator("svg.compare > image").get_attribute("href")
    crops = result.locator(".finding .crop image")

    hrefs = crops.evaluate_all("all => all.map(one => one.getAttribute('href'))")

    assert hrefs == [picture] * 3 * len(TOLD)
    drawn = {"missing": (0, 1, 0), "extra": (0, 0, 1), "duplicate": (0, 1, 2), "loose": (0, 1, 1)}
    for kind, (original, right, wrong) in drawn.items():
        for crop, count in (("original", original), ("right", right), ("wrong", wrong)):
            expect(finding(result, kind).locator(f".crop.{crop} rect.line")).to_have_count(count)
    expect(finding(result, "wrong_label").locator("figcaption").nth(1)).to_have_text("Gold Person")
    expect(finding(result, "wrong_label").locator("figcaption").nth(2)).to_have_text("Mine Car")
    expect(finding(result, "missing").locator("figcaption").nth(2)).to_have_text("Mine nothing marked")


def test_what_is_right_is_told_as_plainly(result):
    expect(result.locator(".praise")).to_contain_text("3 of 12 are right")  # exact, doubled, mark forgotten
    expect(result.locator(".praise")).to_contain_text("3 of 11 boxes lie exactly")
    expect(result.locator(".rights")).to_have_text("Car 3")
    expect(result.locator(".tick")).to_have_count(2)  # of those three, one has a warning


def test_what_counts_nowhere_and_what_need_not_be_drawn_is_marked_with_a_legend(result):
    expect(result.locator(".compare .ignored")).to_have_count(1)
    expect(result.locator(".compare .optional")).to_have_count(1)
    expect(result.locator(".legend li")).to_have_text(["Counts nowhere", "Right if drawn, no mistake if not"])


def test_a_divider_shows_mine_on_its_left_and_gold_on_its_right(result):
    divider = result.locator(".slide input")
    mine = result.locator("#clip-mine rect")
    expect(divider).to_be_hidden()

    result.keyboard.press("c")
    expect(divider).to_be_focused()
    expect(result.locator("g[data-half=mine]")).to_have_attribute("clip-path", "url(#clip-mine)")
    middle = float(mine.get_attribute("width") or 0)
    result.keyboard.press("ArrowLeft")
    assert float(mine.get_attribute("width") or 0) < middle
    stage = result.locator(".frame-stage").bounding_box()
    assert stage is not None
    at = (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    result.mouse.move(at[0] - 5, at[1])
    result.mouse.down()
    result.mouse.move(at[0] + 200, at[1], steps=4)
    result.mouse.up()
    assert float(mine.get_attribute("width") or 0) > middle + 100
    result.keyboard.press("c")
    expect(divider).to_be_hidden()
    expect(result.locator("g[data-half=mine]")).not_to_have_attribute("clip-path", "url(#clip-mine)")


def test_the_keys_stand_in_a_sheet(result):
    result.keyboard.press("Shift+Slash")
    expect(result.locator("#key-sheet")).to_be_visible()
    expect(result.locator("#key-sheet")).to_contain_text("Next and previous finding")
    result.keyboard.press("Escape")
    expect(result.locator("#key-sheet")).to_be_hidden()


def test_a_phone_shows_a_finding_closely_and_has_the_divider(result):
    result.set_viewport_size({"width": 390, "height": 844})
    result.locator("[data-step='1']").click()
    expect(result.locator(".finding a[aria-current]")).to_be_in_viewport()
    result.locator("input[value=slide]").check()
    expect(result.locator(".slide input")).to_be_in_viewport()

    assert result.evaluate("document.documentElement.scrollWidth") == 390
    assert result.evaluate("document.documentElement.scrollHeight") <= 844


def test_a_finger_moves_the_divider(studio, new_context):
    page = new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}).new_page()
    open_result(studio, page)
    page.locator("label:has(input[value=slide])").tap()
    stage = page.locator(".frame-stage").bounding_box()
    assert stage is not None
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2

    finger = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [(x, y)]),
        ("touchMove", [(x + 40, y)]),
        ("touchMove", [(x + 90, y)]),
    ):
        touch = [{"x": at[0], "y": at[1]} for at in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touch})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    page.wait_for_function("() => document.querySelector('.slide input').valueAsNumber > 65")


def test_a_finding_shown_closely_and_the_divider_have_no_serious_fault(result):
    result.emulate_media(reduced_motion="reduce")
    result.keyboard.press("n")
    result.keyboard.press("c")

    look_it_over(result)
