"""Two inspectors on one answer: the second judges without knowing the first verdict, then sees both."""

from playwright.sync_api import expect

from labelkit.domain.people import Role
from labelkit.domain.projects import Feedback
from labelkit.domain.review_rules import ReviewRules
from labelkit.domain.workflow import Verdict
from labelkit.services import reviews
from labelkit.services.reviews import Decision
from tests.browser.test_axe import look_it_over
from tests.make import box, boxes, make_project, make_submission, make_user


def test_a_second_inspector_judges_blind_and_then_sees_where_they_differ(studio, new_context):
    page = new_context(reduced_motion="reduce").new_page()
    with studio.session() as session:
        first, second = (make_user(session, role=Role.INSPECTOR) for _ in range(2))
        project = make_project(session, feedback=Feedback.AFTER_REVIEW, items=1)
        project.review_rules = ReviewRules(cross_percent=100)
        sent = make_submission(session, make_user(session), project, boxes(box(w=140)))
        loose = {"region": 0, "reason": "loose"}
        reviews.decide(session, first, sent.id, Decision(Verdict.REJECTED, marks=(loose,)))
        studio.sign_in(page.context, second)
        first_name = first.name

    page.goto(f"{studio.address}/inspect?lang=en")
    page.locator(".tabs a", has_text="Cross-inspection").click()
    page.locator(".form-end .filled").click()
    page.locator("#look[data-ready=all]").wait_for()
    expect(page.locator("#look")).not_to_contain_text(first_name)
    expect(page.locator(".badge.fail")).to_have_count(0)
    page.keyboard.press("1")
    page.keyboard.press("x")
    page.locator("[name=region-0]").select_option("missing")
    page.keyboard.press("Enter")
    page.keyboard.press("r")

    page.locator("#compared[data-ready=all]").wait_for()
    row = page.locator(".two-verdicts tr", has_text="Car")
    expect(row.locator("td")).to_have_text(["A box is loose.", "An object is missing.", "differs"])
    expect(page.locator(".badge.fail")).to_have_count(1)
    look_it_over(page)
