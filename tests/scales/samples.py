"""Lines as the manuals print them, and a scale of each maker that can be played."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.scale import Reading, ScaleFault

OVER, UNDER, UNIT = ScaleFault.OVERLOAD, ScaleFault.NEGATIVE, ScaleFault.UNIT

LINES: tuple[tuple[str, bytes, Reading], ...] = (
    ("aandd", b"ST,+00012.34  g", Reading(12_340, True)),
    ("aandd", b"US,+001234.5  g", Reading(1_234_500, False)),
    ("aandd", b"ST,-00000012  g", Reading(-12_000, True)),
    ("aandd", b"ST,+0001.234 kg", Reading(1_234_000, True)),
    ("aandd", b"ST,OK,+0001.234 kg", Reading(1_234_000, True)),
    ("aandd", b"ST,+00012,34  g", Reading(12_340, True)),
    ("aandd", b"ST,+00001.50 lb", Reading(680_389, True)),
    ("aandd", b"QT,+00012345 PC", Reading(None, True, UNIT, "PC")),
    ("aandd", b"ST,+000123.4  %", Reading(None, True, UNIT, "%")),
    ("aandd", b"OL,+999999.9  g", Reading(None, False, OVER)),
    ("aandd", b"OL,+9999999E+19", Reading(None, False, OVER)),
    ("aandd", b"OL,-99999999 PC", Reading(None, False, UNDER)),
    ("st-gs", b"ST,GS,+0012.34kg", Reading(12_340_000, True)),
    ("st-gs", b"US,NT,-0012.34 kg", Reading(-12_340_000, False)),
    ("st-gs", b"ST,GS,+  1.500kg", Reading(1_500_000, True)),
    ("st-gs", b"ST,GS,   1.234,kg", Reading(1_234_000, True)),
    ("st-gs", b"ST,NT,+  0.168   g", Reading(168, True)),
    ("st-gs", b"OL,GS,     .  kg", Reading(None, False, OVER)),
    ("st-gs", b"ST,GS,+0012.34pcs", Reading(None, True, UNIT, "pcs")),
    ("cas", b"ST,GS,1\xc1,0013.500 kg", Reading(13_500_000, True)),
    ("cas", b"US,NT,0\x80,  13.500 kg", Reading(13_500_000, False)),
    ("cas", b"OL,GS,1\x80,99999.99 kg", Reading(None, False, OVER)),
    ("cas", b"ST,GS,1\xc1,0013.500  t", Reading(None, True, UNIT, "t")),
    ("shimadzu", b"-  186.65g ", Reading(-186_650, None)),
    ("shimadzu", b"S  1000.00g ", Reading(1_000_000, True)),
    ("shimadzu", b"U- 1000.00kg", Reading(-1_000_000_000, False)),
    ("shimadzu", b"U       oL   ", Reading(None, False, OVER)),
    ("shimadzu", b"U-      oL   ", Reading(None, False, UNDER)),
    ("shimadzu", b"S       12PCS", Reading(None, True, UNIT, "PCS")),
    ("shinko", b"+0123.45 G S", Reading(123_450, True)),
    ("shinko", b"  123.450 GHU", Reading(123_450, False)),
    ("shinko", b"-   1.20KG S", Reading(-1_200_000, True)),
    ("shinko", b"+     12PC S", Reading(None, True, UNIT, "PC")),
    ("shinko", b"+        G E", Reading(None, False, OVER)),
    ("mt-sics", b"S S     100.00 g", Reading(100_000, True)),
    ("mt-sics", b"S D      -0.01 kg", Reading(-10_000, False)),
    ("mt-sics", b"S S     10.000 lb", Reading(4_535_924, True)),
    ("mt-sics", b"S S         12 PCS", Reading(None, True, UNIT, "PCS")),
    ("mt-sics", b"S +", Reading(None, False, OVER)),
    ("mt-sics", b"S -", Reading(None, False, UNDER)),
    ("mt-sics", b"S I", Reading(None, False)),
    ("sartorius", b"+   1255.7 g  ", Reading(1_255_700, True)),
    ("sartorius", b"-   123.56 kg ", Reading(-123_560_000, True)),
    ("sartorius", b"+  123.5[6]g  ", Reading(123_560, True)),
    ("sartorius", b"+   1255.7    ", Reading(None, False)),
    ("sartorius", b"N     +   123.56 g  ", Reading(123_560, True)),
    ("sartorius", b"+      253 pcs", Reading(None, True, UNIT, "pcs")),
    ("sartorius", b"      H       ", Reading(None, False, OVER)),
    ("sartorius", b"      Low     ", Reading(None, False, UNDER)),
    ("sartorius", b"Stat        H       ", Reading(None, False, OVER)),
    ("ohaus", b"     192.21 g", Reading(192_210, True)),
    ("ohaus", b"       0.01 g ?", Reading(10, False)),
    ("ohaus", b"        200 g  ", Reading(200_000, True)),
    ("ohaus", b"       0.211 kg ?", Reading(211_000, False)),
    ("ohaus", b"      0.4500 oz    ", Reading(12_757, True)),
    ("ohaus", b"-    1.25 kg   NET", Reading(-1_250_000, True)),
    ("ohaus", b"           3 PCS   ", Reading(None, True, UNIT, "PCS")),
)
"""Protocol, line, what it says."""

NOT_LINES: tuple[tuple[str, bytes], ...] = (
    ("aandd", b"ST,+00012.34 g"),
    ("aandd", b"T,+00012.34  g"),
    ("aandd", b"ST,+0012.34  g"),
    ("aandd", b"ST,+000.2.34  g"),
    ("aandd", b"ST,+00012.34  gST,+00012.34  g"),
    ("aandd", b"EC,E01"),
    ("st-gs", b"ST,GS,+012.34kg"),
    ("st-gs", b"ST,TR,+0012.34kg"),
    ("st-gs", b"OL,GS,what is this?"),
    ("cas", b"ST,GS,11,0013.500 kg"),
    ("cas", b"ST,GS,1\xc1,013.500 kg"),
    ("shimadzu", b"S 1000.00g "),
    ("shinko", b"+0123.45 G  "),
    ("shinko", b"+0123.45 GTS"),
    ("mt-sics", b"S S    100.00 g"),
    ("mt-sics", b"ES"),
    ("sartorius", b"+  1255.7 g  "),
    ("sartorius", b"T     +   123.56 g  "),
    ("ohaus", b"192.21 g"),
    ("ohaus", b"   2.21 g"),
    ("ohaus", b"     192.21 g   TOTAL"),
)
"""Protocol, line that is none of it."""

Play = Callable[[float, bool], bytes]
"""Makes the line of a weight in grams, and of whether it stands."""


def _aandd(grams: float, stable: bool) -> bytes:
    return b"%s,%+09.2f  g\r\n" % (b"ST" if stable else b"US", grams)


def _st_gs(grams: float, stable: bool) -> bytes:
    return b"%s,GS,%+08.3fkg\r\n" % (b"ST" if stable else b"US", grams / 1000)


def _cas(grams: float, stable: bool) -> bytes:
    return b"%s,GS,1%c,%8.4f kg\r\n" % (b"ST" if stable else b"US", 0xC1 if stable else 0x81, grams / 1000)


def _shimadzu(grams: float, stable: bool) -> bytes:
    return b"%s%c%8.2fg \r" % (b"S" if stable else b"U", 0x2D if grams < 0 else 0x20, abs(grams))


def _shimadzu_bare(grams: float, stable: bool) -> bytes:
    return _shimadzu(grams, stable)[1:]


def _shinko(grams: float, stable: bool) -> bytes:
    return b"%c%07.2f G %s\r\n" % (0x2D if grams < 0 else 0x2B, abs(grams), b"S" if stable else b"U")


def _mettler(grams: float, stable: bool) -> bytes:
    return b"S %s %10.2f g\r\n" % (b"S" if stable else b"D", grams)


def _sartorius(grams: float, stable: bool) -> bytes:
    return b"%c%9.2f %s\r\n" % (0x2D if grams < 0 else 0x2B, abs(grams), b"g  " if stable else b"   ")


def _sartorius_long(grams: float, stable: bool) -> bytes:
    return b"N     " + _sartorius(grams, stable)


def _ohaus(grams: float, stable: bool) -> bytes:
    return b"%11.2f g%s\r\n" % (grams, b"" if stable else b" ?")


PLAYED: dict[str, tuple[str, Play]] = {
    "aandd": ("aandd", _aandd),
    "st-gs": ("st-gs", _st_gs),
    "cas": ("cas", _cas),
    "shimadzu": ("shimadzu", _shimadzu),
    "shimadzu without its state": ("shimadzu", _shimadzu_bare),
    "shinko": ("shinko", _shinko),
    "mt-sics": ("mt-sics", _mettler),
    "sartorius": ("sartorius", _sartorius),
    "sartorius with ids": ("sartorius", _sartorius_long),
    "ohaus": ("ohaus", _ohaus),
}
"""Scales that can be played -> their protocol, and how they say a weight."""
