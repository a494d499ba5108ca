"""The set-up, with the machine played by small stand-ins; the real thing is tried on bare machines."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def boot(monkeypatch):
    spec = importlib.util.spec_from_file_location("kenpin_bootstrap", ROOT / "packaging" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def apt(boot, monkeypatch):
    """A machine that lacks two libraries and python3-venv, and whose apt notes what it is asked."""
    asked = []

    def run(command, **_):
        asked.append(list(command))
        words = "Candidate: (none)" if "libzbar0t64" in command else "Candidate: 1.0"
        return subprocess.CompletedProcess(command, 0, stdout=words, stderr="")

    monkeypatch.setattr(boot, "LINUX", True)
    monkeypatch.setattr(boot, "VENV", Path("/nowhere"))
    monkeypatch.setattr(boot, "missing_needs", lambda _: ["libzbar.so.0", "libEGL.so.1"])
    monkeypatch.setattr(boot, "venv_packages", lambda: ["python3.11-venv"])
    monkeypatch.setattr(boot.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(boot.subprocess, "run", run)
    return asked


def test_root_updates_then_installs_what_this_release_calls_it(boot, apt, monkeypatch):
    monkeypatch.setattr(boot.os, "geteuid", lambda: 0)
    boot.install_system(boot.GUI_LIBRARIES)
    changes = [command for command in apt if "apt-get" in command]
    assert [next(word for word in command if word in ("update", "install")) for command in changes] == [
        "update",
        "install",
    ]
    assert changes[1][-3:] == ["libegl1", "libzbar0", "python3.11-venv"]


def test_what_only_a_few_tests_use_is_installed_where_nobody_must_be_asked(boot, apt, monkeypatch):
    monkeypatch.setattr(boot.os, "geteuid", lambda: 0)
    monkeypatch.setattr(boot, "missing_needs", lambda _: ["ibus-daemon"])
    boot.install_wishes(boot.INPUT_METHOD)
    assert next(command for command in apt if "install" in command)[-1:] == ["ibus"]
    for prefix in (None, ["sudo"]):
        apt.clear()
        monkeypatch.setattr(boot, "as_root", lambda prefix=prefix: prefix)
        boot.install_wishes(boot.INPUT_METHOD)
        assert not [command for command in apt if "apt-get" in command]


def test_without_rights_the_one_command_is_told(boot, apt, monkeypatch):
    monkeypatch.setattr(boot, "as_root", lambda: None)
    with pytest.raises(boot.SetupError, match=r"sudo apt-get update && sudo apt-get install .*libegl1 libzbar0"):
        boot.install_system(boot.GUI_LIBRARIES)
    assert not [command for command in apt if "apt-get" in command]


def test_without_apt_the_missing_things_are_named(boot, apt, monkeypatch):
    monkeypatch.setattr(boot.shutil, "which", lambda _: None)
    with pytest.raises(boot.SetupError, match=r"libzbar\.so\.0 libEGL\.so\.1 python3\.11-venv"):
        boot.install_system(boot.GUI_LIBRARIES)


def test_a_missing_library_is_seen_and_a_present_one_is_not(boot):
    assert boot.missing_libraries(["libc.so.6", "libnever-there.so.9"]) == ["libnever-there.so.9"]


def test_a_changed_lock_refreshes_and_a_damaged_stamp_starts_anew(boot, tmp_path, monkeypatch):
    done = []
    venv = tmp_path / ".venv"

    def fake(command, _):
        done.append("venv" if "venv" in command else "pip")
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / "python").touch()

    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1", encoding="utf-8")
    for name, value in (("VENV", venv), ("LOCK", lock), ("STAMP", venv / "stamp"), ("put_command", lambda: None)):
        monkeypatch.setattr(boot, name, value)
    monkeypatch.setattr(boot, "WINDOWS", False)
    monkeypatch.setattr(boot, "run_or_stop", fake)

    boot.make_venv()
    assert done == ["venv", "pip"]
    boot.make_venv()
    assert done == ["venv", "pip"], "nothing changed: nothing is done"
    lock.write_text("a==2", encoding="utf-8")
    boot.make_venv()
    assert done == ["venv", "pip", "pip"], "a new lock is installed into the same environment"
    (venv / "stamp").write_text("half", encoding="utf-8")
    boot.make_venv()
    assert done[3:] == ["venv", "pip"], "what was left half-made is made from nothing"


def test_the_command_works_from_a_folder_with_spaces_and_through_a_link(boot, tmp_path, monkeypatch):
    root = tmp_path / "my shop"
    (root / "app").mkdir(parents=True)
    (root / "app" / "__init__.py").touch()
    (root / "app" / "main.py").write_text(
        "import sys\ndef main() -> int:\n    print(sys.argv[1:])\n    return 3\n", encoding="utf-8"
    )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    monkeypatch.setattr(boot, "ROOT", root)
    monkeypatch.setattr(boot, "VENV", root / ".venv")
    boot.put_command()
    (tmp_path / "link").symlink_to(root / ".venv" / "bin" / "kenpin")
    done = subprocess.run(
        [tmp_path / "link", "a", "b c"], capture_output=True, text=True, check=False, cwd="/", env={"PATH": os.defpath}
    )
    assert (done.returncode, done.stdout) == (3, "['a', 'b c']\n")


def test_qt_gets_a_utf8_locale_and_a_folder_of_its_own(boot, monkeypatch):
    monkeypatch.setattr(boot, "LINUX", True)
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    with boot.environment(QT_QPA_PLATFORM="offscreen") as env:
        folder = Path(env["XDG_RUNTIME_DIR"])
        assert env["LC_ALL"] == "C.UTF-8"
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_a_failing_step_is_named_and_the_others_still_run(boot, monkeypatch, capsys):
    seen = []

    def call(command, **_):
        seen.append(command[-1])
        return 1 if "ruff" in command else 0

    monkeypatch.setattr(boot, "call", call)
    assert boot.run_tests([]) == 1
    assert len(seen) == 4
    assert capsys.readouterr().out.rstrip().endswith("FAILED: Lint (ruff)")
