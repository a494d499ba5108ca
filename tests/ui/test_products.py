"""The product master on screen: found, scanned, entered, sold in shops, taken in after a look, written for shops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.listings import ListingDraft
from app.domain.product_doubts import KINDS, Doubt
from app.services import product_edit, product_listings
from app.services.desk import Desk
from app.services.settings import shop_list
from app.ui.dialogs import Confirm
from app.ui.intake.product import ProductDialog as FindProduct
from app.ui.label_dialog import LabelDialog
from app.ui.play import Player
from app.ui.products import screen as module
from app.ui.products.form import ProductForm
from app.ui.products.importing import DiffDialog
from app.ui.products.listings import ListingDialog
from app.ui.products.pairs import PairRows, code_said
from app.ui.products.rows import mend_at
from app.ui.products.screen import ProductsScreen
from app.ui.products.shop_files import ShopFilesDialog
from app.ui.products.unknown import UnknownCode
from app.ui.window import MainWindow
from tests.makers import query
from tests.ui import makers

T = TypeVar("T")
SHOP = "くもの雑貨店"
NEW = "4569951110016"


@pytest.fixture
def screen(player: Player) -> ProductsScreen:
    player.go("products")
    made: ProductsScreen = player.window.screens["products"]
    player.wait(lambda: len(made.model.rows) == len(makers.PRODUCTS) and made.book.all is not None)
    return made


def press(player: Player, key: Qt.Key, target: Any = None) -> None:
    if target is None:
        QTest.keyClick(player.window.windowHandle(), key)
    else:
        QTest.keyClick(target, key)
    player.rest(0.05)


def scan_into(form: ProductForm, text: str) -> None:
    """Send the keys of a scan to the window of a form."""
    target = form.windowHandle()
    for char in text:
        QTest.keyClick(target, char)  # type: ignore[call-overload] # letters are understood, its stub forgets them
    QTest.keyClick(target, Qt.Key.Key_Return)


def dialog(player: Player, kind: type[T]) -> T:
    player.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    made = QApplication.activeModalWidget()
    assert isinstance(made, kind)
    return made


def closed(player: Player) -> None:
    player.wait(lambda: QApplication.activeModalWidget() is None)


def product(desk: Desk, sku: str) -> int:
    return desk.read(product_edit.by_sku, sku).result()


def texts(desk: Desk, sku: str) -> Mapping[str, str]:
    return desk.read(product_edit.read, product(desk, sku)).result().texts


def opened(player: Player, screen: ProductsScreen, desk: Desk, sku: str, field: str = "") -> ProductForm:
    screen.open(product(desk, sku), field)
    form = dialog(player, ProductForm)
    player.wait(lambda: form._number > 0)
    return form


def looked_at(player: Player, form: ProductForm, *fields: str) -> None:
    """Wait until just these fields are wrong."""
    player.wait(lambda: {each.field for each in form.wrongs} == set(fields))


def skus(screen: ProductsScreen) -> list[str]:
    return [row.board.line.sku for row in screen.models["products"].rows]


def listed(screen: ProductsScreen, wanted: list[str]) -> bool:
    return skus(screen) == wanted


def shop(desk: Desk) -> int:
    return next(each.id for each in desk.read(shop_list).result() if each.name == SHOP)


# --- the list -----------------------------------------------------------------------------------------------------


def test_products_are_listed_and_found_by_what_is_typed(player: Player, screen: ProductsScreen, desk: Desk) -> None:
    assert skus(screen) == sorted(row[0] for row in makers.PRODUCTS)
    press(player, Qt.Key.Key_W)  # a letter in the list looks for it
    player.wait(lambda: screen.search.text() == "w" and screen.search.typing_now)
    for text, found in (("湯のみ", ["CUP-BLU"]), (makers.TEA_BIG, ["TEA-100"]), ("no such", [])):
        screen.search.setText(text)
        player.wait(partial(listed, screen, found))
    assert screen.empty.isVisibleTo(screen)
    screen.search.setText("TEA-")
    player.wait(lambda: len(skus(screen)) == 2)
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    player.wait(lambda: "TEA-050" in screen.panel.toolTip())
    assert makers.TEA in screen.panel.toolTip()


def test_further_pages_come_when_they_are_scrolled_to(
    player: Player, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAGE", 3)
    player.go("products")
    made: ProductsScreen = player.window.screens["products"]
    player.wait(lambda: len(made.model.rows) >= 3)
    made.grid.scrollToBottom()
    player.wait(lambda: skus(made) == sorted(row[0] for row in makers.PRODUCTS))


def test_a_scan_of_goods_shows_its_product_and_another_code_goes_to_the_bench(
    player: Player, screen: ProductsScreen
) -> None:
    player.burst(f"1{makers.BOX[:-1]}1")  # the code of its case
    player.wait(lambda: skus(screen) == ["COF-DRP"] and "COF-DRP" in screen.panel.toolTip())
    assert player.window.stack.currentWidget() is screen
    player.burst("KS-A-01-01")
    player.wait(lambda: player.window.stack.currentWidget() is player.window.pack)


def test_what_is_doubtful_is_listed_and_its_button_opens_the_field(
    player: Player, screen: ProductsScreen, desk: Desk
) -> None:
    form = opened(player, screen, desk, "TEA-050")
    form.pages["packed"].editors["weight_g"].setText("62")  # type: ignore[union-attr]
    form.change("weight_g", "62")
    press(player, Qt.Key.Key_F8, form)
    closed(player)
    assert screen.chips()[0][1][1].startswith("要確認")
    screen.chip_tapped(0, "doubts")
    screen.chip_tapped(1, "no_weight")
    player.wait(lambda: screen.showing == "doubts" and len(screen.model.rows) == len(makers.PRODUCTS) - 1)
    row = screen.model.rows[0]
    assert row.doubt.sku == "COF-DRP"
    screen.grid.pressed_in(row, "mend")
    form = dialog(player, ProductForm)
    assert form.views.value == "packed"
    weight = form.pages["packed"].editors["weight_g"]
    player.wait(weight.hasFocus)
    QTest.keyClicks(weight, "480")
    looked_at(player, form)
    press(player, Qt.Key.Key_F8, form)
    player.wait(lambda: "COF-DRP" not in [each.doubt.sku for each in screen.model.rows])
    assert texts(desk, "COF-DRP")["weight_g"] == "480"


def test_filters_show_what_lacks_something_and_what_is_retired(
    player: Player, screen: ProductsScreen, desk: Desk
) -> None:
    desk.do(product_edit.TOPICS, product_edit.retire, "3", "a-1", product(desk, "WHI-080"), anyway=True).result()
    player.wait(lambda: screen.figures.retired == 1)
    screen.chip_tapped(0, "retired")
    player.wait(lambda: skus(screen) == ["WHI-080"])
    assert ("廃番", "warning") in screen.model.cell(0, 1).pills
    screen.chip_tapped(0, "weight")
    player.wait(lambda: skus(screen) == ["COF-DRP", "CUP-BLU", "TEA-050", "TEA-100"])


# --- the form -----------------------------------------------------------------------------------------------------


def test_a_new_product_is_entered_by_keys_and_its_code_by_a_scan(
    player: Player, screen: ProductsScreen, desk: Desk
) -> None:
    press(player, Qt.Key.Key_F5)
    form = dialog(player, ProductForm)
    looked_at(player, form, "sku")
    assert not form.save_button.isEnabled()
    basic = form.pages["basic"].editors
    player.wait(basic["sku"].hasFocus)
    QTest.keyClicks(basic["sku"], "NEW-1")
    QTest.keyClick(basic["sku"], Qt.Key.Key_Tab)
    basic["name"].setText("新しい玉露")  # type: ignore[union-attr]
    scan_into(form, NEW)
    codes = form.pages["codes"].editors["code"]
    assert isinstance(codes, PairRows)
    player.wait(lambda: codes.text == NEW)
    assert form.views.value == "codes"
    scan_into(form, NEW)
    scan_into(form, "KS-A-01-01")
    player.wait(lambda: "KS-A-01-01" in form.said.text())
    assert codes.text == NEW
    looked_at(player, form)
    press(player, Qt.Key.Key_F8, form)
    player.wait(lambda: "NEW-1" in skus(screen))
    player.wait(lambda: "NEW-1" in screen.panel.toolTip())
    assert texts(desk, "NEW-1")["code"] == NEW
    assert texts(desk, "NEW-1")["name"] == "新しい玉露"


def test_everything_wrong_is_said_at_its_field_at_once(player: Player, screen: ProductsScreen, desk: Desk) -> None:
    screen.act("product_new")
    form = dialog(player, ProductForm)
    given = {
        "on_sale_from": "2026/13/45",
        "weight_g": "12kgg",
        "parts": "NO-SUCH",
        "code": f"{makers.TEA};4599990001014",
    }
    for name, text in given.items():
        form.change(name, text)
    looked_at(player, form, "sku", "on_sale_from", "weight_g", "parts", "code")
    said = form.pages["codes"]._said["code"].text()
    assert "4599990001014" in said
    assert "TEA-050" in said
    marked = {name for name, words in form.views.choices if words.startswith("×")}
    assert marked == {"basic", "codes", "packed"}
    form.save()
    assert form.isVisible()
    form.facts.tapped.emit("weight_g")
    assert form.views.value == "packed"
    press(player, Qt.Key.Key_Escape, form)
    ask = dialog(player, Confirm)
    ask.yes_button.click()
    closed(player)
    assert query(desk.database, "SELECT count(*) FROM products") == [(len(makers.PRODUCTS),)]


def test_the_check_digit_is_told_while_a_code_is_typed() -> None:
    code = makers.TEA
    assert code_said("") == ("", "", {})
    assert code_said(code[:5])[2] == {"length": "5"}
    assert code_said(code[:12])[1:] == ("window.products.said.next", {"digit": code[12], "length": "13"})
    assert code_said(code)[0] == "ok"
    wrong = code[:12] + str((int(code[12]) + 1) % 10)
    assert code_said(wrong) == ("error", "window.products.said.bad", {"digit": code[12]})
    case = f"1{makers.BOX[:-1]}1"
    assert code_said(case)[0] == "warning"
    assert code_said(case, "12") == ("ok", "window.products.said.case_of", {"pieces": "12"})
    assert code_said("AB-1")[1] == "window.products.said.text"
    assert code_said("1920399012002")[0] == "error"  # the lower code of a book


def test_a_form_left_as_it_is_changes_nothing_and_what_is_changed_is_all_that_is_kept(
    player: Player, screen: ProductsScreen, desk: Desk
) -> None:
    before = query(desk.database, "SELECT max(id) FROM journal")
    for sku in ("COF-DRP", "TEA-050"):
        form = opened(player, screen, desk, sku)
        assert form.changes == {}
        press(player, Qt.Key.Key_F8, form)
        closed(player)
    assert query(desk.database, "SELECT max(id) FROM journal") == before
    form = opened(player, screen, desk, "CUP-BLU")
    codes = form.pages["codes"].editors["code"]
    assert isinstance(codes, PairRows)
    codes.fields[-1][0].setText("14599990004011")
    codes.fields[1][1].setText("6")
    player.wait(lambda: codes.text == f"{makers.CUP};14599990004011=6" and not form.wrongs)
    assert set(form.changes) == {"code"}
    form.save()
    closed(player)
    assert texts(desk, "CUP-BLU")["code"] == f"{makers.CUP};14599990004011=6"
    form = opened(player, screen, desk, "CUP-BLU")
    press(player, Qt.Key.Key_F6, form)
    player.wait(lambda: len(form.history.grid.model_.rows) == 2)
    assert form.history.grid.model_.cell(0, 2).text == "変更（バーコード）"
    assert "products.csv" in form.history.grid.model_.cell(1, 2).text
    form.reject()


def test_a_picture_is_chosen_or_taken_and_kept_with_the_product_only(
    player: Player, screen: ProductsScreen, desk: Desk, tmp_path: Path
) -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#C58B4B"))
    kept = Path(player.window.station.config.folder) / "pictures"
    form = opened(player, screen, desk, "CUP-BLU")
    form.picture.shoot()
    assert "カメラ" in form.said.text()  # there is none
    player.window.readers.picture = lambda: image  # type: ignore[method-assign]
    form.picture.shoot()
    form._leave()
    closed(player)
    assert not kept.exists()
    form = opened(player, screen, desk, "CUP-BLU")
    form.picture.shoot()
    player.wait(form.save_button.isEnabled)
    form.save()
    closed(player)
    player.wait(lambda: texts(desk, "CUP-BLU")["picture"] != "")
    path = Path(texts(desk, "CUP-BLU")["picture"])
    assert path.parent == kept.absolute()
    assert QImage(str(path)).width() == 640
    other = tmp_path / "cup.png"
    image.save(str(other))
    form = opened(player, screen, desk, "CUP-BLU")
    form.picture.take(str(other))
    form.save()
    closed(player)
    player.wait(lambda: texts(desk, "CUP-BLU")["picture"] == str(other))


def test_a_product_is_copied_retired_labelled_and_deleted(
    player: Player, screen: ProductsScreen, desk: Desk, add_orders: Callable[..., None]
) -> None:
    add_orders(makers.order("1001", ("CUP-BLU", 1)))
    form = opened(player, screen, desk, "CUP-BLU")
    form.change("price", "880")
    form.copy()
    player.wait(lambda: QApplication.activeModalWidget() not in (form, None))
    copy = dialog(player, ProductForm)
    assert (copy.product, copy.texts["name"], copy.texts["price"], copy.texts["code"]) == (
        0,
        "湯のみ なみ紋 青",
        "880",
        "",
    )
    copy.pages["basic"].editors["sku"].setText("CUP-GRN")  # type: ignore[union-attr]
    looked_at(player, copy)
    copy.save()
    player.wait(lambda: "CUP-GRN" in skus(screen))
    closed(player)
    form = opened(player, screen, desk, "CUP-BLU")
    form.known.delete()
    dialog(player, Confirm).yes_button.click()
    player.wait(lambda: "CUP-BLU" in form.said.text())  # it was ordered
    form.known.retire()
    ask = dialog(player, Confirm)
    ask.yes_button.click()
    closed(player)
    player.wait(lambda: texts(desk, "CUP-BLU")["retired"] == "yes")
    form = opened(player, screen, desk, "CUP-GRN")
    form.labels_button.click()
    labels = dialog(player, LabelDialog)
    assert (labels.kind.value, labels.codes.text()) == ("product", "CUP-GRN")
    labels.reject()
    closed(player)
    form = opened(player, screen, desk, "CUP-GRN")
    form.known.delete()
    dialog(player, Confirm).yes_button.click()
    player.wait(lambda: "CUP-GRN" not in skus(screen))


# --- unknown codes ------------------------------------------------------------------------------------------------


def test_an_unknown_code_becomes_that_of_a_new_product(player: Player, screen: ProductsScreen, desk: Desk) -> None:
    player.burst(NEW)
    ask = dialog(player, UnknownCode)
    QTest.keyClick(ask.new_button, Qt.Key.Key_Space)
    form = dialog(player, ProductForm)
    assert form.texts["code"] == NEW
    form.pages["basic"].editors["sku"].setText("NEW-2")  # type: ignore[union-attr]
    looked_at(player, form)
    form.save()
    closed(player)
    player.wait(lambda: "NEW-2" in skus(screen))
    player.burst(NEW)
    player.wait(lambda: skus(screen) == ["NEW-2"])


def test_an_unknown_code_is_taught_to_a_product_after_a_look(
    player: Player, screen: ProductsScreen, desk: Desk
) -> None:
    player.burst(NEW)
    dialog(player, UnknownCode).teach_button.click()
    find = dialog(player, FindProduct)
    find.search.setText("茶せん")
    player.wait(lambda: len(find.grid.model_.rows) == 1)
    QTest.keyClick(find.search, Qt.Key.Key_Return)
    form = dialog(player, ProductForm)
    assert form.texts["code"] == f"{makers.WHISK};{NEW}"
    assert texts(desk, "WHI-080")["code"] == makers.WHISK
    player.wait(form.save_button.isEnabled)
    press(player, Qt.Key.Key_F8, form)
    closed(player)
    assert texts(desk, "WHI-080")["code"] == f"{makers.WHISK};{NEW}"


# --- shops --------------------------------------------------------------------------------------------------------


@pytest.fixture
def sold(screen: ProductsScreen, desk: Desk, add_orders: Callable[..., None]) -> int:
    """A shop, with one product listed."""
    add_orders(makers.order("1001", ("CUP-BLU", 1)))
    product_listings.put_and_follow(desk, product(desk, "TEA-050"), shop(desk), ListingDraft("matcha-50", price="1080"))
    return shop(desk)


def test_a_listing_is_entered_moved_and_taken_away(
    player: Player, screen: ProductsScreen, desk: Desk, sold: int
) -> None:
    form = opened(player, screen, desk, "TEA-100", "listings")
    form.listings.add()
    made = dialog(player, ListingDialog)
    for name, text in (("code", "matcha-50"), ("price", "abc"), ("kept_back", "3")):
        made.fields[name].setText(text)
    player.wait(lambda: {each.key for each in made.wrongs} == {"listing.code_taken", "listing.bad_price"})
    assert not made.save_button.isEnabled()
    made.fields["price"].setText("1,980円")
    player.wait(lambda: made.move_button.isVisible() and len(made.wrongs) == 1)
    made.move_button.click()
    press(player, Qt.Key.Key_F8, made)
    player.wait(lambda: len(form.listings.grid.model_.rows) == 1)
    (listing,) = form.listings.grid.model_.rows
    assert (listing.code, listing.draft.price, listing.draft.kept_back, listing.sku) == (
        "matcha-50",
        "1980",
        3,
        "TEA-100",
    )
    assert desk.read(product_listings.listings_of, product(desk, "TEA-050")).result() == []
    form.listings.grid.setFocus()
    press(player, Qt.Key.Key_Delete, form.listings.grid)
    dialog(player, Confirm).yes_button.click()
    player.wait(lambda: form.listings.grid.model_.rows == [])
    form.reject()
    closed(player)


def test_a_shops_file_is_written_and_its_errors_are_read(
    player: Player, screen: ProductsScreen, desk: Desk, sold: int, tmp_path: Path
) -> None:
    press(player, Qt.Key.Key_F8)
    made = dialog(player, ShopFilesDialog)
    player.wait(lambda: bool(made.shop.value and made.mapping.value))
    made.save_example()
    player.wait(lambda: (made.folder / "example_products.toml").is_file() and made.said.isVisible())
    own = tmp_path / "own_shop.toml"
    own.write_text((made.folder / "example_products.toml").read_text(encoding="utf-8"), encoding="utf-8")
    made.add_mapping(own)
    player.wait(lambda: made.mapping.value == "own_shop" and "own_shop" in dict(made.mapping.choices))
    press(player, Qt.Key.Key_F8, made)
    player.wait(lambda: len(made.files.model_.rows) == 1)
    (path,) = made.folder.glob("*.csv")
    assert "matcha-50,TEA-050" in path.read_text(encoding="utf-8-sig")
    errors = tmp_path / "errors.csv"
    errors.write_text("出品コード,エラー,理由\nmatcha-50,E1,価格がありません\nxxx,E2,ない\n", encoding="utf-8")
    made.read_errors(errors)
    player.wait(lambda: len(made.results.model_.rows) == 2)
    assert "価格がありません" in made.results.model_.cell(0, 2).text
    player.wait(lambda: made.files.model_.rows[0].errors == 1)
    made.read_errors(tmp_path / "no.csv")
    player.wait(lambda: "no.csv" in made.said.text())
    made.reject()
    screen.grid.clearSelection()
    screen._choose(product(desk, "TEA-050"))
    player.wait(lambda: "価格がありません" in screen.panel.toolTip())


def test_what_is_doubtful_about_a_listing_is_mended_there() -> None:
    assert mend_at(Doubt(1, "A", "price_far", "price")) == "listings"
    assert mend_at(Doubt(1, "A", "no_weight", "weight_g")) == "weight_g"
    assert {each for each in KINDS if mend_at(Doubt(1, "A", each, "sku")) == "listings"} == {
        "retired_listed", "listing_is_sku", "price_far",
    }  # fmt: skip


# --- files --------------------------------------------------------------------------------------------------------


def a_list(folder: Path, text: str, name: str = "商品.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


LIST = f"""sku,name,code,weight_g,shelf
TEA-050,有機抹茶パウダー 50g 新,{makers.TEA},65,A-09-09
CUP-BLU,,,,
NEW-1,新しい玉露,{NEW},120,C-01-01
NEW-2,玉露 100,4569951110017,12kgg,C-01-02
,名無し,,,
"""


def test_a_dropped_file_is_compared_first_and_taken_in_as_it_was_shown(
    player: Player, screen: ProductsScreen, desk: Desk, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(a_list(tmp_path, LIST)))])
    at, left, none = QPoint(50, 50), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, none)
    screen.dragEnterEvent(enter)
    assert enter.isAccepted()
    screen.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, left, none))
    made = dialog(player, DiffDialog)
    player.wait(lambda: made.found is not None)
    assert made.cards.counts == {"new": 2, "changed": 2, "same": 0, "problem": 3}
    assert texts(desk, "TEA-050")["name"] == "有機抹茶パウダー 50g"
    made.show_only("changed")
    shown = [(row.field, row.was, row.will_be) for row in made.rows]
    assert ("name", "有機抹茶パウダー 50g", "有機抹茶パウダー 50g 新") in shown
    assert ("weight_g", "", "65") in shown
    assert ("code", makers.CUP, "") in shown
    made.show_only("problem")
    assert {row.problem.row for row in made.rows if row.problem} == {5, 6}
    press(player, Qt.Key.Key_F8, made)
    closed(player)
    player.wait(lambda: {"NEW-1", "NEW-2"} <= set(skus(screen)))
    assert texts(desk, "TEA-050")["weight_g"] == "65"


def test_what_changed_after_the_look_is_not_taken_in_and_looked_at_again(
    player: Player, screen: ProductsScreen, desk: Desk, tmp_path: Path
) -> None:
    screen.look_at([a_list(tmp_path, LIST)])
    made = dialog(player, DiffDialog)
    player.wait(lambda: made.found is not None)
    product_edit.edit(desk, {"name": "だれかが直した"}, product(desk, "TEA-050"))
    made.take()
    player.wait(lambda: "TEA-050" in made.said.text() and made.found is not None)
    assert texts(desk, "TEA-050")["name"] == "だれかが直した"
    made.show_only("changed")
    assert "だれかが直した" in {row.was for row in made.rows}
    assert made.take_button.isEnabled()
    made.reject()


def test_a_file_of_unknown_columns_says_what_to_do_and_a_mapping_reads_it(
    player: Player, screen: ProductsScreen, desk: Desk, tmp_path: Path, sold: int
) -> None:
    from app.services import shop_files

    own = shop_files.save_example(tmp_path).rename(tmp_path / "mine.toml")
    path = a_list(tmp_path, "出品コード,SKU,商品名,価格,取り置き数,公開\nm-1,NEW-9,新商品,1200,0,はい\n")
    header_only = a_list(tmp_path, "番号,名\n1,2\n", "unknown.csv")
    screen.look_at([header_only])
    made = dialog(player, DiffDialog)
    player.wait(lambda: made.found is not None)
    assert "マッピング" in made.said.text()
    assert not made.take_button.isEnabled()
    made.reject()
    closed(player)
    screen.look_at([path])
    made = dialog(player, DiffDialog)
    wrong = a_list(tmp_path, 'kind = "goods"\n', "wrong.toml")
    made.add_mapping(wrong)
    player.wait(lambda: "wrong" in made.said.text())
    player.wait(lambda: made.found is not None)
    made.add_mapping(own)
    player.wait(lambda: "mine" in dict(made.mapping.choices) and made.mapping.value == "mine")
    player.wait(lambda: made.found is not None and made.found.names is not None)
    assert [each.given.sku for each in made.found.products if made.found] == ["NEW-9"]  # type: ignore[union-attr]
    made.reject()


# --- how it looks -------------------------------------------------------------------------------------------------


def test_without_products_the_screen_says_how_to_begin(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    desk = makers.open_desk(folder)
    window.attach(desk)
    player = Player(window)
    player.wait(lambda: window.pack.view.answer is not None)
    player.go("products")
    made: ProductsScreen = window.screens["products"]
    player.wait(lambda: "CSV" in made.panel.toolTip())
    assert made.empty.isVisibleTo(made)
    assert "F5" in made.empty.text()
    window.close()
    desk.stop()


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.long)])
def test_nothing_is_cut_on_a_small_window_but_names(
    player: Player, screen: ProductsScreen, desk: Desk, language: str, cut: list[str]
) -> None:
    window = player.window
    window.resize(1280, 720)
    window.speak(language)
    player.rest(0.1)
    cut.clear()
    window.grab()
    screen.chip_tapped(0, "doubts")
    player.wait(lambda: screen.showing == "doubts" and bool(screen.model.rows))
    window.grab()
    form = opened(player, screen, desk, "COF-DRP")
    for view in form.pages:
        form.show_view(view)
        player.rest(0.05)
        form.grab()
    form.reject()
    assert not cut
