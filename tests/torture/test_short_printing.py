"""Some forty faults of printers in every run of the tests; ``make torture`` injects hundreds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

from app.domain.printing import PrintState, Verdict
from app.services import print_worker
from tests.torture.killing_senders import kill_senders
from tests.torture.printing import inject
from tests.torture.shop import seed_of

FAULTS = {"zpl": 10, "sbpl": 8, "tspl": 5, "escpos": 4, "silent": 4, "ipp": 10}


def test_no_paper_is_silently_gone_and_none_has_an_unmarked_twin(tmp_path: Path) -> None:
    ledger = inject(tmp_path, FAULTS, seed_of("printers"))
    print(ledger)
    assert len(ledger.entries) == sum(FAULTS.values())
    assert ledger.wrong == [], str(ledger)


def believing(verdict: Verdict) -> Verdict:
    """What was sent is printed: what software believed before."""
    sent = verdict.state in (PrintState.SENT, PrintState.UNKNOWN)
    return replace(verdict, state=PrintState.CONFIRMED) if sent else verdict


def impatient(verdict: Verdict) -> Verdict:
    """What is not known is sent once more."""
    return replace(verdict, state=PrintState.FAILED) if verdict.state == PrintState.UNKNOWN else verdict


def test_the_rig_sees_a_program_that_believes_its_printer(tmp_path: Path) -> None:
    real = print_worker.verdict
    with mock.patch.object(print_worker, "verdict", lambda *a, **n: believing(real(*a, **n))):
        ledger = inject(tmp_path, {"zpl": 1}, 1, only={"zpl": "with the label in it"})
    assert "confirmed, and not in the tray" in ledger.entries[0].wrong


def test_the_rig_sees_a_program_that_sends_once_more(tmp_path: Path) -> None:
    real = print_worker.verdict
    with mock.patch.object(print_worker, "verdict", lambda *a, **n: impatient(real(*a, **n))):
        ledger = inject(tmp_path, {"zpl": 1}, 1, only={"zpl": "at label 0"})
    assert any(each.startswith("unmarked twin") for each in ledger.entries[0].wrong)


def test_a_killed_sender_leaves_every_paper_once_or_unknown(tmp_path: Path) -> None:
    print(kill_senders(tmp_path, 1, seed_of("kill senders")))
