"""Drafts of mappings: what goes to TOML comes back, and guesses from the columns that shops really write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels._draft import Draft, DraftRule, draft_of, draft_text
from app.channels._guess import guess_draft, name_of_file
from app.channels._mapping import CONDITIONS, FIELDS, mapping_from
from app.channels._source import open_source
from app.errors import SettingsWrong
from tests.channels.reading import ROOT, shared

SHIPPED = sorted((ROOT / "resources" / "mappings").glob("*.toml"))
NAMES = [f"{section}.{name}" for section, names in FIELDS.items() for name in names]

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8)
columns = st.lists(texts | st.integers(1, 99), min_size=1, max_size=3).map(tuple)
rules = st.builds(
    DraftRule,
    column=texts | st.integers(1, 99),
    values=st.lists(texts, min_size=1, max_size=3).map(tuple),
    test=st.sampled_from(["one_of", "none_of", "starts_with"]),
)
drafts = st.builds(
    Draft,
    name=texts,
    title=st.dictionaries(st.sampled_from(["ja", "en"]), texts),
    fields=st.dictionaries(st.sampled_from(NAMES), columns, max_size=6),
    fixed=st.just({}),
    whole=st.just(frozenset()),
    recognise=st.lists(texts, max_size=3).map(tuple),
    sheet=st.just("") | texts,
    encoding=st.sampled_from(["", "cp932"]),
    delimiter=st.sampled_from(["", "\t"]),
    header_row=st.integers(0, 9),
    quotes=st.booleans(),
    formats=st.lists(texts, max_size=2).map(tuple),
    rules=st.dictionaries(st.sampled_from(CONDITIONS), st.lists(rules, min_size=1, max_size=2).map(tuple), max_size=3),
    non_goods=st.lists(texts, max_size=2).map(tuple),
    sku_case=st.sampled_from(["keep", "upper"]),
)


@given(draft=drafts)
def test_what_a_draft_says_comes_back_from_its_text(draft: Draft) -> None:
    assert draft_of(draft_text(draft)) == draft


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_mapping_means_the_same_after_it_was_a_draft(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    draft = draft_of(text, path.stem)
    assert mapping_from(draft_text(draft), path.stem) == mapping_from(text, path.stem)
    assert draft_of(draft_text(draft), path.stem) == draft


def test_joins_fixed_texts_and_reports_are_kept() -> None:
    text = """
    [order]
    number = { column = "no", whole = true }
    note = { columns = ["a", "b"], join = "/" }
    [line]
    sku = 3
    quantity = { value = "1" }
    [rules]
    cancelled = [{ column = "state", equals = "x" }, { column = 4, none_of = ["y", "z"] }]
    [rules.sku]
    strip_prefix = "A-"
    [report]
    columns = [{ name = "注文番号", value = "order_number" }, { name = "状態", text = "済" }]
    carriers = { yamato_b2 = "1001", "yamato_b2/nekopos" = "1002" }
    [report_errors]
    number = "注文番号"
    reason = ["内容", 2]
    """
    draft = draft_of(text, "mine")
    assert mapping_from(draft_text(draft), "mine") == mapping_from(text, "mine")
    assert draft_of(draft_text(draft)) == draft
    assert draft.report["carriers"] == {"yamato_b2": "1001", "yamato_b2/nekopos": "1002"}


def test_what_is_wrong_in_a_text_is_left_out_and_no_toml_is_said() -> None:
    draft = draft_of('[order]\nnumber = true\nshoe = "x"\n[line]\nsku = "code"\n[rules]\ngift = 3\n')
    assert draft == Draft(fields={"line.sku": ("code",)})
    with pytest.raises(SettingsWrong, match=r"mapping\.not_toml"):
        draft_of("[order\n")


# --- guesses ------------------------------------------------------------------------------------------------------

_EXPECTED = {
    "rakuten_rms_order_158.csv": {
        "order.number": ("注文番号",),
        "line.sku": ("システム連携用SKU番号",),
        "line.quantity": ("個数",),
        "line.price": ("単価",),
        "buyer.postcode": ("注文者郵便番号1", "注文者郵便番号2"),
        "ship_to.name": ("送付先姓", "送付先名"),
        "ship_to.phone": ("送付先電話番号1", "送付先電話番号2", "送付先電話番号3"),
        "ship_to.street": ("送付先住所それ以降の住所",),
        "order.wish": ("お届け日指定", "お届け時間帯"),
        "order.ship_to_key": ("送付先ID",),
        "totals.total": ("請求金額",),
    },
    "eccube4_order.csv": {
        "order.number": ("注文番号",),
        "buyer.name": ("お名前(姓)", "お名前(名)"),
        "buyer.prefecture": ("都道府県(名称)",),
        "ship_to.street": ("配送先_住所1", "配送先_住所2"),
        "order.payment": ("支払方法(名称)",),
        "order.wish": ("お届け希望日", "お届け時間(名称)"),
        "line.options": ("規格分類名1", "規格分類名2"),
    },
    "base_orders_38_newer.csv": {
        "order.number": ("注文ID",),
        "ship_to.name": ("氏(配送先)", "名(配送先)"),
        "buyer.phone": ("電話番号(請求先)",),
        "order.email": ("メールアドレス(請求先)",),
        "line.sku": ("商品コード",),
    },
    "amazon_jp_unshipped.tsv": {
        "order.number": ("order-id",),
        "line.quantity": ("quantity-to-ship",),
        "ship_to.street": ("ship-address-1", "ship-address-2", "ship-address-3"),
        "order.cut_off": ("promise-date",),
        "order.cod_amount": ("cod-collectible-amount",),
    },
}


@pytest.mark.parametrize("name", _EXPECTED)
def test_the_columns_of_real_shops_are_guessed(name: str) -> None:
    source = open_source(shared("formats", "headers", name))
    draft = guess_draft(source.name, source.header, [])
    assert {field: draft.fields.get(field) for field in _EXPECTED[name]} == _EXPECTED[name]
    assert mapping_from(draft_text(draft), "x").recognise == draft.recognise
    used = [column for field, each in draft.fields.items() if field != "order.cod_amount" for column in each]
    assert len(used) == len(set(used))
    assert draft.joins.keys() <= {"buyer.postcode", "ship_to.postcode", "buyer.phone", "ship_to.phone"}


def test_forms_of_times_and_numbers_are_seen_in_the_rows() -> None:
    header = ("注文番号", "注文日", "品番", "数")
    rows = [("17850.0", "12/31/2026 9:05", "A", "1"), ("17851.0", "1/2/2027 10:00", "A", "1")]
    draft = guess_draft("自社 受注_20261130-2.csv", header, rows)
    assert (draft.formats, draft.whole, draft.name) == (
        ("%m/%d/%Y %H:%M",),
        frozenset({"order.number"}),
        "自社_受注",
    )
    assert guess_draft("x.csv", header, [("1", "2026/12/31", "A", "1")]).formats == ()
    assert guess_draft("x.csv", (), [("1", "2")], header_row=0) == Draft(
        name="x", title={"ja": "x", "en": "x"}, header_row=0
    )


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("orders.csv", "orders"),
        ("20261130.csv", "orders"),
        (".csv", "csv"),
        ("a b/c.xlsx", "a_b_c"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_file_gives_its_mapping_a_name(file: str, name: str) -> None:
    assert name_of_file(file) == name


def test_a_column_that_is_called_the_buyer_has_the_buyers_name() -> None:
    header = ("注文番号", "注文日", "注文者", "注文者(振り仮名)", "商品コード", "数量")
    assert guess_draft("makeshop.csv", header, []).fields["buyer.name"] == ("注文者",)
