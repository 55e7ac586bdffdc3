"""Korean particles suit the word before them: 차를 but 사람을, 길로 but 집으로."""

import pytest

from labelkit.domain.particles import settle_particles


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("차[을] 놓쳤어요", "차를 놓쳤어요"),
        ("사람[을] 놓쳤어요", "사람을 놓쳤어요"),
        ("차[이] 아니에요", "차가 아니에요"),
        ("사람[이] 아니에요", "사람이 아니에요"),
        ("차[은] 여기", "차는 여기"),
        ("사람[은] 여기", "사람은 여기"),
        ("차[과] 버스", "차와 버스"),
        ("사람[과] 버스", "사람과 버스"),
        ("버스[이에요].", "버스예요."),
        ("사람[이에요].", "사람이에요."),
    ],
)
def test_a_particle_follows_the_final_consonant(written, said):
    assert settle_particles(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [("버스[으로]", "버스로"), ("사람[으로]", "사람으로"), ("신호등과 차량 길[으로]", "신호등과 차량 길로")],
)
def test_rieul_takes_the_short_form_of_euro_only(written, said):
    assert settle_particles(written) == said


def test_rieul_counts_as_a_final_consonant_elsewhere():
    assert settle_particles("길[을] 길[이] 길[은] 길[과]") == "길을 길이 길은 길과"


@pytest.mark.parametrize(
    ("digit", "object_", "direction"),
    [
        ("0", "을", "으로"),  # 영
        ("1", "을", "로"),  # 일
        ("2", "를", "로"),  # 이
        ("3", "을", "으로"),  # 삼
        ("4", "를", "로"),  # 사
        ("5", "를", "로"),  # 오
        ("6", "을", "으로"),  # 육
        ("7", "을", "로"),  # 칠
        ("8", "을", "로"),  # 팔
        ("9", "를", "로"),  # 구
    ],
)
def test_a_digit_goes_by_its_korean_name(digit, object_, direction):
    assert settle_particles(f"박스 {digit}[을]") == f"박스 {digit}{object_}"
    assert settle_particles(f"박스 {digit}[으로]") == f"박스 {digit}{direction}"


def test_a_number_goes_by_its_last_digit():
    assert settle_particles("박스 13[은], 박스 12[은]") == "박스 13은, 박스 12는"


@pytest.mark.parametrize("word", ["“사람”", "사람)", "「사람」", "(“사람”)"])
def test_quotation_marks_and_brackets_do_not_hide_the_word(word):
    assert settle_particles(f"{word}[을] 놓쳤어요") == f"{word}을 놓쳤어요"


@pytest.mark.parametrize("word", ["bus", "Bus!", "%", "“bus”", "٣"])
def test_a_word_in_other_letters_takes_the_form_for_a_vowel(word):
    assert settle_particles(f"{word}[을]") == f"{word}를"


@pytest.mark.parametrize(("written", "said"), [("가[을]", "가를"), ("힣[을]", "힣을"), ("각[을]", "각을")])
def test_the_first_and_the_last_syllables_of_hangul_count(written, said):
    assert settle_particles(written) == said


def test_several_particles_in_one_sentence_are_settled_each_by_its_own_word():
    assert settle_particles("차[을] 골랐지만 사람[이에요].") == "차를 골랐지만 사람이에요."


@pytest.mark.parametrize("sentence", ["", "[을] 처음", "차 [abc]", "차를 놓쳤어요", "You missed one car."])
def test_a_sentence_without_a_mark_after_a_word_stays_as_it_is(sentence):
    assert settle_particles(sentence) == sentence
