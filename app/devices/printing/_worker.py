"""Asking and printing through the system's own spooler, in a process that can be ended: some questions take a minute.

Only this module's functions run there; they take and give plain values. Nothing else of the program is loaded.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["NotDone", "names", "print_pdf", "run", "state_of"]


class NotDone(Exception):
    """It was not done in time, or the process ended in the middle."""


def run(function: Callable[..., Any], *args: object, seconds: float) -> Any:
    """Run one of this module's functions in a process of its own and return what it returns.

    :raises NotDone: the time is over; the process is ended then.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_inside, args=(there, function, args), name="kenpin-spooler", daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise NotDone("time")
        return here.recv()
    except (EOFError, OSError) as error:
        raise NotDone("ended") from error
    finally:
        here.close()
        process.kill()
        process.join(5)


def _inside(answer: Connection, function: Callable[..., Any], args: tuple[object, ...]) -> None:
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # it shows nothing, and there may be no screen
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(["kenpin"])
    answer.send(function(*args))
    answer.close()
    del application


def names() -> list[str]:
    """Return the names of the system's printers."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return [str(name) for name in QPrinterInfo.availablePrinterNames()]


def state_of(name: str) -> str:
    """Return ``idle``, ``active``, ``error``, or ``gone`` where the system has no such printer."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        return "gone"
    states = QPrinter.PrinterState
    return {states.Idle: "idle", states.Active: "active"}.get(info.state(), "error")


def print_pdf(name: str, title: str, pdf: bytes, dpi: int) -> str:
    """Draw a PDF on one of the system's printers; return empty, or ``gone``, ``unreadable``, ``refused``.

    Every page is drawn as dots of the printer, so that no driver makes other bars of a bar code.

    :param dpi: dots an inch; 0 for what the printer's driver has, at most 600.
    """
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        return "gone"
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready or not document.pageCount():
        return "unreadable"
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setResolution(min(dpi or printer.resolution(), 600))

    def lay(page: int) -> None:
        size = document.pagePointSize(page)
        wide = size.width() > size.height()
        upright = QSizeF(size.height(), size.width()) if wide else size
        turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        paper = QPageSize(upright, QPageSize.Unit.Point)
        printer.setPageLayout(QPageLayout(paper, turned, QMarginsF(0, 0, 0, 0)))

    lay(0)
    painter = QPainter()
    if not painter.begin(printer):
        return "refused"
    for page in range(document.pageCount()):
        if page:
            lay(page)
            if not printer.newPage():
                return "refused"
        size = document.pagePointSize(page)
        dots = QSize(*(round(side * printer.resolution() / 72) for side in (size.width(), size.height())))
        painter.drawImage(QRect(0, 0, dots.width(), dots.height()), document.render(page, dots))
    painter.end()
    return "" if printer.printerState() != QPrinter.PrinterState.Aborted else "refused"
