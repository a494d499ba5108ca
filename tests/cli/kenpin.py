"""The command on a folder of its own: as a process, as people call it, or quicker inside the test."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.main import main

ROOT = Path(__file__).resolve().parents[2]

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
TIME = "2010-12-01 08:26:00,2.55,17850.0,United Kingdom"


@dataclass
class Result:
    """What a call gave back."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split("\n") if line]


@dataclass
class Kenpin:
    """One data folder and the command that works on it."""

    folder: Path
    before: tuple[str, ...] = ("--lang", "en")

    def __call__(self, *arguments: str | Path, given: bytes = b"") -> Result:
        """Run the command inside this process, which spares its start; what it leaves open fails the test."""
        out, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
                try:
                    status = main(["--data", str(self.folder), *self.before, *map(str, arguments)])
                except SystemExit as end:  # argparse
                    status = int(str(end.code))
        finally:
            sys.stdin = before
        out.flush()
        error.flush()
        said = [each.detach().getvalue().decode() for each in (out, error)]  # type: ignore[attr-defined]
        return Result(status, *said)

    def run(self, *arguments: str | Path, given: bytes | str = b"") -> Result:
        """Run the command as a process of its own."""
        process = self.start(*arguments)
        out, error = process.communicate(given.encode() if isinstance(given, str) else given, timeout=100)
        return Result(process.returncode, out.decode(), error.decode())

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        call = [sys.executable, "-m", "app", "--data", str(self.folder), *self.before, *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            call,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=environment,
        )

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def orders(self, name: str, *rows: str) -> Path:
        """Write a UCI day file; a row is ``number,sku,name,quantity``."""
        return self.file(name, HEAD + "".join(f"{row},{TIME}\n" for row in rows))

    def scan(self, *codes: str | bytes, more: tuple[str, ...] = ()) -> list[Any]:
        """Run a scan session and return its answers; the session must end well."""
        given = b"".join((code.encode() if isinstance(code, str) else code) + b"\n" for code in codes)
        result = self("scan", *more, given=given)
        assert result.status == 0, result.error
        assert result.error == ""
        assert len(result.lines) == len(codes)
        return result.lines

    def keys(self, *codes: str | bytes) -> list[str]:
        return [answer["key"] for answer in self.scan(*codes)]
