"""What a dispute is about is told in a word, and the days to raise it are counted."""

from datetime import UTC, datetime, timedelta

import pytest

from labelkit.domain.dispute_subjects import FindingSubject, is_over
from labelkit.domain.errors import NotFound

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_a_subject_reads_what_it_writes():
    subject = FindingSubject(position=3, gold_version=2, rules_version=1)

    assert str(subject) == "finding/3/2/1"
    assert FindingSubject.parse(str(subject)) == subject


@pytest.mark.parametrize(
    "word", ["", "verdict", "finding/3/2", "finding/3/2/1/0", "finding/x/2/1", "finding/-3/2/1"]
)
def test_another_word_names_no_finding(word):
    with pytest.raises(NotFound):
        FindingSubject.parse(word)


def test_the_last_moment_of_the_window_belongs_to_it():
    assert not is_over(NOW, 7, NOW + timedelta(days=7))
    assert is_over(NOW, 7, NOW + timedelta(days=7, seconds=1))
