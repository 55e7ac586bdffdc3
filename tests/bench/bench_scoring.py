"""How fast scoring is, and beside whom: `python tests/bench/bench_scoring.py`.

Every line is measured in a process of its own: the best of several runs, and the most memory that the
process ever held, with the data and everything it imported. Peers that are not installed are left out
(`pip install labelkit[bench]` brings them).
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RUNS = 7
OURS = "labelkit, columns"


def bulk() -> Callable[[], Any]:
    """Columns in any order to figures and findings of every picture, and of the whole."""
    from bench_data import IMAGES, answer_set, gold_set

    from labelkit.domain.bulk import score_tables
    from labelkit.domain.rules import BoxRules

    gold = gold_set()
    answers = answer_set(gold)
    return lambda: score_tables(answers.table(IMAGES), gold.table(IMAGES), BoxRules()).overall()


def annotations() -> Callable[[], Any]:
    """The same out of Annotation values, as they come from the database."""
    from bench_data import answer_set, as_annotations, gold_set

    from labelkit.domain.rules import BoxRules
    from labelkit.domain.scoring import score_many

    gold = gold_set()
    drawn, accepted = as_annotations(answer_set(gold)), [[one] for one in as_annotations(gold)]
    return lambda: score_many(drawn, accepted, BoxRules()).overall()


def every_score() -> Callable[[], Any]:
    """The columns again, and out of them a Score with its Findings for each picture."""
    from bench_data import IMAGES, answer_set, gold_set

    from labelkit.domain.bulk import score_tables
    from labelkit.domain.rules import BoxRules

    gold = gold_set()
    answers = answer_set(gold)

    def scored() -> list[Any]:
        scores = score_tables(answers.table(IMAGES), gold.table(IMAGES), BoxRules())
        return [scores.score(n) for n in range(IMAGES)]

    return scored


def one_answer(boxes: int) -> Callable[[], Any]:
    """One answer against its gold, from values to Score."""
    from bench_data import answer_set, as_annotations, gold_set

    from labelkit.domain.rules import BoxRules
    from labelkit.domain.scoring import score_boxes

    gold = gold_set(images=1, boxes=boxes)
    drawn, right = as_annotations(answer_set(gold), 1)[0], as_annotations(gold, 1)[0]
    return lambda: score_boxes(drawn, right, BoxRules())


def peer(name: str) -> Callable[[], Any]:
    from bench_data import answer_set, gold_set
    from bench_peers import PEERS

    gold = gold_set()
    return PEERS[name](gold, answer_set(gold))


LINES: dict[str, tuple[str, Callable[[], Callable[[], Any]]]] = {
    OURS: ("numpy", bulk),
    "labelkit, annotation values": ("numpy", annotations),
    "labelkit, 5,000 Score objects": ("numpy", every_score),
    "hotcoco, image_diagnostics": ("hotcoco", lambda: peer("hotcoco, image_diagnostics")),
    "faster-coco-eval": ("faster_coco_eval", lambda: peer("faster-coco-eval")),
    "pycocotools": ("pycocotools", lambda: peer("pycocotools")),
    "labelkit, one answer of 10 boxes": ("numpy", lambda: one_answer(10)),
    "labelkit, one answer of 500 boxes": ("numpy", lambda: one_answer(500)),
}


def measure(name: str) -> dict[str, float | None]:
    """Seconds of processor and of wall clock for one run, and the peak memory of this process in MB."""
    run = LINES[name][1]()
    run()
    start = time.perf_counter()
    run()
    repeats = max(1, int(0.05 / (time.perf_counter() - start)))
    best_cpu = best_wall = float("inf")
    for _ in range(RUNS):
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(repeats):
            run()
        best_cpu = min(best_cpu, (time.process_time() - cpu) / repeats)
        best_wall = min(best_wall, (time.perf_counter() - wall) / repeats)
    return {"cpu": best_cpu, "wall": best_wall, "peak": peak_memory()}


def peak_memory() -> float | None:
    """The most memory that this process held, in MB, where the system tells."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    lines = status.read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def in_own_process(name: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--run", name]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(told)
    return result


def print_table() -> None:
    print("5,000 pictures, 36,781 gold boxes, 80 labels; times in ms\n")
    print(f"{'':36}{'CPU':>10}{'wall':>10}{'x ours':>9}{'peak MB':>10}")
    ours = None
    for name, (module, _) in LINES.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:36}{'not installed':>20}")
            continue
        told = in_own_process(name)
        ours = ours or told["cpu"]
        ratio = "" if "one answer" in name else f"{told['cpu'] / ours:.1f}"
        peak = "–" if told["peak"] is None else f"{told['peak']:.0f}"
        print(f"{name:36}{told['cpu'] * 1e3:10.2f}{told['wall'] * 1e3:10.2f}{ratio:>9}{peak:>10}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", choices=LINES, help="measure one line only, and print JSON")
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(measure(asked.run)))
        return
    print_table()
    if importlib.util.find_spec("pycocotools"):
        from bench_hits import compare_hits

        compare_hits()


if __name__ == "__main__":
    main()
