"""Set up Kenpin and run it: the one file behind `make run` and `make test`.

It needs only the standard library of a Python 3.11 or newer and does, each step only when it is needed:

1. install missing system libraries by apt (as root or through sudo), or print the one command that does;
2. make `.venv` from the hash-locked `requirements.lock`;
3. compile the texts;
4. run what was asked, on a virtual display where there is none.

On Windows and macOS step 1 is skipped and the file is called directly: `python packaging/bootstrap.py run`.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "kenpin-stamp"
OUT = ROOT / "out"
DEMO = ROOT / ".demo"
# The Python that makes the environment; when this file is run by the environment itself, the one behind it.
BASE: str = getattr(sys, "_base_executable", None) or sys.executable
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")

WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")

# What must be there -> the names of its Debian package, tried in this order.
# The second name is that of Debian 13 and Ubuntu 24.04, which renamed libraries for 64-bit time.
Packages = Mapping[str, tuple[str, ...]]

GUI_LIBRARIES: Packages = {
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libpulse.so.0": ("libpulse0",),  # sounds, camera
    "libcups.so.2": ("libcups2t64", "libcups2"),  # office printers
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),  # QtNetwork, which the sounds load
    "libzbar.so.0": ("libzbar0t64", "libzbar0"),  # the second decoder
}
WAYLAND: Packages = {
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
}
VIRTUAL_DISPLAY: Packages = {
    "xvfb-run": ("xvfb",),
    "xauth": ("xauth",),
}
KEY_STROKES: Packages = {"xdotool": ("xdotool",)}
INPUT_METHOD: Packages = {
    "ibus-daemon": ("ibus",),
    "/usr/libexec/ibus-engine-anthy": ("ibus-anthy",),
    "dbus-daemon": ("dbus-daemon", "dbus"),
    "gsettings": ("libglib2.0-bin",),
}
OFFICE_PRINTER: Packages = {
    "/usr/sbin/ippeveprinter": ("cups-ipp-utils",),
    "/usr/sbin/cupsd": ("cups-daemon",),
    "/usr/sbin/lpadmin": ("cups-client",),
    "/usr/sbin/avahi-daemon": ("avahi-daemon",),  # the printer program does not begin without it and a bus
    "dbus-daemon": ("dbus-daemon", "dbus"),
    "ip": ("iproute2",),
}


class SetupError(Exception):
    """The set-up cannot go on; the message says what the person can do."""


def say(text: str) -> None:
    print(text, flush=True)


def header(text: str) -> None:
    say(f"\n=== {text} " + "=" * max(0, 74 - len(text)))


# --- Python -----------------------------------------------------------------------------------------------------


def use_good_python() -> None:
    """Start again under a newer Python when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_PYTHONS:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    have = ".".join(str(n) for n in sys.version_info[:3])
    raise SetupError(
        f"Kenpin needs Python 3.11 or newer; this is {have} ({sys.executable}).\n"
        "Debian 12, Debian 13 and Ubuntu 24.04 bring one as python3."
    )


def venv_packages() -> list[str]:
    """Name the package that is missing when this Python cannot make an environment with pip in it."""
    probe = subprocess.run([BASE, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    if probe.returncode == 0:
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


# --- system libraries -------------------------------------------------------------------------------------------


def missing_libraries(names: Sequence[str]) -> list[str]:
    """Try to load each library in a process of its own, so that nothing stays loaded in this one."""
    code = (
        "import ctypes, json, sys\n"
        "gone = []\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        ctypes.CDLL(name)\n"
        "    except OSError:\n"
        "        gone.append(name)\n"
        "print(json.dumps(gone))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def missing_needs(needs: Packages) -> list[str]:
    """Which libraries and programs of `needs` are not on this machine."""
    libraries = [name for name in needs if ".so" in name]
    programs = [name for name in needs if ".so" not in name]
    return missing_libraries(libraries) + [name for name in programs if shutil.which(name) is None]


def known_package(candidates: Sequence[str]) -> str:
    """Return the first candidate that this release of the distribution has (the last one if none is known yet)."""
    env = {**os.environ, "LC_ALL": "C"}
    for name in candidates:
        shown = subprocess.run(["apt-cache", "policy", name], capture_output=True, text=True, check=False, env=env)
        if "Candidate:" in shown.stdout and "Candidate: (none)" not in shown.stdout:
            return name
    return candidates[-1]


def as_root() -> list[str] | None:
    """Return the prefix that makes a command run as root, or None if there is none without asking in the dark."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def apt_install(prefix: Sequence[str], wanted: Sequence[Sequence[str]], more: Sequence[str] = ()) -> bool:
    """Install packages by apt, each the first of its names that this release has; return whether apt could."""
    header("System packages")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    if subprocess.run([*quiet, "update"], check=False).returncode != 0:
        say("apt-get update failed; trying with the lists that are there")
    packages = sorted({known_package(names) for names in wanted} | set(more))
    say("installing " + " ".join(packages))
    return subprocess.run([*quiet, "install", *options, *packages], check=False).returncode == 0


def install_wishes(wishes: Packages) -> None:
    """Install what only a few tests use, where nobody must be asked; else these are skipped, and counted."""
    if not LINUX or shutil.which("apt-get") is None:
        return
    gone, prefix = missing_needs(wishes), as_root()
    if not gone or prefix is None or prefix == ["sudo"]:
        return
    if not apt_install(prefix, [wishes[name] for name in gone]):
        say("going on without")


def install_system(needs: Packages) -> None:
    """Install what is missing of `needs`, or say with which one command the person does it."""
    if not LINUX:
        return
    gone = missing_needs(needs)
    extra = venv_packages() if not VENV.exists() else []
    if not gone and not extra:
        return
    if shutil.which("apt-get") is None:
        raise SetupError(
            "These are missing and there is no apt-get to install them; please install them by your own means:\n  "
            + " ".join([*gone, *extra])
        )
    prefix = as_root()
    if prefix is None:
        packages = sorted({known_package(needs[name]) for name in gone} | set(extra))
        raise SetupError(
            "Some system packages are missing, and installing them needs the administrator. Please run this once,\n"
            "then the same command again:\n\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}\n"
        )
    if not apt_install(prefix, [needs[name] for name in gone], extra):
        raise SetupError(
            "apt-get could not install the packages. What it said is above; when that is mended, run this again."
        )
    left = missing_needs(needs)
    if left:
        say("still missing after the installation, going on without: " + " ".join(left))


# --- environment ------------------------------------------------------------------------------------------------


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def wanted_stamp() -> str:
    """What the environment was made from: a change of any of it means making it again."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return json.dumps({"python": sys.version, "root": str(ROOT), "lock": digest}, indent=1)


def stamp_part(text: str, *names: str) -> list[object]:
    """Pick the named entries out of a stamp; a damaged stamp has none of them."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [found.get(name) for name in names] if isinstance(found, dict) else []


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two runs started together must not make the environment together: the second one waits."""
    if WINDOWS:
        yield
        return
    import fcntl

    with LOCK.open("rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """Make or refresh `.venv`; one that was left half-made has no stamp and is made from nothing."""
    with one_at_a_time():
        wanted = wanted_stamp()
        had = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
        if had == wanted and venv_python().exists():
            return
        header("Python environment")
        base = ("python", "root")
        if VENV.exists() and (not had or stamp_part(had, *base) != stamp_part(wanted, *base)):
            say("removing the unfinished or outdated .venv")
            shutil.rmtree(VENV)
        STAMP.unlink(missing_ok=True)
        if not venv_python().exists():
            run_or_stop([BASE, "-m", "venv", str(VENV)], "the environment could not be made")
        say("installing the locked requirements (the first time this takes about half a minute)")
        pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
        pip += ["--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)]
        run_or_stop(
            pip,
            "the requirements could not be installed; without a network nothing can be fetched, else what pip said "
            "is above",
        )
        put_command()
        STAMP.write_text(wanted, encoding="utf-8")


def put_command() -> None:
    """Make this checkout importable in the environment and give it the command `kenpin`.

    Hash mode refuses an editable install, and this needs neither a build nor a network.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([str(venv_python()), "-c", ask], capture_output=True, text=True, check=True)
    (Path(done.stdout.strip()) / "kenpin.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        lines = ["@echo off", '"%~dp0python.exe" -c "import sys; from app.main import main; sys.exit(main())" %*', ""]
        (VENV / "Scripts" / "kenpin.cmd").write_text("\r\n".join(lines), encoding="ascii")
        return
    # The second line is a comment to Python and the interpreter's whole path, spaces and all, to the shell.
    text = (
        "#!/bin/sh\n"
        f'\'\'\'exec\' "{venv_python()}" "$0" "$@"\n'
        "' '''\n"
        "import sys\n"
        "\n"
        "from app.main import main\n"
        "\n"
        'if __name__ == "__main__":\n'
        "    sys.exit(main())\n"
    )
    command = VENV / "bin" / "kenpin"
    command.write_text(text, encoding="utf-8")
    command.chmod(0o755)


def run_or_stop(command: Sequence[str], trouble: str) -> None:
    if subprocess.run(command, check=False, cwd=ROOT).returncode != 0:
        raise SetupError(f"{trouble}\n  {shlex.join(command)}")


def compile_texts() -> None:
    if (ROOT / "app" / "text.py").exists() and (ROOT / "resources" / "texts").is_dir():
        run_or_stop([str(venv_python()), "-m", "app.text", "compile"], "the texts could not be compiled")


# --- running ----------------------------------------------------------------------------------------------------


def has_display() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def environment(**more: str) -> Iterator[dict[str, str]]:
    """Return the environment for Qt: a UTF-8 locale and a run-time folder of its own where the machine has none."""
    env = {**os.environ, "PYTHONUTF8": "1", **more}
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if LINUX and "utf" not in locale.lower():
        env["LC_ALL"] = "C.UTF-8"
    if not LINUX or env.get("XDG_RUNTIME_DIR"):
        yield env
        return
    with tempfile.TemporaryDirectory(prefix="kenpin-run-") as folder:
        env["XDG_RUNTIME_DIR"] = folder
        yield env


def kenpin(*arguments: str) -> list[str]:
    if WINDOWS:
        return [str(venv_python()), "-c", "import sys; from app.main import main; sys.exit(main())", *arguments]
    return [str(venv_python()), str(VENV / "bin" / "kenpin"), *arguments]


def call(command: Sequence[str], **more: str) -> int:
    """Run to the end and give back the exit code; Ctrl-C ends the program, not with a traceback of this file."""
    with environment(**more) as env:
        try:
            return subprocess.run(command, check=False, cwd=ROOT, env=env).returncode
        except KeyboardInterrupt:
            return 130


def run_station(_: Sequence[str]) -> int:
    """Open the station with demo data; without a display play a short shift and leave pictures and papers."""
    if has_display():
        return call(kenpin("--data", str(DEMO), "demo"))
    header("No display: playing a short shift on a virtual one")
    for folder in (OUT, DEMO / "play"):
        shutil.rmtree(folder, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24"]
    code = call([*screen, *kenpin("--data", str(DEMO / "play"), "demo", "--play")], QT_QPA_PLATFORM="xcb")
    made = sorted(path.relative_to(ROOT).as_posix() for path in OUT.rglob("*") if path.is_file())
    say("\nleft for you:\n" + "\n".join(f"  {name}" for name in made) if made else "\nnothing was left in ./out")
    return code


@dataclass(frozen=True)
class Step:
    """One check of `test` and `lint`."""

    title: str
    command: tuple[str, ...]


LINT = (
    Step("Lint (ruff)", ("-m", "ruff", "check", ".")),
    Step("Strict types (mypy)", ("-m", "mypy")),
    Step(
        "Import contracts (import-linter)",
        ("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"),
    ),
)


def run_steps(steps: Sequence[Step]) -> int:
    """Run all steps even when one fails; the last line of each stays readable, the failed ones are named."""
    failed = []
    for step in steps:
        header(step.title)
        began = time.monotonic()
        code = call([str(venv_python()), *step.command], QT_QPA_PLATFORM="offscreen")
        if code == 130:
            return code
        if code != 0:
            failed.append(step.title)
        say(f"--- {'failed' if code else 'passed'}: {step.title}, {time.monotonic() - began:.1f} s")
    if failed:
        say("\nFAILED: " + "; ".join(failed))
    return 1 if failed else 0


def run_lint(_: Sequence[str]) -> int:
    return run_steps(LINT)


def run_tests(arguments: Sequence[str]) -> int:
    # One more than there are processors: many tests wait for a while, for a device's silence or another program.
    workers = str((os.cpu_count() or 2) + 1)
    tests = Step("Tests (pytest)", ("-m", "pytest", "-n", workers, "--dist", "loadfile", *arguments))
    return run_steps([*LINT, tests])


def run_long(arguments: Sequence[str]) -> int:
    options = ("-n", "2", "--dist", "loadfile", "-m", "long and not torture", *arguments)
    return run_steps([Step("Long tests (pytest)", ("-m", "pytest", *options))])


def run_bench(arguments: Sequence[str]) -> int:
    return call([str(venv_python()), "-m", "tests.bench", *arguments], QT_QPA_PLATFORM="offscreen")


def run_bench_decode(arguments: Sequence[str]) -> int:
    return call([str(venv_python()), "-m", "tests.bench.decode", *arguments])


def run_bench_routing(arguments: Sequence[str]) -> int:
    return call([str(venv_python()), "-m", "tests.bench.routing", *arguments])


def run_bench_gs1(arguments: Sequence[str]) -> int:
    return call([str(venv_python()), "-m", "tests.bench.gs1", *arguments])


def run_bench_batching(arguments: Sequence[str]) -> int:
    return call([str(venv_python()), "-m", "tests.bench.batching", *arguments])


def run_bench_cartons(arguments: Sequence[str]) -> int:
    """Measure cartons against the packers of the group ``sticks``, as far as these can be had."""
    if call(install_group("sticks")):
        say("some of the other packers could not be installed: what is missing is left out of the comparison")
    return call([str(venv_python()), "-m", "tests.bench.cartons", *arguments])


def run_bench_weights(arguments: Sequence[str]) -> int:
    return call([str(venv_python()), "-m", "tests.bench.weights", *arguments])


def install_group(group: str) -> list[str]:
    """Return the command that installs a group of pyproject.toml which is not in the lock."""
    import tomllib  # not at the top: an older Python must get as far as finding a newer one

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][group]
    return [str(venv_python()), "-m", "pip", "install", "--quiet", *wanted]


def run_fuzz(arguments: Sequence[str]) -> int:
    """Fuzz each parser of codes and files for so many seconds (60 unless told), one after the other."""
    run_or_stop(install_group("fuzz"), "the fuzzer could not be installed")
    parsers = ("text", "message", "link", "orders", "lists", "numbers", "mapping", "address", "template", "sheet")
    return max(call([str(venv_python()), "-m", "tests.fuzz", parser, *arguments]) for parser in parsers)


def run_torture(arguments: Sequence[str]) -> int:
    options = ["-m", "torture", "-s", "--timeout=0", "tests/torture", *arguments]
    return call([str(venv_python()), "-m", "pytest", *options], QT_QPA_PLATFORM="offscreen")


def run_setup(_: Sequence[str]) -> int:
    say(f"ready: {VENV}")
    return 0


def run_kenpin(arguments: Sequence[str]) -> int:
    return call(kenpin(*arguments))


COMMANDS = {
    "run": (run_station, "open the station with demo data"),
    "test": (run_tests, "lint, strict types, import contracts, all tests"),
    "long": (run_long, "every screen in every language and size, real window systems"),
    "bench": (run_bench, "measure"),
    "bench-decode": (run_bench_decode, "codes in pictures, by each decoder and by all"),
    "bench-routing": (run_bench_routing, "walks against proven lengths and rules of thumb"),
    "bench-gs1": (run_bench_gs1, "published GS1 vectors through our reading"),
    "bench-batching": (run_bench_batching, "order batching on published instances"),
    "bench-cartons": (run_bench_cartons, "cartons, proofs and equal bins against other packers"),
    "bench-weights": (run_bench_weights, "the scale: wrong boxes found against right ones stopped"),
    "fuzz": (run_fuzz, "fuzz the parsers of codes and files"),
    "torture": (run_torture, "power cuts, full disks, bad printers, long random shifts"),
    "lint": (run_lint, "lint, strict types, import contracts"),
    "setup": (run_setup, "only the set-up"),
    "kenpin": (run_kenpin, "the command line: kenpin ARGUMENTS..."),
}


def system_needs(command: str) -> Packages:
    """What the machine must have for a command; the checks alone need nothing."""
    if command == "lint":
        return {}
    screen = {**GUI_LIBRARIES, **(WAYLAND if os.environ.get("WAYLAND_DISPLAY") else {})}
    if command == "kenpin":
        return screen
    if command == "run":
        return {**screen, **({} if has_display() else VIRTUAL_DISPLAY)}
    return {**screen, **VIRTUAL_DISPLAY, **KEY_STROKES}


def wishes(command: str) -> Packages:
    """What only a few tests of a command use."""
    if command in ("test", "long"):
        return {**INPUT_METHOD, **OFFICE_PRINTER}
    return OFFICE_PRINTER if command == "torture" else {}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up Kenpin and run it.")
    told = "; ".join(f"{name}: {about}" for name, (_, about) in COMMANDS.items())
    parser.add_argument("command", choices=COMMANDS, help=told)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="for pytest, the benchmarks or kenpin")
    chosen = parser.parse_args()
    try:
        use_good_python()
        install_system(system_needs(chosen.command))
        install_wishes(wishes(chosen.command))
        make_venv()
        compile_texts()
    except SetupError as trouble:
        print(f"\nKenpin: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return COMMANDS[chosen.command][0](chosen.arguments)


if __name__ == "__main__":
    sys.exit(main())
