"""`labelkit score` compares two files on the command line, with neither a server nor a database."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from labelkit.cli import main
from tests.formats.coco_files import answers, box, gold, results, write

HEAVY = {"alembic", "flask", "PIL", "sqlalchemy", "waitress"}
NO_GOLD = "This is no COCO annotation file: an object with images, annotations and categories."
README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where we stand: a folder with gold.json and answers.json."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "gold.json", gold())
    write(tmp_path / "answers.json", answers())
    return tmp_path


@pytest.fixture
def score(folder, monkeypatch, capsys):
    """Runs the command on the two files, and gives back its exit code and what it prints and complains."""

    def run(*options):
        files = ["--gold", "gold.json", "--answers", "answers.json"]
        monkeypatch.setattr(sys, "argv", ["labelkit", "score", *files, *options])
        try:
            code = main() or 0
        except SystemExit as ended:
            code = ended.code
        return code, *capsys.readouterr()

    return run


def loaded_by(*arguments, cwd=None):
    """The top-level modules that a command has loaded when it is done."""
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    code += "from labelkit.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd)
    return {name.partition(".")[0] for name in run.stderr.split()}


def test_the_list_of_commands_loads_neither_server_nor_database():
    assert not HEAVY & loaded_by("--version")


def test_scoring_loads_neither_server_nor_database(folder):
    assert not HEAVY & loaded_by("score", "--gold", "gold.json", "--answers", "answers.json", cwd=folder)


def test_json_holds_everything(score):
    code, printed, _ = score("--json")
    raw = json.loads(printed, parse_constant=pytest.fail)

    assert code == 0
    assert raw["overall"]["score"] == 0.5
    assert [each["file_name"] for each in raw["images"]] == ["거리-1.jpg", "street-2.jpg", "street-3.jpg"]


def test_csv_goes_to_a_file_beside_the_page_or_alone_to_the_screen(score, folder):
    code, page, _ = score("--csv", "scores.csv")
    _, printed, _ = score("--csv", "-")

    assert code == 0
    assert page.startswith("answers.json against gold.json")
    with (folder / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line["score"] for line in csv.DictReader(file)] == ["0.5", "1.0", "0.0"]
    assert printed.replace("\r\n", "\n") == (folder / "scores.csv").read_text(encoding="utf-8")


def test_the_iou_of_a_hit_can_be_chosen(score):
    _, printed, _ = score("--json", "--iou", "0.95")  # the second box has an IoU of 0.92
    assert json.loads(printed)["overall"]["hits"] == 1

    _, printed, _ = score("--json", "--iou", "0.05")  # below the IoU from which a box counts as misplaced
    assert json.loads(printed)["rules"]["near_iou"] == 0.05


def test_rules_can_come_from_a_file(score, folder):
    write(folder / "rules.json", {"pass_score": 0.5, "tolerance_min": 5})
    raw = json.loads(score("--json", "--rules", "rules.json")[1])

    assert raw["images_passed"] == 2
    assert raw["findings"][-1] == {"kind": "wrong_label", "mistakes": 1, "warnings": 0}


@pytest.mark.parametrize(
    ("spoiled", "content", "sentence"),
    [
        ("answers.json", b"", "This file is empty."),
        ("answers.json", b'[{"image_id": 1', "This is not JSON: see line 1, column 16."),
        ("gold.json", b"3", NO_GOLD),
        ("rules.json", {"pas_score": 1}, "There is no rule named “pas_score”."),
        ("rules.json", {"pass_score": 2}, "The rule “pass_score” must be from 0 to 1."),
        ("rules.json", b"[", "This is not JSON: see line 1, column 2."),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_one_sentence_with_exit_code_2(score, folder, spoiled, content, sentence):
    write(folder / "rules.json", {})
    write(folder / spoiled, content)

    assert score("--rules", "rules.json") == (2, "", f"labelkit: {spoiled}: {sentence}\n")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"image_id": 9}, "There is no image with the id 9."),
        ({"category_id": 9}, "There is no category with the id 9."),
        ({"bbox": "1,1,9,9"}, "The bbox is not a list of four numbers."),
        ({"bbox": [1, 1, -9, 9]}, "The bbox has no area."),
        ({"bbox": [641, 1, 9, 9]}, "The box lies wholly outside its picture."),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused_by_its_place(score, folder, change, sentence):
    write(folder / "answers.json", [results()[0], box(7, 1, 1, 1, 1, 9, 9) | change])

    assert score() == (2, "", f"labelkit: answers.json, results 2 (id 7): {sentence}\n")


def test_a_file_that_is_not_there_is_refused_in_one_sentence(score, folder):
    (folder / "gold.json").unlink()

    assert score() == (2, "", "labelkit: gold.json: There is no such file.\n")


def test_an_iou_that_cannot_be_meant_is_refused(score):
    assert score("--iou", "nan") == (2, "", "labelkit: The rule “match_iou” must be a number.\n")


def test_options_that_cannot_go_together_are_refused(score, folder):
    code, _, complaint = score("--json", "--csv", "-")
    assert code == 2
    assert "both would be printed" in complaint

    before = (folder / "gold.json").read_bytes()
    code, _, complaint = score("--csv", str(folder / "gold.json"))
    assert code == 2
    assert "write over a file that is read" in complaint
    assert (folder / "gold.json").read_bytes() == before


def test_a_csv_that_cannot_be_written_is_told(score):
    code, _, complaint = score("--csv", "no/such/folder.csv")

    assert code == 2
    assert complaint.startswith("labelkit: ")
    assert "Traceback" not in complaint


def test_a_screen_that_cannot_show_a_name_shows_the_rest(folder):
    command = [sys.executable, "-c", "from labelkit.cli import main; main()", "score"]
    files = ["--gold", "gold.json", "--answers", "answers.json"]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    run = subprocess.run([*command, *files], cwd=folder, env=environment, capture_output=True, check=True)

    assert b"  ??-1.jpg    0.500" in run.stdout


def test_the_example_of_the_readme_is_what_the_command_prints(score, folder):
    text = README.read_text(encoding="utf-8").partition("## Score two files\n")[2].partition("\n## ")[0]
    right, drawn = re.findall(r"```json\n(.+?)```", text, re.DOTALL)
    shown = re.search(r"answers\.json\n(answers\.json against .+?)\n  …\n```", text, re.DOTALL)
    write(folder / "gold.json", right.encode())
    write(folder / "answers.json", drawn.encode())

    assert score()[1].startswith(shown[1])
