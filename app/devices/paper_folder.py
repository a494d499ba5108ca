"""Papers as PDF files in a folder: the way to a printer that every station has."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["PaperFolder"]


class PaperFolder:
    """Writes each paper as one file, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """Where the files go; made when the first one comes."""

    def send(self, title: str, pdf: bytes) -> str:
        """Write the paper and return its path; raises OSError where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{title}.pdf"
        half = self.folder / f".{title}.part"
        with half.open("wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
        return str(target)
