"""Printers and print jobs in every state, for the print board; the states are those that the runner leaves behind."""

from __future__ import annotations

from typing import Any

from app.domain.printing import Fault, Printer, Transport
from app.services import print_said, printers, release
from app.services.desk import Changes, Desk, new_act
from app.services.printers import Standing
from app.services.release import Choice
from app.storage import printers as printers_storage
from app.storage import printing as storage
from app.storage.printing import NewJob
from tests.makers import change, query

LABEL, SPARE, OFFICE = "ラベル 1号機", "ラベル 2号機", "A4 複合機"


def add_printers(desk: Desk, *names: str) -> list[int]:
    """Set up label printers, and an office printer where its name says A4; the second stands in for the first."""
    made = []
    with desk.database.transaction() as tx:
        for number, name in enumerate(names):
            office = name.startswith("A4")
            made.append(
                printers_storage.add(
                    tx,
                    Printer(
                        0,
                        name,
                        Transport.IPP if office else Transport.RAW,
                        f"ipp://10.0.0.{number + 1}/ipp/print" if office else f"10.0.0.{number + 1}",
                        "pdf" if office else "zpl",
                        0 if office else 203,
                        "A4" if office else "100x150",
                    ),
                )
            )
    if len(made) > 1:
        change(desk.database, "UPDATE printers SET takeover_id = ? WHERE id = ?", made[1], made[0])
    return made


def says(desk: Desk, printer: int, state: str) -> None:
    """A printer says how it is, nothing where the state is empty, and every station hears."""
    from app.domain.printer_state import PrinterState, report

    fault = Fault("board.off") if state == printers.OFF else None
    standing = Standing(state, fault, report({PrinterState(state)}) if state and not fault else None)
    with desk.database.transaction() as tx:
        assert printers.note_state(tx, printer, standing)
    desk.announce(Changes(frozenset({"printed"}), desk.station, new_act()))


def released(desk: Desk) -> dict[str, int]:
    """Release every order; return their ids by number."""
    release.release(desk, Choice())
    change(desk.database, "DELETE FROM print_jobs")
    return {row[0]: row[1] for row in query(desk.database, "SELECT number, id FROM orders")}


def add_job(
    desk: Desk, state: str, *, printer: int = 0, said: Fault | None = None, paper: str = "packing_slip", **more: Any
) -> int:
    """Put a job into the outbox and bring it into a state; *more* are columns of its row."""
    new = NewJob(paper, more.pop("order", None), more.pop("batch", None), more.pop("version", 1))
    with desk.database.transaction() as tx:
        storage.add_jobs(tx, new_act(), desk.station, [new])
        now = tx.now
    (job,) = (row[0] for row in query(desk.database, "SELECT max(id) FROM print_jobs"))
    values = {
        "state": state,
        "printer_id": printer,
        "routed_id": printer or None,
        "error": print_said.stored([said]) if said else "",
        **more,
    }
    if state != "waiting":
        values |= {"attempts": values.get("attempts", 1), "sent_at": now, "settled_at": now}
    if state == "waiting":
        values |= {"not_before": now + 86_400_000}
    columns = ", ".join(f"{name} = ?" for name in values)
    change(desk.database, f"UPDATE print_jobs SET {columns} WHERE id = ?", *values.values(), job)
    desk.announce(Changes(frozenset({"printed"}), desk.station, new_act()))
    return int(job)
