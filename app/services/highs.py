"""HiGHS, which solves linear and integer programmes, as the searches of this program use it."""

from __future__ import annotations

import highspy

__all__ = ["INTEGER", "Highs"]

INTEGER = int(highspy.HighsVarType.kInteger)
"""A column that takes whole numbers only."""


class Highs(highspy.Highs):
    """HiGHS on one thread, silent."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:  # noqa: N802 - named by HiGHS
        """Be silent from here on: the constructor calls this first, and would print the name and the licence."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
