"""Rows of the lists of products and of what is doubtful, and what the panel says of one product."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.gtin import printable
from app.domain.product_doubts import Doubt
from app.services.product_board import BoardLine, Figures, Glance
from app.ui.grid import Cell, Column
from app.ui.listing import Fact
from app.ui.look import Look

__all__ = [
    "DOUBTS",
    "PRODUCTS",
    "DoubtRow",
    "ProductRow",
    "doubt_cells",
    "field_words",
    "house_facts",
    "mend_at",
    "product_cells",
    "product_facts",
    "sentence_of",
    "yen",
]

PRODUCTS = (
    Column("picture", 7),
    Column("product", 35),
    Column("code", 16),
    Column("shelf", 11),
    Column("size", 14),
    Column("shops", 17),
)
DOUBTS = (
    Column("kind", 6),
    Column("picture", 6),
    Column("product", 27),
    Column("why", 47),
    Column("mend", 14),
)
_MOST_DOUBTS = 4
"""Doubts of one product that the panel names."""
_STOPS = frozenset({"bad_check_digit", "code_shared", "case_alone", "no_code"})
"""Doubts that stop a scan."""
_OF_LISTINGS = frozenset({"retired_listed", "listing_is_sku", "price_far"})
"""Doubts that are mended where the product is listed."""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product in the list."""

    id: int
    board: BoardLine
    doubts: tuple[str, ...] = ()
    """Kinds of what is doubtful about it."""


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One thing that is doubtful."""

    id: str
    doubt: Doubt
    board: BoardLine | None
    """Its product; None where it went meanwhile."""


def size_text(sides: Sequence[int | None]) -> str:
    """Return a size in millimetres; empty where it is not known."""
    return "×".join(str(side) for side in sides) if all(sides) else ""


def yen(price: str) -> str:
    """Return a price, decimal text, as people write it."""
    whole, _, rest = price.partition(".")
    return f"¥{int(whole):,}" + (f".{rest}" if rest else "") if whole.isdigit() else price


def product_cells(look: Look, row: ProductRow) -> tuple[Cell, ...]:
    """Return the cells of a product."""
    say, line = look.say, row.board.line
    size = size_text((line.length_mm, line.width_mm, line.height_mm))
    weight = f"{line.weight_g:,} g" if line.weight_g is not None else ""
    shops = say("list.comma").join(row.board.shops)
    name = Cell(line.name or line.sku, "soft" if line.retired else "ink", least=12, under=line.sku, tip=_tip(line))
    if line.retired:
        name = Cell(pills=((line.name or line.sku, "quiet"), (say("window.products.retired"), "warning")),
                    under=line.sku, tip=_tip(line))  # fmt: skip
    elif row.doubts:
        kind = "error" if not _STOPS.isdisjoint(row.doubts) else "warning"
        name = Cell(line.name or line.sku, mark=kind, least=12, under=line.sku, tip=_tip(line))
    if line.main_code:
        code = Cell(printable(line.main_code), digits=True)
    else:
        code = Cell(say("window.products.no_code") if line.no_code else "–", "soft")
    return (
        Cell(picture=(line.picture, line.sku), tip=line.name),
        name,
        code,
        Cell(line.shelf or "–", "ink" if line.shelf else "soft", ends=True),
        Cell(size or weight or "–", "ink" if size or weight else "soft", under=weight if size else ""),
        Cell(shops or "–", "ink" if shops else "soft", least=12, lines=2, tip=shops),
    )


def _tip(line: object) -> str:
    return "\n".join(filter(None, (getattr(line, name) for name in ("name", "name_en", "sku"))))


def sentence_of(look: Look, key: str, args: Collection[tuple[str, str]]) -> str:
    """Return a sentence about a product."""
    return look.say(key, **dict(args))


def mend_at(doubt: Doubt) -> str:
    """Return where what is doubtful is mended: a field, or ``listings`` for what a shop is told."""
    return "listings" if doubt.kind in _OF_LISTINGS else doubt.field


def field_words(look: Look, name: str) -> str:
    """Return the words of a field of a product; a shop's codes are named by the shop."""
    if name == "listings":
        return look.say("window.products.listings")
    shop = name.partition("@")[2]
    return look.say("window.products.code_at", shop=shop) if shop else look.say(f"product.field.{name}")


def doubt_cells(look: Look, row: DoubtRow) -> tuple[Cell, ...]:
    """Return the cells of what is doubtful."""
    say, doubt = look.say, row.doubt
    line = row.board.line if row.board is not None else None
    name = line.name if line is not None else doubt.sku
    said = sentence_of(look, doubt.key, doubt.args)
    return (
        Cell(sign="error" if doubt.kind in _STOPS else "warning", tip=say(f"window.products.kind.{doubt.kind}")),
        Cell(picture=(line.picture if line is not None else "", doubt.sku), tip=name),
        Cell(name or doubt.sku, least=12, under=doubt.sku, tip=f"{name}\n{doubt.sku}"),
        Cell(said, least=11, lines=2, tip=said),
        Cell(buttons=(("mend", field_words(look, mend_at(doubt))),)),
    )


def house_facts(look: Look, figures: Figures, doubts: Mapping[str, int] | None) -> list[Fact]:
    """Say how the master stands, while no product is chosen.

    :param doubts: number of doubts by kind; None while they are looked for.
    """
    say = look.say
    made = [Fact(say("window.products.about"), head=True)]
    made.append(Fact(say("window.products.figure.all"), f"{figures.sold:,}"))
    for name in ("picture", "weight", "size", "code"):
        number = getattr(figures, name)
        if number:
            made.append(Fact(say(f"window.products.figure.{name}"), f"{number:,}", "warning", name=f"without:{name}"))
    if figures.retired:
        made.append(Fact(say("window.products.figure.retired"), f"{figures.retired:,}"))
    made.append(Fact(say("window.products.doubtful"), head=True))
    if doubts is None:
        made.append(Fact(say("window.products.looking")))
    elif not doubts:
        made.append(Fact(say("window.products.no_doubts"), kind="ok"))
    else:
        for kind, number in doubts.items():
            colour = "error" if kind in _STOPS else "warning"
            made.append(Fact(say(f"window.products.kind.{kind}"), f"{number:,}", colour, name=f"doubt:{kind}"))
    return made


def product_facts(look: Look, glance: Glance) -> list[Fact]:
    """Say what is known of one product."""
    say, full = look.say, glance.full
    text = full.texts.get
    made = [Fact(text("name", "") or full.sku, head=True), Fact(say("product.field.sku"), full.sku)]
    if full.retired:
        made.append(Fact(say("window.products.is_retired"), kind="warning"))
    for number, doubt in enumerate(glance.doubts[:_MOST_DOUBTS]):
        colour = "error" if doubt.kind in _STOPS else "warning"
        made.append(Fact(sentence_of(look, doubt.key, doubt.args), kind=colour, name=f"mend:{number}"))
    codes = [each for each in text("code", "").split(";") if each]
    made.append(Fact(say("product.field.code"), codes[0] if codes else "–"))
    made += [Fact("", each) for each in codes[1:4]]
    policy = text("lot_policy", "none")
    shown = (
        ("shelf", text("shelf", "")),
        ("price", yen(text("price", "")) if text("price", "") else ""),
        ("lot_policy", say(f"window.products.choice.lot_policy.{policy}") if policy != "none" else ""),
        ("parts", text("parts", "")),
    )
    made += [Fact(say(f"product.field.{name}"), value) for name, value in shown if value]
    size = size_text([text(name, "") or None for name in ("length_mm", "width_mm", "height_mm")])  # type: ignore[misc]
    if size:
        made.append(Fact(say("window.products.size"), f"{size} mm"))
    if text("weight_g", ""):
        made.append(Fact(say("window.products.weight"), f"{text('weight_g')} g"))
    made.append(Fact(say("window.products.on_shelf"), f"{full.use.on_shelf:,}"))
    if full.use.open_orders:
        made.append(Fact(say("window.products.open_orders"), f"{full.use.open_orders:,}"))
    if full.listings:
        made.append(Fact(say("window.products.listings"), head=True))
        for each in full.listings:
            if each.error:
                made.append(Fact(f"{each.shop_name} {each.code}: {each.error}", kind="error", name="listings"))
            else:
                made.append(
                    Fact(
                        each.shop_name,
                        each.code if each.draft.active else f"{each.code} ({say('window.products.off')})",
                    )
                )
    return made
