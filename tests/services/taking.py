"""One station in a process of its own that takes orders with KP-NEXT and packs them until there are none.

``python -m tests.services.taking URL NAME CODE`` prints the numbers of the orders it packed.
"""

from __future__ import annotations

import sys
import time

from app.services.desk import Desk
from app.storage.database import open_database

PATIENCE = 30


def take_all(desk: Desk, code: str) -> list[str]:
    """Take the next order and pack its one piece, until the queue stays empty; return the orders' numbers.

    Near the end "none" may only mean that others are just taking what is left: it is asked again before it counts.
    """
    taken: list[str] = []
    empty = 0
    while empty < PATIENCE:
        opened = desk.scan("KP-NEXT").result()
        if opened.key == "next.none":
            empty += 1
            time.sleep(0.005)
            continue
        assert opened.key == "order.opened", opened
        assert opened.order is not None
        empty = 0
        closed = desk.scan(code).result()
        assert closed.key == "order.closed", closed
        assert closed.order == opened.order
        taken.append(opened.order)
    return taken


if __name__ == "__main__":
    url, name, code = sys.argv[1:]
    desk = Desk(open_database(url), name)
    print(*take_all(desk, code), sep="\n")
    desk.stop()
