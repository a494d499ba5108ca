"""Papers: values in, PDF out. One file is one paper, found by walking this folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from app.domain.papers import Rendered
from app.plugins import modules_of
from app.text import Texts

__all__ = ["papers", "render"]


def papers() -> dict[str, Callable[..., Rendered]]:
    """Return what draws each paper, by the paper's name."""
    found = modules_of(__name__)
    return {module.ID: cast("Callable[..., Rendered]", module.render) for module in found}


def render(paper_id: str, value: object, words: Texts, **more: object) -> Rendered:
    """Draw the paper named *paper_id* of *value* with the sentences of one language.

    The same value and language give the same bytes.

    :param more: what only this paper knows, such as ``between`` of a batch's slips.
    """
    return papers()[paper_id](value, words, **more)
