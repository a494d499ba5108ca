"""``python -m tests.fuzz [WHAT] [SECONDS]``: the parsers of codes and files under a coverage-guided fuzzer.

WHAT is ``text``, ``message`` or ``link`` (codes), or one of ``tests.fuzz.file_laws.FILE_CHECKS``.

Needs atheris (dependency group ``fuzz``). What breaks a law is written to ``out/fuzz`` and ends the run with an error.
A text is the bytes themselves or, since no fuzzer guesses check digits, made of pieces that the bytes choose.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.domain", "app.channels", "app.carriers", "app.sheets._child", "tomllib"]):
    from tests.fuzz.file_laws import FILE_CHECKS, file_seeds
    from tests.fuzz.laws import check_link, check_message, check_text

from tests.fuzz.hostile import HOSTILE

OUT = Path("out/fuzz")
JAN_14 = "04901234567894"
_WORDS = """
( ) / ? & = % + # - ; ー ]C1 ]E0 ]e0 ]Q3 ]d2 |]e0 KP- KP-DONE KO-12-034-1 KS-A-01 https://id.gs1.org http://a
00 01 02 10 11 17 21 30 37 235 240 253 255 3103 3922 7003 8003 8006 8008 8010 8017 8018 8030 99 gtin lot ser
04901234567894 14901234567891 4901234567894 0104901234567894 0214901234567891 /01/04901234567894 00106141412345678908
261231 000000 000500 2601021415 99:99 106141412345678908 444413758703 2112345004987 0212345000004 ABC123 %2F %00
9784101010014 1920193012006 49012347 04252614 &17= ?10= /10/ /21/ /22/ (01) (10)
"""
PIECES = (*_WORDS.split(), "\x1d", " ", "\u202e", "\\(")
SEEDS = (
    "4901234567894",
    f"]C101{JAN_14}1726123110ABC123\x1d21XYZ",
    "]E04901234567894|]e010A\x1d21B",
    f"(01){JAN_14}(10)A1",
    f"https://id.gs1.org/01/{JAN_14}/10/A%2F1?17=261231&99=x+y#z",
    "02149012345678913712",
    "800302112345678900ABC",
    "9784101010014" + "1920193012006",
    *HOSTILE,
)
CHECKS = {"text": check_text, "message": check_message, "link": check_link}


def text_of(data: bytes) -> str:
    """Return the text that the fuzzer's bytes stand for; lone surrogates are what some systems make of broken ones."""
    if not data or data[0] < 0x80:
        return data[1:].decode("utf-8", "surrogateescape")
    given = atheris.FuzzedDataProvider(data[1:])
    made = ""
    while given.remaining_bytes() and len(made) < 1100:
        choice = given.ConsumeIntInRange(0, len(PIECES))
        made += given.ConsumeUnicode(4) if choice == len(PIECES) else PIECES[choice]
    return made


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "text"
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        seeds = [b"\0" + each.encode("utf-8", "surrogatepass") for each in SEEDS]
        for number, seed in enumerate(file_seeds(name) if name in FILE_CHECKS else seeds):
            (Path(corpus) / str(number)).write_bytes(seed)
        longest = 4_500 if name in FILE_CHECKS else 1_200
        options = [f"-max_total_time={seconds}", f"-max_len={longest}", "-timeout=10", "-print_final_stats=1"]
        check = FILE_CHECKS.get(name) or (lambda data: CHECKS[name](text_of(data)))
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={OUT}/", corpus], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
