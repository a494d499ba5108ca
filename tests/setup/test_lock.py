import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_requirement_is_locked_to_one_version_with_hashes():
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        assert re.match(r"[a-z0-9-]+==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_the_lock_holds_no_address():
    assert not re.search(r"://|--index|--find-links|#", LOCK)


def test_every_declared_dependency_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.match(r"[A-Za-z0-9_.-]+", each).group().lower() for each in declared}
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    assert names - locked == set()


def test_old_pythons_hold_the_qt_that_counts_references_right():
    assert re.search(r"^pyside6-essentials==6\.11\.\d+ ; python_full_version < '3\.12'", LOCK, re.MULTILINE)
