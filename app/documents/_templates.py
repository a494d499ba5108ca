"""The shipped templates of papers and labels 書式: TOML files under ``resources/templates``, one folder a paper.

A label's folder lies in ``label``: ``label:product`` is ``label/product``.
"""

from __future__ import annotations

from functools import cache, lru_cache

from app.domain.templates import STANDARD, Template, TemplateRead, read_template
from app.plugins import resource_root

__all__ = ["read_of", "shipped", "shipped_names", "standard"]


@cache
def shipped_names(paper: str) -> tuple[str, ...]:
    """Return the names of the shipped templates of a paper, the standard one first; none for an unknown paper."""
    folder = resource_root().joinpath("templates", *paper.split(":"))
    if not folder.is_dir() or ".." in paper:
        return ()
    found = sorted(file.stem for file in folder.glob("*.toml"))
    return tuple(sorted(found, key=lambda name: name != STANDARD))


@cache
def shipped(paper: str, name: str) -> str | None:
    """Return the body of a shipped template; None where there is none of that name."""
    if name not in shipped_names(paper):
        return None
    return resource_root().joinpath("templates", *paper.split(":"), f"{name}.toml").read_text(encoding="utf-8")


@cache
def standard(paper: str) -> Template:
    """Return the shipped standard template of a paper."""
    body = shipped(paper, STANDARD)
    assert body is not None, paper
    read = read_template(paper, body)
    assert not read.faults, read.faults
    return read.template


@lru_cache(maxsize=128)
def read_of(paper: str, name: str, body: str) -> TemplateRead:
    """Read a template over the shipped standard of its paper."""
    return read_template(paper, body, standard(paper), name)
