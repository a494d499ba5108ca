"""The style sheet of the few standard widgets (fields, buttons, tables), from the palette and the scale."""

from __future__ import annotations

from app import fonts
from app.ui.look import Look

__all__ = ["style_sheet"]


def style_sheet(look: Look) -> str:
    """Return the application's style sheet."""
    p, px = look.palette, look.px
    return f"""
* {{ font-family: "{fonts.FAMILY}"; font-size: {px(17)}px; color: {p.ink}; }}
QMainWindow, QDialog, QWidget#ground {{ background: {p.ground}; }}
QScrollArea, QScrollArea > QWidget, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {px(26)}px; font-weight: bold; }}
QLabel[role="section"] {{ font-size: {px(20)}px; font-weight: bold; color: {p.brand}; }}
QLabel[role="soft"] {{ color: {p.soft}; font-size: {px(15)}px; }}
QLabel[role="pill"] {{ background: {p.ground}; color: {p.soft}; font-size: {px(15)}px; border-radius: {px(13)}px;
    padding: {px(3)}px {px(13)}px; }}
QLabel[role="good"] {{ color: {p.ok}; font-size: {px(15)}px; font-weight: bold; }}
QLabel[role="bad"] {{ color: {p.error}; font-size: {px(16)}px; font-weight: bold; }}
QLabel[role="big"] {{ font-size: {px(30)}px; font-weight: bold; color: {p.brand}; }}
QFrame[role="card"] {{ background: {p.paper}; border: 1px solid {p.line}; border-radius: {px(13)}px; }}
QFrame[role="strip"] {{ background: {p.paper}; border: none; border-bottom: 1px solid {p.line}; }}
QLineEdit {{ background: {p.paper}; border: 2px solid {p.line}; border-radius: {px(10)}px;
    padding: {px(6)}px {px(12)}px; min-height: {px(24)}px; selection-background-color: {p.brand};
    selection-color: {p.paper}; placeholder-text-color: {p.soft}; }}
QLineEdit:focus {{ border-color: {p.brand}; }}
QLineEdit[typing="true"] {{ border-color: {p.warning}; background: {p.warning_ground}; }}
QPlainTextEdit {{ background: {p.paper}; border: 2px solid {p.line}; border-radius: {px(10)}px; padding: {px(4)}px;
    selection-background-color: {p.brand}; selection-color: {p.paper}; font-size: {px(16)}px; }}
QPlainTextEdit[fixed="true"] {{ font-family: "{fonts.FAMILY_FIXED}"; font-size: {px(15)}px; }}
QPlainTextEdit:focus {{ border-color: {p.brand}; }}
QPlainTextEdit[typing="true"] {{ border-color: {p.warning}; }}
QPushButton {{ background: {p.paper}; border: 2px solid {p.brand}; color: {p.brand}; font-weight: bold;
    border-radius: {px(10)}px; padding: {px(6)}px {px(18)}px; min-height: {px(24)}px; }}
QPushButton:hover {{ background: {p.chosen}; }}
QPushButton:focus {{ border-color: {p.warning}; }}
QPushButton:disabled {{ color: {p.soft}; border-color: {p.line}; background: {p.ground}; }}
QPushButton[role="tiny"] {{ padding: {px(6)}px {px(2)}px; }}
QPushButton[role="main"] {{ background: #123B5D; border-color: #123B5D; color: #FFFFFF; }}
QPushButton[role="main"]:hover {{ background: #1B4F7A; }}
QPushButton[role="main"]:focus {{ border-color: {p.warning}; }}
QPushButton[role="go"] {{ background: {p.ok_fill}; border-color: {p.ok_fill}; color: #FFFFFF; }}
QPushButton[role="go"]:focus {{ border-color: {p.warning}; }}
QPushButton[role="go"]:disabled, QPushButton[role="main"]:disabled {{ background: {p.ground}; color: {p.soft};
    border-color: {p.line}; }}
QTableView {{ background: {p.paper}; border: none; gridline-color: {p.line}; outline: none;
    selection-background-color: {p.chosen}; selection-color: {p.ink}; }}
QHeaderView {{ background: {p.paper}; }}
QHeaderView::section {{ background: {p.paper}; color: {p.soft}; font-size: {px(14)}px; font-weight: bold; border: none;
    border-bottom: 1px solid {p.line}; padding: {px(10)}px {px(8)}px; }}
QProgressBar {{ background: {p.blank}; border: none; border-radius: {px(9)}px; min-height: {px(18)}px;
    max-height: {px(18)}px; text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {p.ok_fill}; border-radius: {px(9)}px; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {p.soft}; border-radius: {px(4)}px; min-height: {px(40)}px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {p.soft}; border-radius: {px(4)}px; min-width: {px(40)}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
    border: none; width: 0; height: 0; }}
QToolTip {{ background: {p.ink}; color: {p.paper}; border: none; padding: {px(6)}px; font-size: {px(16)}px; }}
"""
