"""How long the pages of scores take after 1,000 and after 1,000,000 submissions.

    python -m tests.bench.bench_pages [--most 100000] [--folder …]

Two databases are made on six of the sample packs: so few that after 1,000 submissions already the most
diligent worker has been in each of them, and the pages have about as much to show. Each page is asked for
again and again by somebody signed in: that worker, who sent more than a fifth of all there is, and an
inspector. The bars: no page takes longer than 100 ms, nor 1.5 times as long with the many as with the few.
A million takes about two minutes to make, and 4 GB in the folder for temporary files.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from labelkit.app import create_app
from labelkit.config import TOP, Settings
from labelkit.formats.pack import read_pack
from labelkit.services import projects
from labelkit.store.engine import open_engine, upgrade, writing
from labelkit.store.images import Pictures
from tests.bench.many_submissions import PEOPLE, fill
from tests.bench.ways_to_answer import SAMPLES

FEW, MANY = 1_000, 1_000_000
REQUESTS = 20
MOST_MS, MOST_RATIO = 100.0, 1.5
WORKER, INSPECTOR = 1, PEOPLE + 1  # ids, as they were made
PAGES = (
    (WORKER, "/"),
    (WORKER, "/projects/street_basic"),
    (WORKER, "/projects/street"),
    (WORKER, "/scores"),
    (WORKER, "/scores?project=street_basic"),
    (INSPECTOR, "/"),
    (INSPECTOR, "/inspect"),
    (INSPECTOR, "/scores/people"),
    (INSPECTOR, "/scores/people?project=street_basic&sort=seconds"),
    (INSPECTOR, f"/scores/people/{WORKER}"),
    (INSPECTOR, "/scores/projects/street_basic"),
    (INSPECTOR, "/scores/projects/street"),
    (INSPECTOR, "/agreement/street_basic"),
    (INSPECTOR, "/inspect/disputes"),
    (INSPECTOR, "/inspection-practice/figures"),
)


def sample_database(folder: Path) -> Path:
    """A database with the sample projects and nobody in it."""
    path = folder / "samples.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with writing(engine) as session:
        for slug in SAMPLES:
            pack = read_pack(TOP / "sample_data" / slug)
            projects.add_pack(session, Pictures(folder, 50_000_000), pack)
        session.commit()
    engine.dispose()
    return path


def filled(folder: Path, samples: Path, n: int) -> str:
    """The address of a database with `n` submissions; one that was made before is taken again."""
    path = folder / f"after-{n}.sqlite3"
    url = f"sqlite:///{path}"
    if not path.exists():
        started = time.perf_counter()
        being_made = folder / "being-made.sqlite3"
        shutil.copyfile(samples, being_made)
        engine = open_engine(f"sqlite:///{being_made}")
        fill(engine, n)
        engine.dispose()
        being_made.rename(path)
        seconds, megabytes = time.perf_counter() - started, path.stat().st_size / 1e6
        print(f"{n:,} submissions made in {seconds:.0f} s, {megabytes:.0f} MB")
    return url


def browser_of(folder: Path, url: str, person: int) -> FlaskClient:
    """Somebody signed in at an application of its own on this database."""
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key="only for measuring"))
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["user"], cookie["epoch"] = person, 1
    return browser


def median_ms(browsers: Sequence[FlaskClient], address: str) -> list[float]:
    """The median time of a page in milliseconds, for each browser; they ask in turn, so that whatever else
    the machine does meanwhile meets them alike. The first answers do not count."""
    times: list[list[float]] = [[] for _ in browsers]
    for _ in range(REQUESTS + 3):
        for browser, taken in zip(browsers, times, strict=True):
            started = time.perf_counter()
            answer = browser.get(address)
            answer.get_data()
            taken.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
    return [statistics.median(taken[3:]) for taken in times]


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    if kept is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=MANY, help="how many submissions the many are")
    parser.add_argument("--folder", type=Path, help="where to keep the databases for the next time")
    asked = parser.parse_args()
    with folder_for(asked.folder) as folder:
        samples = folder / "samples.sqlite3"
        samples = samples if samples.exists() else sample_database(folder)
        addresses = [filled(folder, samples, n) for n in (FEW, asked.most)]
        browsers = {
            person: [browser_of(folder, address, person) for address in addresses]
            for person in (WORKER, INSPECTOR)
        }
        measured = [(who, page, *median_ms(browsers[who], page)) for who, page in PAGES]
    print(f"\n{'median of ' + str(REQUESTS) + ' requests':<58}{FEW:>12,}{asked.most:>12,}   ratio")
    over = 0
    for person, page, few, many in measured:
        good = many / few <= MOST_RATIO and max(few, many) <= MOST_MS
        over += not good
        who = "worker" if person == WORKER else "inspector"
        print(f"{who:<10} {page:<47}{few:9.1f} ms{many:9.1f} ms{many / few:8.2f}{'' if good else '  over'}")
    return over


if __name__ == "__main__":
    sys.exit(main())
