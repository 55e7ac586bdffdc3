"""What one version of a guide says otherwise than another."""

from dataclasses import replace

from labelkit.domain.guide_changes import Part, compare, pieces
from labelkit.domain.projects import Clause, ClauseGroup
from labelkit.domain.texts import Texts
from tests.make import make_guide


def test_equal_guides_differ_in_nothing():
    assert compare(make_guide(), make_guide()) == ()


def test_each_part_that_changed_is_named_with_what_it_was():
    before = make_guide()
    second = before.clauses[1]
    new = Clause("G-03", ClauseGroup.HIDDEN, Texts("", "Mark hidden cars."))
    changed = replace(second, text=Texts("", "Leave no gap."))
    after = replace(before, purpose=Texts("", "Find."), clauses=(changed, new), reasons=before.reasons[:1])

    assert [(one.name, one.kind) for one in compare(before, after)] == [
        ("purpose", "changed"),
        ("G-02", "changed"),
        ("G-03", "new"),
        ("G-01", "gone"),
        ("reason", "gone"),
    ]


def test_texts_are_told_apart_word_by_word():
    assert pieces("Mark every car.", "Mark each car.") == [
        (Part.SAME, "Mark"),
        (Part.REMOVED, " every"),
        (Part.ADDED, " each"),
        (Part.SAME, " car."),
    ]
    assert pieces("", "차를 표시") == [(Part.ADDED, "차를 표시")]
    assert pieces("차를 표시", "") == [(Part.REMOVED, "차를 표시")]
