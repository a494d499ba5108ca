"""Folders, databases, settings, people and usage: each trouble has its own sentence, and changes nothing."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kenpin import ROOT, Kenpin


@pytest.fixture
def kenpin(tmp_path: Path) -> Kenpin:
    return Kenpin(tmp_path)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kenpin, subprocess.Popen[bytes]]]:
    """A station whose database another program holds; it waits its full time while the other tests run."""
    made = Kenpin(tmp_path_factory.mktemp("locked"))
    assert made("settings", "get").status == 0
    holder = sqlite3.connect(made.folder / "kenpin.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    process = made.start("scan")
    assert process.stdin is not None
    process.stdin.write(b"1001\tact-1\nA\tact-2\n")
    process.stdin.flush()
    yield made, process
    if process.poll() is None:
        process.kill()
        process.communicate()
    holder.close()


@pytest.fixture(autouse=True, scope="module")
def _begun(locked: object) -> None:
    """Begin the long wait with the first test of this file."""


def test_usage_is_told_in_the_readers_language_with_status_2(kenpin: Kenpin) -> None:
    wrong = kenpin.run("orders", "lst")
    assert (wrong.status, wrong.out) == (2, "")
    assert "lst" in wrong.error
    assert kenpin("orders", "list", "--limit", "0").status == 2
    assert kenpin("orders", "list", "--state", "lost").status == 2
    assert kenpin("--lang", "xx", "orders", "list").status == 2
    assert kenpin("import").status == 2
    japanese = kenpin("--lang", "ja", "import")
    assert "足りません" in japanese.error
    helped = kenpin.run("orders", "--help", "--lang", "ja")
    assert helped.status == 0
    assert "使い方" in helped.out
    assert "cli." not in helped.out
    assert kenpin("--version").out.startswith("kenpin ")
    assert not list(kenpin.folder.iterdir()), "nothing is made by asking how to"


def test_an_address_that_is_no_database_is_wrong_usage(kenpin: Kenpin) -> None:
    for url in ("mysql://host/x", "kenpin.db", "sqlite://", "postgresql://host", "postgresql://host:port/x", ""):
        result = kenpin("--database", url, "orders", "list")
        assert result.status == 2, url
        assert "sqlite:///" in result.error
    secret = kenpin("--database", "mysql://someone:s3cret@host/x", "orders", "list")
    assert "someone" in secret.error
    assert "s3cret" not in secret.error
    file = kenpin.folder / "elsewhere.db"
    assert kenpin("--database", f"sqlite:///{file}", "orders", "list").status == 0
    assert file.exists()
    away = kenpin("--database", "postgresql://nobody@127.0.0.1:9/none", "orders", "list")
    assert away.status == 1
    assert "127.0.0.1" in away.error


def test_station_toml_is_read_and_all_that_is_wrong_in_it_is_named(kenpin: Kenpin) -> None:
    toml = kenpin.file("station.toml", 'name = "7"\nlanguage = "ja"\npapers = "slips"\n')
    assert Kenpin(kenpin.folder, ())("settings", "set", "shop.name", "見本").status == 0
    with sqlite3.connect(kenpin.folder / "kenpin.db") as plain:
        assert plain.execute("SELECT station FROM journal").fetchall() == [("7",)]
    plain.close()
    toml.write_text('language = "xx"\ntheme = "pink"\n')
    wrong = kenpin("orders", "list")
    assert wrong.status == 1
    assert "xx" in wrong.error
    assert "pink" in wrong.error
    toml.write_text("name = 5 =\n")
    assert kenpin("orders", "list").status == 1
    examined = kenpin("doctor", "--json")
    assert examined.status == 1
    assert [check["check"] for check in examined.json["checks"] if not check["ok"]] == ["station"]


def test_settings_are_shown_and_checked(kenpin: Kenpin) -> None:
    assert kenpin("settings", "get", "stock.tracked").out == "on\n"
    assert kenpin("settings", "set", "stock.tracked", "off").status == 0
    assert kenpin("settings", "get", "--json").json["stock.tracked"] == "off"
    for key, value in (("stock.tracked", "maybe"), ("no.such", "1"), ("lease.minutes", "0")):
        refused = kenpin("settings", "set", key, value)
        assert refused.status == 1
        assert key in refused.error
    assert kenpin("settings", "get", "no.such").status == 1


def test_people_have_badges_and_their_codes_are_their_own(kenpin: Kenpin) -> None:
    assert kenpin("people", "badges", "-o", kenpin.folder / "b.pdf").status == 1
    added = kenpin.run("people", "add", "佐藤 花子", "--code", "101", "--role", "leader", "--json")
    assert added.json == {"name": "佐藤 花子", "code": "101", "role": "leader", "language": ""}
    taken = kenpin("people", "add", "Other", "--code", "KU-101", "--role", "packer")
    assert taken.status == 1
    assert "佐藤 花子" in taken.error
    assert kenpin("people", "add", "Other", "--code", "1 2", "--role", "packer").status == 1
    assert kenpin("people", "add", "Other", "--code", "102", "--role", "king").status == 2
    assert [person["code"] for person in kenpin("people", "list", "--role", "leader", "--json").json] == ["101"]
    assert "KU-101" in kenpin("people", "list").out
    assert kenpin("people", "badges", "-o", kenpin.folder / "b.pdf").status == 0
    assert kenpin("print", "commands", "-o", kenpin.folder / "c.pdf").status == 0
    assert kenpin("print", "scanner", "-o", kenpin.folder / "s.pdf").status == 0
    assert kenpin("people", "badges", "999", "-o", kenpin.folder / "d.pdf").status == 1
    assert sorted(path.name for path in kenpin.folder.glob("*.pdf")) == ["b.pdf", "c.pdf", "s.pdf"]


def test_a_person_is_given_another_language(kenpin: Kenpin) -> None:
    kenpin.run("people", "add", "Nguyen", "--code", "7", "--role", "packer", "--language", "en")
    assert kenpin.run("people", "language", "KU-7", "ja_easy", "--json").json["language"] == "ja_easy"
    assert "やさしい日本語" in kenpin("people", "language", "7", "ja_easy").out
    assert kenpin("people", "list", "--json").json[0]["language"] == "ja_easy"
    assert kenpin("people", "language", "8", "ja").status == 1
    assert kenpin("people", "language", "7", "fr").status == 2
    assert kenpin("verify").status == 0


def test_a_code_is_explained(kenpin: Kenpin) -> None:
    kenpin("products", "import", kenpin.file("p.csv", "sku,name,code\nT-1,Tea,4599990001013\n"))
    known = kenpin("explain", "４５９９９９０００１０１３", "--json")
    assert known.status == 0
    assert known.json["widened"]
    assert known.json["kinds"][0]["gtin14"] == "04599990001013"
    assert [each["sku"] for each in known.json["products"]] == ["T-1"]
    wrong = kenpin("explain", "4599990001014")
    assert "check digit" in wrong.out
    assert kenpin("explain", "").status == 1
    assert "cli." not in kenpin("explain", "KO-12-034-1").out


def test_the_doctor_finds_a_good_station_good(kenpin: Kenpin) -> None:
    fresh = kenpin("doctor", "--json")
    assert fresh.status == 0, fresh.out
    assert not (kenpin.folder / "kenpin.db").exists()
    kenpin("settings", "get")
    again = kenpin("doctor")
    assert again.status == 0
    assert "doctor." not in again.out


# --- databases ----------------------------------------------------------------------------------------------------


def unusable(name: str, file: Path) -> None:
    """Turn a good database into one that cannot be used."""
    if name == "empty":
        file.write_bytes(b"")
    elif name == "text":
        file.write_text("not a database, but somebody's notes\n" * 100)
    elif name == "damaged":
        content = bytearray(file.read_bytes())
        content[100:4096] = os.urandom(3996)
        file.write_bytes(content)
    elif name == "short":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        with sqlite3.connect(file) as plain:
            if name == "newer":
                plain.execute("UPDATE alembic_version SET version_num = '9999'")
            else:
                plain.execute("DROP TABLE alembic_version")
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plain.close()


def test_a_database_that_cannot_be_used_is_named_and_left_alone(tmp_path: Path) -> None:
    said: dict[str, str] = {}
    for name in ("empty", "text", "foreign", "damaged", "short", "newer"):
        folder = tmp_path / name
        folder.mkdir()
        kenpin = Kenpin(folder)
        assert kenpin("settings", "set", "shop.name", "one").status == 0
        for extra in folder.glob("kenpin.db-*"):
            extra.unlink()
        unusable(name, folder / "kenpin.db")
        before = (folder / "kenpin.db").read_bytes()
        result = kenpin("scan")
        assert (result.status, result.out) == (1, ""), (name, result)
        assert result.error.startswith("kenpin: ")
        assert "Traceback" not in result.error
        assert " " in result.error.removeprefix("kenpin: "), "a sentence, not a key"
        assert (folder / "kenpin.db").read_bytes() == before, name
        assert not list(folder.glob("crash-*"))
        said[name] = result.error.replace(str(folder), "")
    assert said["text"] == said["foreign"]
    assert len({said[name] for name in ("empty", "text", "damaged", "newer")}) == 4


@contextlib.contextmanager
def not_as_root() -> Iterator[None]:
    """Rights of files mean nothing to root: be nobody for a while."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights of files work differently here")
def test_a_database_that_may_only_be_read_says_so() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kenpin = Kenpin(folder)
        assert kenpin("settings", "set", "shop.name", "one").status == 0
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        try:
            with not_as_root():
                result = kenpin("settings", "set", "shop.name", "two")
        finally:
            folder.chmod(0o755)
        assert result.status == 1
        assert "may" in result.error
        assert len(result.error.splitlines()) == 1
        assert kenpin("settings", "get", "shop.name").out == "one\n"


def test_a_bug_is_told_in_one_line_and_reported_in_a_file(kenpin: Kenpin) -> None:
    code = (
        "import sys; from app.main import main; from app.services import settings\n"
        "settings.all_settings = lambda tx, shop: 1 / 0\n"
        f"sys.exit(main(['--lang', 'en', '--data', {str(kenpin.folder)!r}, 'settings', 'get']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    (report,) = kenpin.folder.glob("crash-*.txt")
    assert str(report) in done.stderr
    assert "ZeroDivisionError" in report.read_text()


def test_a_locked_database_refuses_each_scan_in_words_and_the_station_goes_on(
    locked: tuple[Kenpin, subprocess.Popen[bytes]],
) -> None:
    _, process = locked
    assert process.stdout is not None
    answer = json.loads(process.stdout.readline())
    assert (answer["level"], answer["key"], answer["act"]) == ("refused", "database.locked", "act-1")
    assert answer["ask"] == {}
    assert "kenpin.db" in answer["text"]
    assert process.poll() is None
