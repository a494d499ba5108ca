"""Texts that somebody may print as a code to harm: each is refused or kept as plain data."""

from __future__ import annotations

import random

__all__ = ["FOUND", "HOSTILE", "hostile"]

_GTIN = "4901234567894"

_SQL = (
    "'; DROP TABLE orders; --",
    "1' OR '1'='1",
    '" OR 1=1 --',
    "SKU-1'); DELETE FROM journal; --",
    "x' UNION SELECT code FROM people --",
    "%' OR name LIKE '%",
    "_______",
    "%%%%",
    "$1",
    ":text_",
    "%(text_)s",
    "?",
    "\\'; SELECT pg_sleep(10); --",
    "E'\\\\x00'",
)
_PATHS = (
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\config",
    "/dev/null",
    "C:\\autoexec.bat",
    "\\\\host\\share\\x",
    "file:///etc/passwd",
    "CON",
    "NUL.pdf",
    "~root/.ssh/id",
    "KS-../../../../tmp/x",
    "KS-/etc/passwd",
    "KL-../1",
    "KU-../101",
    'a/b\\c:d*e?f"g<h>i|j',
)
_PRINTERS = (
    "^XA^FO50,50^FDHACK^FS^XZ",
    "~JR",
    "~DGR:X.GRF,1,1,FF",
    "^XA~TA000^XZ",
    "\x1b@",
    "\x1bE\x1b&l0O",
    "\x1b%-12345X@PJL RESET\r\n",
    "%!PS\nshowpage",
    "\x02L\r\nD11",
    "SIZE 40 mm,30 mm\r\nPRINT 1",
    'N\nA50,0,0,1,1,1,N,"X"\nP1',
    "\x10\x04\x01",
    "^FD^FS",
    "_5EXA",
)
_FORMULAS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "KS-=1+1",
)
_SCANNERS = (
    "$%FACTORY",
    "@FacDef",
    "NFA0",
    "%%SpecCode00",
    "\x16M\rDEFALT!",
    "\x16T\r",
    "AIMDAD1.",
    "]C\x1a",
    "\x01\x02\x03",
    "$+$!",
    "FNC3",
    "\xf3DEFALT",
)
_LOOK_ALIKES = (
    "КР-DONE",
    "ΚΡ-DONE",
    "KP‐DΟNE",
    "ＫＰ－ＦＬＹ",
    "\u202eENOD-PK",
    "KP-\u200bDONE",
    "KP-DO\u00adNE",
    "\ufeffKP\u2060-DONE",
    "٤٩٠١٢٣٤٥٦٧٨٩٤",
    "०१२३४५६७८९०१२",
    "4901234567894\u0338",
    "ｅ\u0301" * 30,
    "\U000e0041\U000e0042",
    "🏴\u200d☠",
    "\u2066" + _GTIN + "\u2069",
    "SKU‑1",
    "ЅKU-1",
    "\u0000" + "SKU-1",
    "a\u0300" * 500,
    "\ufdfa" * 90,
)
_CONTROLS = tuple(f"SKU{chr(n)}1" for n in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if n != 0x1D)
_LONG = (
    "A" * 4096,
    "9" * 4096,
    "]C1" + "10A\x1d" * 1300,
    "=" * 4096,
    "あ" * 4096,
    "(01)" * 1024,
    "http://a/" + "01/" * 1300,
)
_COMMAND_LIKE = (
    "KP-",
    "KP-FLY",
    "kp-done;kp-undo",
    "KP-DONE ",
    "KP-DONE\x00",
    "KP_DONE",
    "KPDONE",
    "KO-0-000",
    "KO-999999-0",
)
_WEB = (
    "https://id.gs1.org/01/../../etc/passwd",
    "https://a/01/04901234567894/10/%00",
    "https://a/01/04901234567894/10/%0d%0a",
    "https://a/01/04901234567894?17=261231;rm",
    "javascript:alert(1)",
    "https://user:pass@host/01/04901234567894",
    "http://169.254.169.254/latest/meta-data/",
    "<script>alert(1)</script>",
    "{code}",
    "{0}{1}",
    "%s%s%n",
    "${jndi:ldap://x}",
    "$(reboot)",
    "`id`",
    "; rm -rf /",
    "&& shutdown",
    "| tee x",
)
_BROKEN = ("\ud800", "x\udcffy", "\udc80" * 10, "\ufffd", "caf\ufffd")

FOUND: tuple[str, ...] = ("\0\x86", "SKU\x851", "SKU\u202e1")
"""What the fuzzer or hypothesis once broke something with."""

HOSTILE: tuple[str, ...] = (
    *_SQL,
    *_PATHS,
    *_PRINTERS,
    *_FORMULAS,
    *_SCANNERS,
    *_LOOK_ALIKES,
    *_CONTROLS,
    *_LONG,
    *_COMMAND_LIKE,
    *_WEB,
    *_BROKEN,
    *FOUND,
)
"""All of them."""


def hostile(count: int, seed: int) -> list[str]:
    """Return *count* hostile texts, the same for the same *seed*: all of :data:`HOSTILE`, then mixtures of them."""
    chance = random.Random(seed)
    whole = [*dict.fromkeys(HOSTILE)]
    made = dict.fromkeys(whole)
    harmless = (
        _GTIN,
        "SKU-1",
        "KS-A-01",
        f"]C1010{_GTIN}10",
        f"]C1010{_GTIN}21",
        "KU-",
        f"{_GTIN} ",
        "(10)",
        f"(01)0{_GTIN}(10)",
    )
    while len(made) < count:
        first, second = chance.choice(whole), chance.choice(whole)
        cut = chance.randrange(len(first) + 1)
        made[
            chance.choice(
                (
                    first[:cut] + second,
                    chance.choice(harmless) + first,
                    first[:cut] + chr(chance.choice((0, 9, 10, 13, 27, 0x202E, 0x1D, 0xFF1D))) + first[cut:],
                    first.upper()[::-1],
                    first + chance.choice(harmless),
                    "".join(chance.choice(first + second) for _ in range(chance.randrange(1, 60))),
                )
            )
        ] = None
    return list(made)[:count]
