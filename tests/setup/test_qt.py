"""Qt for Python 6.12 on Python 3.11 loses a reference to None per signal and aborts the station in mid-shift."""

import itertools
import sys

import pytest
from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    told = Signal(object)


@pytest.mark.parametrize("value", [None, True], ids=repr)
def test_emitting_does_not_lose_references(value):
    emitter, heard = Emitter(), itertools.count()
    emitter.told.connect(lambda _: next(heard) and None)
    before = sys.getrefcount(value)
    for _ in range(600):
        emitter.told.emit(value)
    lost = before - sys.getrefcount(value)
    assert next(heard) == 600
    assert abs(lost) < 100
