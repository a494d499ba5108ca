"""The head of a slip: its title, whose it is, the huge ship number with its codes, the facts beside the shop."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents._letter import address_lines, bare, honoured, postcode
from app.documents._sheet import BRAND, GREY, Flow, Style, day, money
from app.documents._slip_page import SlipPage
from app.domain.orders import Address
from app.domain.templates import Code

__all__ = ["SlipHead"]

_FACTS = {
    "order_number": "paper.slip.order_number",
    "ordered_on": "paper.slip.ordered_on",
    "channel": "paper.slip.channel",
    "delivery": "paper.slip.delivery",
    "wish": "paper.slip.wish",
    "payment": "paper.slip.payment",
    "buyer": "paper.slip.buyer",
}


class SlipHead(SlipPage):
    """Puts the head of the first page. What an invoice says otherwise, it says in the methods named for it."""

    def addressee(self) -> tuple[str, Address]:
        """What stands large at the top left, and over it in one word what that is."""
        return self._words.say("paper.slip.ship_to"), self._slip.ship_to

    def fact(self, name: str) -> tuple[str, str]:
        """A fact of the order by its name in the template: what it is called, and what it is; empty for none."""
        slip, words = self._slip, self._words
        match name:
            case "order_number":
                value = slip.order_number
            case "ordered_on":
                value = day(slip.ordered_on, words) if slip.ordered_on else ""
            case "channel":
                value = slip.channel
            case "delivery":
                value = slip.delivery
            case "wish":
                value = slip.wish
            case "payment":
                value = "" if slip.gift else slip.payment
            case "buyer":
                known = not slip.buyer.name.strip() or bare(slip.buyer.name) == bare(slip.ship_to.name)
                value = "" if known else honoured(slip.buyer.name, words)
            case _:
                return "", ""
        return words.say(_FACTS[name]), value

    # --- title, addressee, ship number ------------------------------------------------------------------------------

    def _head(self, flow: Flow) -> None:
        if self._look.logo == "head":
            self._put_logo(flow)
        if self._form.stacked:
            self._head_stacked(flow)
        else:
            self._head_beside(flow)
        flow.put(0, lambda at: self._sheet.rule(self._left, at, self._end, 0.6, BRAND))
        flow.y += 4.5 * self._tight

    def _put_logo(self, flow: Flow) -> None:
        form, path = self._form, self._slip.shop.logo
        size = self._sheet.picture_size(path, min(form.logo_width, self._width), form.logo_height)
        if size[1]:
            flow.put(size[1] + 3, lambda top: self._sheet.picture(path, self._left, top, *size))

    def _issued(self) -> str:
        slip, words = self._slip, self._words
        return words.say("paper.slip.issued", day=day(slip.issued_on, words)) if slip.issued_on else ""

    def _to(self, width: float) -> tuple[str, tuple[Style, list[str]], tuple[Style, list[str]]]:
        """The addressee's label, address and name, fitted to *width*."""
        form = self._form
        label, to = self.addressee()
        room = form.body * 4.5
        where = self._kept(label, "\n".join(address_lines(to)), Style(form.body * 1.05), width, room * 0.7)
        name = Style(form.body * 1.55, True, spread=1.35)
        return label, where, self._kept(label, honoured(to.name, self._words), name, width, room * 0.5)

    def _head_beside(self, flow: Flow) -> None:
        """The addressee at the left, the ship number at the right."""
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        left, beside, top = self._left, self._width - form.right - 6, flow.y
        title, mark = self.title(), words.say("paper.copy") if slip.copy_reason else ""
        stamp = min(form.body * 1.25, 12.0)
        mark_room = sheet.width(mark, Style(stamp, True)) + 9 if mark else 0.0
        title_style = sheet.shrunk(title, Style(form.body * 2, True, BRAND), beside - mark_room, 0.1)
        y = top + 7.5
        title_end = left + sheet.width(title, title_style)
        reason_style, reason = self._copy_reason(beside)
        issued = self._issued()
        under = y + 2.2 + len(reason) * reason_style.leading + (self._small.leading if issued else 0)
        to_label = under + 3.5
        to_word, (where_style, where), (who_style, who) = self._to(beside)
        left_end = to_label + 3.6 + len(where) * where_style.leading + 1.2 + len(who) * who_style.leading

        number = str(slip.number)
        huge = sheet.shrunk(number, Style(form.number, True), form.right, 0.3)
        num_y = top + 5.2 + huge.size * 0.272
        bars_top = num_y + 4.5
        right_end = bars_top + form.bars + 4.5
        code = slip.number.coded(slip.version)
        qr_top = right_end + 2.5
        rows, cell = self._qr(code, form.qr) if self._look.code is Code.SHIP_NUMBER else ((), 0.0)
        if rows:
            right_end = qr_top + len(rows) * cell + self._quiet(cell)

        def draw(_: float) -> None:
            sheet.text(left, y, title, title_style)
            if mark:
                sheet.mark(title_end + 4, y - form.body * 0.62, mark, stamp)
            at = sheet.lines(left, y + 2.2, reason, reason_style)
            if issued:
                sheet.lines(left, at, [issued], self._small)
            sheet.text(left, to_label + 2, to_word, self._small)
            at = sheet.lines(left, to_label + 3.6, where, where_style)
            sheet.lines(left, at + 1.2, who, who_style)
            sheet.text(self._end, top + 2.2, words.say("paper.slip.number"), self._small, "right")
            sheet.text(self._end, num_y, number, huge, "right")
            begin, wide = self._bars(self._end - form.right, bars_top, form.right, code)
            self._caption(begin, bars_top + form.bars + 3.4, wide, code)
            if rows:
                self._draw_qr(self._end, qr_top, rows, cell)

        flow.put(max(left_end, right_end) + 2.5 - top, draw)

    def _caption(self, begin: float, y: float, wide: float, code: str) -> None:
        """The code in letters below its bars, and the version."""
        sheet, slip = self._sheet, self._slip
        fine = sheet.shrunk(code, Style(self._form.body * 0.82), wide, 0.4)
        sheet.text(begin, y, code, fine)
        said = self._words.say("paper.slip.version", version=slip.version, batch=slip.number.batch)
        room = wide - sheet.width(code, fine) - 2
        sheet.text(begin + wide, y, said, sheet.shrunk(said, self._small, room, 0.3), "right")

    def _head_stacked(self, flow: Flow) -> None:
        """On narrow paper one below the other: title and ship number, its codes, the addressee."""
        sheet, slip, words, form = self._sheet, self._slip, self._words, self._form
        left, top = self._left, flow.y
        number = str(slip.number)
        huge = sheet.shrunk(number, Style(form.number, True), self._width if self._narrow else self._width * 0.62, 0.3)
        high, wide_number = huge.size * 0.272, sheet.width(number, huge)
        title, mark = self.title(), words.say("paper.copy") if slip.copy_reason else ""
        stamp = min(form.body * 1.1, 11.0)
        mark_room = sheet.width(mark, Style(stamp, True)) + 7 if mark else 0.0
        title_room = (self._width if self._narrow else self._width - wide_number - 4) - mark_room
        title_style = sheet.shrunk(title, Style(form.body * 1.8, True, BRAND), title_room, 0.1)
        title_y = top + form.body * 0.62
        num_y = title_y + (high + 4 if self._narrow else 0)
        num_y = max(num_y, top + high + 0.5)
        said = self._issued()
        reason_style, reason = self._copy_reason(self._width if self._narrow else title_room + mark_room)
        notes = ([(said, self._small)] if said else []) + [(line, reason_style) for line in reason]
        under = num_y if self._narrow else title_y + (1.6 if mark else 0)
        bars_top = max(under + 1.5 + sum(style.leading for _, style in notes), num_y + 1) + 1.5
        code = slip.number.coded(slip.version)
        rows, cell = self._qr(code, form.qr) if self._look.code is Code.SHIP_NUMBER else ((), 0.0)
        qr = len(rows) * cell + self._quiet(cell) if rows else 0.0
        aside = qr and self._width - qr >= 60
        bars_room = self._width - (qr if aside else 0)
        end = bars_top + form.bars + 4.5
        qr_top = max(bars_top, num_y + self._quiet(cell) + 0.5) if aside else end + 1.5
        if rows:
            end = max(end, qr_top + qr)

        def draw(_: float) -> None:
            sheet.text(left, title_y, title, title_style)
            if mark:
                sheet.mark(left + sheet.width(title, title_style) + 3, title_y - form.body * 0.55, mark, stamp)
            sheet.text(left if self._narrow else self._end, num_y, number, huge, "left" if self._narrow else "right")
            at = under + 1.5
            for line, style in notes:
                at = sheet.lines(left, at, [line], style)
            begin, wide = self._bars(left, bars_top, bars_room, code)
            self._caption(begin, bars_top + form.bars + 3.2, wide if aside else bars_room, code)
            if rows:
                self._draw_qr(self._end, qr_top, rows, cell)

        flow.put(end + 0.8 - top, draw)
        begin = flow.y
        right = min(form.right, self._width * 0.45)
        self._put_to(flow, self._width if self._narrow else self._width - right - 4)
        if not self._narrow:
            end, flow.y = flow.y, begin + 0.6
            self._put_shop(flow, self._end - right, right)
            flow.y = max(end, flow.y)
        flow.y += 1.5

    def _put_to(self, flow: Flow, width: float) -> None:
        sheet, left = self._sheet, self._left
        label, (where_style, where), (who_style, who) = self._to(width)

        def draw(top: float) -> None:
            sheet.text(left, top + 2.2, label, self._small)
            at = sheet.lines(left, top + 3.6, where, where_style)
            sheet.lines(left, at + 0.8, who, who_style)

        flow.put(3.6 + len(where) * where_style.leading + 0.8 + len(who) * who_style.leading, draw)

    # --- facts and shop ---------------------------------------------------------------------------------------------

    def _facts(self, flow: Flow) -> None:
        """What is known of the order beside who sends it, or above it where the paper is narrow."""
        form = self._form
        if self._narrow:
            self._put_facts(flow, self._left, self._width, self._look.fields)
            flow.y += 2
            self._put_shop(flow, self._left, self._width)
        elif form.stacked:
            wide = (self._width - 4) / 2
            begin = flow.y
            shown = [each for each in self._look.fields if self.fact(each)[1].strip()]
            half = (len(shown) + 1) // 2
            self._put_facts(flow, self._left, wide, shown[:half])
            end, flow.y = flow.y, begin
            self._put_facts(flow, self._left + wide + 4, wide, shown[half:])
            flow.y = max(flow.y, end)
        else:
            begin = flow.y
            self._put_facts(flow, self._left, self._width - form.right - 6, self._look.fields)
            end, flow.y = flow.y, begin
            self._put_shop(flow, self._end - form.right, form.right)
            flow.y = max(flow.y, end)
        flow.y += 4 * self._tight

    def _put_facts(self, flow: Flow, left: float, width: float, fields: Sequence[str]) -> None:
        sheet, form = self._sheet, self._form
        aside = min(form.label, width * 0.45)
        label = Style(form.body * 0.82, colour=GREY)
        rows: list[tuple[Style, list[str], Style, list[str]]] = []
        for name, value in map(self.fact, fields):
            if value.strip():
                name_style, names = sheet.fitted(name, label, aside - 2, label.leading)
                style = sheet.shrunk(value, Style(form.body * 0.9), width - aside, 0.8)
                style, lines = self._kept(name, value, style, width - aside, form.body * 1.6 * self._tight**2)
                rows.append((name_style, names, style, lines))

        def draw(y: float) -> None:
            for ns, n, vs, v in rows:
                shift = max(0.0, (vs.size - ns.size) * 0.93 / 72 * 25.4)
                sheet.lines(left, y + shift, n, ns)
                sheet.lines(left + aside, y, v, vs)
                y += max(len(n) * ns.leading, len(v) * vs.leading) + 0.7

        flow.put(sum(max(len(n) * ns.leading, len(v) * vs.leading) + 0.7 for ns, n, vs, v in rows), draw)

    def _put_shop(self, flow: Flow, x: float, width: float) -> None:
        sheet, form, say, shop = self._sheet, self._form, self._words.say, self._slip.shop
        logo = (0.0, 0.0)
        if self._look.logo == "shop":
            logo = sheet.picture_size(shop.logo, min(form.logo_width, width), form.logo_height)
        name = shop.name if "name" in self._look.shop else ""
        label = say("paper.slip.shop")
        name_style, names = self._kept(label, name, Style(form.body * 1.15, True), width, form.body * 1.5)
        texts = {
            "address": " ".join(part for part in (postcode(shop.postcode), shop.address) if part.strip()),
            "phone": say("paper.slip.phone", phone=shop.phone) if shop.phone.strip() else "",
            "mail": shop.mail,
            "registration": say("paper.slip.registration", number=shop.registration)
            if shop.registration.strip()
            else "",
        }
        text = "\n".join(texts[each].strip() for each in self._look.shop if texts.get(each, "").strip())
        detail_style, detail = self._kept(label, text, Style(form.body * 0.85), width, form.body * 3.2)
        high = (logo[1] + 2.5 if logo[1] else 0) + len(names) * name_style.leading + 0.8
        high += len(detail) * detail_style.leading

        def draw(y: float) -> None:
            if logo[1]:
                sheet.picture(shop.logo, x, y, *logo)
                y += logo[1] + 2.5
            y = sheet.lines(x, y, names, name_style)
            sheet.lines(x, y + 0.8, detail, detail_style)

        flow.put(high, draw)

    # --- amounts that stand out -------------------------------------------------------------------------------------

    def banner(self, flow: Flow, label: str, amount: str) -> None:
        """An amount in a frame of its own."""
        form = self._form
        high = form.body * 1.4

        def draw(top: float) -> None:
            sheet = self._sheet
            sheet.frame(self._left, top, self._width, high, 0.5)
            base = top + high / 2 + form.body * 2.1 * 0.13
            pad = 2 if self._narrow else 4
            big = sheet.shrunk(amount, Style(form.body * 2.1, True), self._width * 0.6, 0.3)
            room = self._width - 2 * pad - 2 - sheet.width(amount, big)
            sheet.text(self._left + pad, base, label, sheet.shrunk(label, Style(form.body * 1.3, True), room, 0.3))
            sheet.text(self._end - pad, base, amount, big, "right")

        if high + 4.5 > flow.room:
            flow.turn()
        flow.put(high + 4.5 * self._tight, draw)

    def _amount(self, text: str, *, negative: bool = False) -> str:
        return money(text, self._slip.totals.currency, self._words, negative=negative)
