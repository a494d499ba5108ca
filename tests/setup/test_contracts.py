"""The import contracts bite: each planted import in a copy of the project breaks the contract that is meant."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = "Imports only go down the floors"
QT = "Qt only on the top floors"
DATABASE = "The database's libraries only in storage"
SCREENS = "Screens name neither storage nor a plug-in folder"
DECODERS = "Decoders know their libraries and the rules"
SCALES = "Protocols of scales know the rules"
PRINTERS = "Languages of printers know rules and fonts"
RULES = "The rules import only what is listed"

BREAKS = [
    ("domain/planted.py", "import sqlalchemy", (RULES, DATABASE)),
    ("domain/planted.py", "import os", (RULES,)),
    ("domain/planted.py", "import time", (RULES,)),
    ("domain/planted.py", "from app.text import texts", (RULES,)),
    ("domain/planted.py", "import app.services", (FLOORS,)),
    ("domain/planted.py", "import app.sheets", (RULES,)),
    ("sheets/planted.py", "import app.channels", (FLOORS,)),
    ("services/planted.py", "from PySide6.QtCore import QObject", (QT,)),
    ("services/planted.py", "import app.ui", (FLOORS,)),
    ("cli/planted.py", "import PySide6", (QT,)),
    ("channels/planted.py", "import sqlite3", (DATABASE,)),
    ("channels/planted.py", "import app.storage", (FLOORS,)),
    ("modes/__init__.py", "import app.documents", (FLOORS,)),
    ("modes/__init__.py", "import psycopg", (DATABASE,)),
    ("carriers/planted.py", "import app.channels", (FLOORS,)),
    ("ui/planted.py", "import app.carriers", (SCREENS,)),
    ("ui/planted.py", "import app.decoders", (SCREENS,)),
    ("decoders/planted.py", "import app.services", (FLOORS,)),
    ("decoders/planted.py", "import app.documents", (FLOORS,)),
    ("decoders/planted.py", "import app.text", (DECODERS,)),
    ("decoders/planted.py", "import PySide6.QtGui", (QT,)),
    ("ui/planted.py", "import app.scales", (SCREENS,)),
    ("scales/planted.py", "import app.decoders", (FLOORS,)),
    ("scales/planted.py", "import app.plugins", (SCALES,)),
    ("scales/planted.py", "import time", (SCALES,)),
    ("ui/planted.py", "import app.printers", (SCREENS,)),
    ("printers/planted.py", "import app.documents", (FLOORS,)),
    ("printers/planted.py", "import socket", (PRINTERS,)),
    ("printers/planted.py", "import app.text", (PRINTERS,)),
    ("ui/planted.py", "import app.storage", (SCREENS,)),
    ("ui/planted.py", "import app.devices", (FLOORS,)),
    ("helpers.py", "", (FLOORS,)),
]
KEEPS = [
    ("domain/planted.py", "import dataclasses, datetime, biip; from collections.abc import Mapping"),
    ("ui/planted.py", "from PySide6.QtWidgets import QWidget; import app.services"),
    ("channels/planted.py", "import app.sheets"),
    ("carriers/planted.py", "import app.sheets"),
    ("storage/planted.py", "import sqlalchemy.orm, alembic, psycopg, app.domain"),
    ("modes/__init__.py", "import app.domain"),
]


# Run in a process of its own, where `app` is the copy; all plants in one, for starting takes longer than checking.
DRIVER = """
import contextlib, io, json, sys
from importlib import invalidate_caches
from pathlib import Path
from importlinter.cli import lint_imports

answers = []
for place, line in json.load(sys.stdin):
    path = Path("app") / place
    new = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + chr(10), encoding="utf-8")
    invalidate_caches()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = lint_imports(no_cache=True, no_logo=True)
    answers.append([code, said.getvalue()])
    path.unlink()
    if new:
        path.parent.rmdir()
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What import-linter says to each plant, in a copy with the floors as empty folders."""
    root = tmp_path_factory.mktemp("copy")
    for floor in (
        "ui",
        "devices",
        "cli",
        "services",
        "storage",
        "channels",
        "carriers",
        "documents",
        "decoders",
        "scales",
        "printers",
        "domain",
        "sheets",
    ):
        (root / "app" / floor).mkdir(parents=True)
        (root / "app" / floor / "__init__.py").touch()
    for module in ("__init__", "main", "text", "settings", "fonts", "plugins", "errors"):
        (root / "app" / f"{module}.py").touch()
    shutil.copy(ROOT / "pyproject.toml", root)
    plants = [each[:2] for each in (*BREAKS, *KEEPS)]
    done = subprocess.run(
        [sys.executable, "-c", DRIVER], input=json.dumps(plants), capture_output=True, text=True, check=True, cwd=root
    )
    return {tuple(plant): answer for plant, answer in zip(plants, json.loads(done.stdout), strict=True)}


@pytest.mark.parametrize(("place", "line", "contracts"), BREAKS, ids=lambda value: str(value)[:40])
def test_a_planted_import_breaks_its_contract(answers, place, line, contracts):
    code, said = answers[place, line]
    assert code == 1
    broken = " ".join(row for row in said.splitlines() if "BROKEN" in row)
    assert all(name in broken for name in contracts), said


@pytest.mark.parametrize(("place", "line"), KEEPS, ids=lambda value: str(value)[:40])
def test_what_a_floor_may_import_is_let_through(answers, place, line):
    code, said = answers[place, line]
    assert code == 0, said
