"""Codes in pictures: the first decoder alone, the second alone, and ours, over a folder of pictures.

``python -m tests.bench.decode [DATA]`` takes any folder with an ``EXPECTED.tsv`` (columns ``image``, ``symbology_dir``,
``expected_utf8_escaped``; an empty text means that nothing may be read, ``?`` that nobody knows). It prints a table
and, as its last line, one JSON object with all figures.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from app.domain import barcode
from app.domain.gtin import check_digit, expand_upce, has_good_check_digit
from app.services.decoding import decode, open_picture
from tests.bench.measure import Row, note, percentile
from tests.decoders.labels import labels

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KENPIN_SHARED", str(ROOT.parent / "shared"))) / "data" / "barcodes"
DECOYS = 50
READERS = ("zxing", "pyzbar", "ours")
NAMED = ("EAN13", "EAN8", "UPCA", "UPCE", "I25", "CODE39", "CODE93", "CODE128", "CODABAR", "QRCODE")

_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


@dataclass(frozen=True)
class Picture:
    """One line of the list."""

    file: str
    symbology: str
    text: str
    known: bool

    @property
    def gtin14(self) -> str:
        """Its GTIN as 14 digits; empty where the symbol holds something else."""
        if not re.match(r"ean|upc|rss14|databarltd", self.symbology):
            return ""
        return gtin_of(self.text, self.symbology.startswith(("upce", "upc_e")))


@dataclass
class Score:
    """What one reader did on one kind of picture."""

    n: int = 0
    read: int = 0
    wrong: int = 0
    false: int = 0
    """Codes where nothing may be read."""
    seconds: list[float] = field(default_factory=list)

    def plain(self) -> dict[str, float]:
        times = self.seconds or [0.0]
        return {
            "n": self.n,
            "read": self.read,
            "wrong": self.wrong,
            "false_reads": self.false,
            "mean_ms": round(sum(times) / len(times) * 1000, 2),
            "p95_ms": round(percentile(times, 95) * 1000, 2),
        }


def pictures(data: Path) -> list[Picture]:
    """The list of a folder."""
    found = []
    for line in (data / "EXPECTED.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        file, symbology, text = [*line.split("\t"), ""][:3]
        found.append(Picture(file, symbology, _ESCAPE.sub(_unescape, text), text != "?"))
    return found


def _unescape(found: re.Match[str]) -> str:
    said = found[1]
    return chr(int(said[1:], 16)) if said[0] in "xu" and len(said) > 1 else _PLAIN.get(said, said)


def gtin_of(text: str, upce: bool = False) -> str:
    """The GTIN in a text as 14 digits, with or without identifier or add-on; empty where there is none."""
    digits = text.replace("(", "").replace(")", "").replace(" ", "")
    if digits[:2] == "01" and len(digits) == 16:
        digits = digits[2:]
    if len(digits) in {15, 18} and digits.isdigit() and has_good_check_digit(digits[:13]):
        digits = digits[:13]
    if upce and len(digits) == 8 and (upca := expand_upce(digits)):
        digits = upca
    good = len(digits) in {8, 12, 13, 14} and digits.isdigit() and has_good_check_digit(digits)
    return digits.zfill(14) if good else ""


def forms(text: str) -> set[str]:
    """The ways in which one text is written: GS1 with brackets or without, NW-7 with its letters or without."""
    same = {text, re.sub(r"[()\x1d]", "", text)}
    if re.fullmatch(r"[A-Da-dENTent*][0-9$:/.+-]+[A-Da-dENTent*]", text):
        same.add(text[1:-1])
    return same


def same(picture: Picture, text: str) -> bool:
    """Whether a text that was read is what the picture shows."""
    if picture.gtin14:
        return gtin_of(text, picture.symbology.startswith(("upce", "upc_e"))) == picture.gtin14
    return bool(forms(text) & forms(picture.text))


def by_zxing(image: Image.Image) -> list[str]:
    """The first decoder alone, as it comes."""
    return [each.text for each in zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)]


def by_pyzbar(image: Image.Image) -> list[str]:
    """The second decoder alone, with the symbols that it does not invent."""
    names = [pyzbar.ZBarSymbol[name] for name in NAMED]
    return [each.data.decode("utf-8", "replace") for each in pyzbar.decode(image.convert("L"), symbols=names)]


def by_ours(image: Image.Image) -> list[str]:
    """All of it."""
    return [found.look.text for found in decode(image)]


WORKS: dict[str, Callable[[Image.Image], list[str]]] = {"zxing": by_zxing, "pyzbar": by_pyzbar, "ours": by_ours}


def survey(data: Path, seed: int, rounds: int = 3) -> dict[str, Any]:
    """Let every reader look at every picture, in random order, and return all figures."""
    chance = random.Random(seed)
    listed = pictures(data)
    scores: dict[str, dict[str, Score]] = {name: defaultdict(Score) for name in READERS}
    union: dict[str, int] = defaultdict(int)
    base: list[float] = []
    ours: list[float] = []
    expecting = Expecting()
    gtins = sorted({each.gtin14 for each in listed if each.gtin14})
    unopened = 0
    _warm_up()
    for at, picture in enumerate(listed):
        if at % 100 == 0:
            note(f"decode: picture {at} of {len(listed)}")
        try:
            image = open_picture(data / picture.file)
        except Exception as error:  # noqa: BLE001 - counted as unread by everybody
            note(f"{picture.file}: {error}")
            unopened += 1
            continue
        texts, times = _look(image, chance, rounds)
        for name in READERS:
            _count(scores[name][picture.symbology], picture, texts[name], times[name])
        if picture.known and picture.text:
            reads = {name: any(same(picture, text) for text in texts[name]) for name in READERS}
            union[picture.symbology] += reads["zxing"] or reads["pyzbar"]
            if reads["zxing"]:
                base.append(times["zxing"])
                ours.append(times["ours"])
        if picture.gtin14:
            seen = {gtin_of(text) for name in READERS for text in texts[name]} - {"", picture.gtin14}
            _expect(image, picture, decoys(picture.gtin14, gtins, chance), seen, expecting)
    return _figures(data, listed, scores, union, (base, ours), expecting, unopened)


def _warm_up() -> None:
    """Load the libraries, so that no picture pays for it."""
    for work in WORKS.values():
        work(Image.effect_noise((200, 200), 80))
    barcode.read("]C10104901234567894")
    gc.collect()


def _look(image: Image.Image, chance: random.Random, rounds: int) -> tuple[dict[str, list[str]], dict[str, float]]:
    texts: dict[str, list[str]] = {}
    times: dict[str, float] = dict.fromkeys(READERS, float("inf"))
    order = list(READERS)
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            began = time.thread_time()  # computing only: what else the machine does is no decoder's time
            texts[name] = WORKS[name](image)
            times[name] = min(times[name], time.thread_time() - began)
    return texts, times


def _count(score: Score, picture: Picture, texts: list[str], seconds: float) -> None:
    score.n += 1
    score.seconds.append(seconds)
    if not picture.known:
        return
    if not picture.text:
        score.false += len(texts)
        return
    score.read += any(same(picture, text) for text in texts)
    score.wrong += any(not same(picture, text) for text in texts)


def decoys(true: str, others: list[str], chance: random.Random) -> frozenset[str]:
    """Fifty GTINs that an order might expect beside the true one: some a digit apart, some other goods, some drawn."""
    near = [_changed(true, chance) for _ in range(20)]
    chosen = chance.sample(others, min(15, len(others)))
    drawn = ["0" + _with_check("".join(chance.choices("0123456789", k=12))) for _ in range(DECOYS)]
    kept = dict.fromkeys(each for each in (*near, *chosen, *drawn) if each != true)
    return frozenset(list(kept)[:DECOYS])


def _changed(gtin14: str, chance: random.Random) -> str:
    at = chance.randrange(1, 13)
    digit = chance.choice([each for each in "0123456789" if each != gtin14[at]])
    return _with_check(gtin14[:at] + digit + gtin14[at + 1 : 13])


def _with_check(body: str) -> str:
    return body + check_digit(body)


@dataclass
class Expecting:
    """What was taken for what an order expects."""

    pictures: int = 0
    confirmed: int = 0
    misread: int = 0
    """Decoys that were confirmed."""
    worst: int = 0
    """The same where the decoys are what the readers themselves wrongly saw in just this picture."""


def _expect(image: Image.Image, picture: Picture, wrong: frozenset[str], seen: set[str], into: Expecting) -> None:
    """Decode as at the bench: the order expects the true code, among decoys."""
    taken = _confirmed(image, wrong | {picture.gtin14})
    into.pictures += 1
    into.confirmed += picture.gtin14 in taken
    into.misread += len(taken & wrong)
    if seen:
        fooled = _confirmed(image, frozenset(seen | {picture.gtin14})) & seen
        into.worst += len(fooled)
        if fooled:
            note(f"{picture.file}: {picture.gtin14} expected, {', '.join(sorted(fooled))} taken")


def _confirmed(image: Image.Image, expected: frozenset[str]) -> set[str]:
    return {gtin_of(found.look.text) for found in decode(image, expected) if found.confirmed}


def _figures(
    data: Path,
    listed: list[Picture],
    scores: dict[str, dict[str, Score]],
    union: dict[str, int],
    times: tuple[list[float], list[float]],
    expecting: Expecting,
    unopened: int,
) -> dict[str, Any]:
    kinds = list(dict.fromkeys(each.symbology for each in listed))
    totals: dict[str, Score] = {}
    for name in READERS:
        whole = Score()
        for score in scores[name].values():
            whole.n, whole.read, whole.wrong = whole.n + score.n, whole.read + score.read, whole.wrong + score.wrong
            whole.false += score.false
            whole.seconds += score.seconds
        totals[name] = whole
    base, ours = (sum(each) for each in times)
    return {
        "data": data.name,
        "pictures": len(listed),
        "unopened": unopened,
        "symbologies": {
            kind: {**{name: scores[name][kind].plain() for name in READERS}, "union_read": union[kind]}
            for kind in kinds
        },
        "total": {name: totals[name].plain() for name in READERS} | {"union_read": sum(union.values())},
        "below_union": [kind for kind in kinds if scores["ours"][kind].read < union[kind]],
        "false_reads": totals["ours"].false,
        "time_ratio": round(ours / base, 3) if base else None,
        "time_pictures": len(times[0]),
        "decoys": DECOYS,
        "expected_pictures": expecting.pictures,
        "expected_confirmed": expecting.confirmed,
        "accepted_misreads": expecting.misread,
        "accepted_own_errors": expecting.worst,
    }


def print_table(found: dict[str, Any]) -> None:
    """The figures for people."""
    head = (
        f"{'symbology':22}{'n':>5}"
        + "".join(f"{name:>9}{'wrong':>6}{'mean':>8}{'p95':>8}" for name in READERS)
        + "   union"
    )
    print(head)
    print("-" * len(head))
    for kind, figures in {**found["symbologies"], "all": found["total"]}.items():
        cells = "".join(
            f"{figures[name]['read']:>9}{figures[name]['wrong'] + figures[name]['false_reads']:>6}"
            f"{figures[name]['mean_ms']:>8.1f}{figures[name]['p95_ms']:>8.1f}"
            for name in READERS
        )
        print(f"{kind:22}{figures['ours']['n']:>5}{cells}{figures['union_read']:>8}")
    print(
        f"\nread where nothing may be read: {found['false_reads']}; mean time on the {found['time_pictures']} pictures "
        f"that the first decoder reads: {found['time_ratio']} of it; with {found['decoys']} decoys: "
        f"{found['accepted_misreads']} misreads accepted, {found['expected_confirmed']} of "
        f"{found['expected_pictures']} confirmed; with the readers' own errors as decoys: "
        f"{found['accepted_own_errors']}"
    )


def own_labels(number: int, seed: int) -> dict[str, Any]:
    """Draw labels as our papers have them at 203 dpi, and let each decoder read the symbols that it knows."""
    scores: dict[str, dict[str, list[int]]] = {name: defaultdict(lambda: [0, 0]) for name in READERS}
    for label in _shown(labels(number, seed), number):
        for name in READERS:
            if name == "pyzbar" and label.symbology == "datamatrix":
                continue
            texts = WORKS[name](label.image)
            count = scores[name][label.symbology]
            count[0] += 1
            count[1] += label.text in {text.lstrip("\x1d") for text in texts} or _padded(label.text, texts)
    return {name: {kind: {"n": n, "read": read} for kind, (n, read) in kinds.items()} for name, kinds in scores.items()}


def _padded(text: str, texts: list[str]) -> bool:
    """A UPC-A and an EAN-13 that begins with 0 are the same bars."""
    return text[0] == "0" and text[1:] in texts


def _shown(made: Iterator[Any], number: int) -> Iterator[Any]:
    for at, label in enumerate(made):
        if at % 1000 == 0:
            note(f"decode: label {at} of {number}")
        yield label


def measure(quick: bool, seed: int) -> list[Row]:
    """Rows for ``make bench``."""
    rows = []
    if not DATA.is_dir():
        rows.append(Row.skipped("codes in pictures", "the shared pictures are not here"))
    else:
        found = survey(DATA, seed, 1 if quick else 3)
        total, names = found["total"], found["symbologies"]
        goods = [kind for kind in names if re.match(r"ean|upc", kind)]
        read = {name: sum(names[kind][name]["read"] for kind in goods) for name in READERS}
        union = sum(names[kind]["union_read"] for kind in goods)
        n = sum(names[kind]["ours"]["n"] for kind in goods)
        all_read, all_union = total["ours"]["read"], total["union_read"]
        rows += [
            Row("pictures read / by either decoder", f"{all_read}", f"{all_union}", met=not found["below_union"]),
            Row(f"EAN and UPC photographs of {n} / by either", f"{read['ours']}", f"{union}", met=read["ours"] > union),
            Row(
                "mean time on what the first decoder reads / its own",
                f"{total['ours']['mean_ms']:.1f} ms over all",
                f"{total['zxing']['mean_ms']:.1f} ms over all",
                f"{found['time_ratio']:.2f}×",
                "≤ 1.25× (mean)",
                found["time_ratio"] <= 1.25,
            ),
            Row.figure("codes read where nothing may be read", found["false_reads"], 0, "codes"),
            Row.figure(f"misreads accepted among {DECOYS} decoys", found["accepted_misreads"], 0, "codes"),
        ]
    number = 500 if quick else 10_000
    for name, kinds in own_labels(number, seed).items():
        lost = sum(each["n"] - each["read"] for each in kinds.values())
        tried = sum(each["n"] for each in kinds.values())
        goal = 0 if name == "ours" else None
        rows.append(Row.figure(f"own labels at 203 dpi unread by {name}, of {tried}", lost, goal, "labels"))
    return rows


def main() -> int:
    """Measure one folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.decode", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder with EXPECTED.tsv and the pictures")
    parser.add_argument("--seed", type=int, default=20261130, help="of the decoys and the order of looks")
    parser.add_argument("--rounds", type=int, default=3, help="each time is the best of so many")
    parser.add_argument("--labels", type=int, default=0, help="also draw and read so many labels of our own")
    chosen = parser.parse_args()
    if not (chosen.data / "EXPECTED.tsv").is_file():
        parser.error(f"{chosen.data}: no EXPECTED.tsv there")
    warnings.simplefilter("ignore")  # Pillow's, about palettes, on the way the decoders themselves take
    found = survey(chosen.data, chosen.seed, chosen.rounds)
    print_table(found)
    if chosen.labels:
        found["labels"] = own_labels(chosen.labels, chosen.seed)
    print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
