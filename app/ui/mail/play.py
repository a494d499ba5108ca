"""Shows through the real window what a buyer would be mailed. Part of ``kenpin demo --play``."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.mail.dialogs import PreviewDialog
from app.ui.play import Player

__all__ = ["short_mails"]


def short_mails(player: Player) -> None:
    """Open the mails, where nothing is sent unless it was switched on, and see what would go out."""
    player.go("mail")
    player.window.screens["mail"].act("mail_preview")
    dialog: Any = None

    def there() -> bool:
        nonlocal dialog
        dialog = QApplication.activeModalWidget()
        return isinstance(dialog, PreviewDialog) and dialog.view.shown is not None

    player.wait(there)
    before = dialog.view.text.toPlainText()
    dialog.kind.choose("shipped")
    player.wait(lambda: dialog.view.text.toPlainText() != before)
    player.shot("what_a_buyer_is_mailed", dialog)
    dialog.reject()
