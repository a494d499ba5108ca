"""``kenpin scale``: the weight, or what is wrong and what to do; by pseudo-terminals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kenpin import Kenpin

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are needed to play scales")

if os.name == "posix":
    from tests.devices.lines import Line
    from tests.devices.scales import Played


@pytest.fixture
def played(tmp_path: Path) -> Iterator["Played"]:  # noqa: UP037 - of POSIX only
    line = Line(tmp_path / "scale")
    made = Played(line, "aandd")
    made.grams = 1_532.0
    yield made
    made.end()
    line.close()


def begin(folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "app", "scale", "--data", str(folder), "--lang", "en", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def run(folder: Path, *more: str) -> tuple[int, str, str]:
    done = begin(folder, *more)
    out, errors = done.communicate(timeout=60)
    return done.returncode, out, errors


def test_one_weight_that_stands_is_written(tmp_path: Path, played: "Played") -> None:  # noqa: UP037
    status, out, errors = run(tmp_path, "--port", str(played.line.path), "--once")
    assert (status, out) == (0, "1,532 g\n")
    assert errors == "Scale: A&D, 9600 bps\n"


def test_the_station_knows_its_scale_and_json_is_one_object(tmp_path: Path, played: "Played") -> None:  # noqa: UP037
    (tmp_path / "station.toml").write_text(
        f'[scale]\nport = "{played.line.path}"\nprotocol = "aandd"\n', encoding="utf-8"
    )
    status, out, _ = run(tmp_path, "--once", "--json")
    assert status == 0
    assert json.loads(out) == {"grams": 1532, "key": None, "text": ""}


def test_what_is_wrong_is_said_with_its_remedy(tmp_path: Path) -> None:
    status, out, errors = run(tmp_path, "--port", str(tmp_path / "none"), "--once")
    assert (status, out) == (1, "")
    assert "is not connected. Check its cable" in errors


def test_a_scale_is_followed_until_a_person_ends_it(tmp_path: Path, played: "Played") -> None:  # noqa: UP037
    running = begin(tmp_path, "--port", str(played.line.path))
    assert running.stdout is not None
    assert running.stdout.readline() == "1,532 g\n"
    played.stable = False
    assert running.stdout.readline() == "1,532 g, moving\n"
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=20) == 130
    running.communicate()


def test_a_missing_port_and_an_unknown_maker_are_named(tmp_path: Path) -> None:
    kenpin = Kenpin(tmp_path)
    assert kenpin("scale").status == 2
    assert "--port" in kenpin("scale").error
    unknown = kenpin("scale", "--protocol", "none", "--port", "x")
    assert unknown.status == 2
    assert "aandd" in unknown.error
    assert "mt-sics" in unknown.error
