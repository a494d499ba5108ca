"""Papers of many pages are drawn in a process of their own, to the same byte, and here where there is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.order_papers import SlipBatch
from app.services import aside
from app.services.drawing import MANY_SLIPS, Drawer, Paper
from tests.documents.makers import JOB_LIST, slip


def batch(number: int) -> Paper:
    return Paper("slips", SlipBatch(tuple(slip() for _ in range(number)), 7), "ja")


@pytest.fixture
def drawer():
    made = Drawer()
    yield made
    made.close()


def processes(drawer: Drawer) -> list[int]:
    pool = drawer.aside._pool
    return list(pool._processes) if pool is not None else []


def test_many_slips_are_drawn_elsewhere_to_the_same_byte(drawer):
    paper = batch(MANY_SLIPS)
    drawn = drawer.draw(paper, lambda: pytest.fail("it was drawn here"))
    assert drawn == paper.draw()
    (first,) = processes(drawer)
    assert first != os.getpid()
    drawer.draw(paper, lambda: None)
    assert processes(drawer) == [first]  # kept for the next


def test_a_long_list_of_a_pick_job_is_drawn_elsewhere_to_the_same_byte(drawer):
    stops = tuple(replace(JOB_LIST.stops[0], shelf=f"A-{n:03d}") for n in range(160))
    paper = Paper("job_list", replace(JOB_LIST, stops=stops), "ja")
    assert drawer.draw(paper, lambda: None) == paper.draw()
    assert len(processes(drawer)) == 1
    assert not Paper("job_list", JOB_LIST, "ja").many


def test_few_slips_are_drawn_here_and_give_way_between_them(drawer):
    ways = []
    drawer.draw(batch(3), lambda: ways.append(1))
    assert (len(ways), processes(drawer)) == (3, [])


def test_a_process_that_dies_costs_no_paper(drawer):
    paper = batch(MANY_SLIPS)
    drawer.draw(paper, lambda: None)
    os.kill(processes(drawer)[0], signal.SIGKILL)
    assert drawer.draw(paper, lambda: None).pages == MANY_SLIPS
    assert processes(drawer) == []
    assert drawer.draw(paper, lambda: None).pages == MANY_SLIPS


def test_the_process_goes_with_a_program_that_was_killed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, time\n"
        "from tests.services.test_drawing import MANY_SLIPS, Drawer, batch, processes\n"
        "if __name__ == '__main__':\n"
        "    drawer = Drawer()\n"
        "    drawer.draw(batch(MANY_SLIPS), lambda: None)\n"
        "    print(*processes(drawer), flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until and _lives(child):
        time.sleep(0.05)
    assert not _lives(child)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_where_no_process_can_be_had_it_is_drawn_here(drawer, monkeypatch):
    def none(*_args, **_named):
        raise OSError("no processes left")

    monkeypatch.setattr(aside, "ProcessPoolExecutor", none)
    assert drawer.draw(batch(MANY_SLIPS), lambda: None).pages == MANY_SLIPS
