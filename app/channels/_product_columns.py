"""The columns of a product file, as data: the reader finds them by this table and the README is checked against it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LISTING_COLUMNS", "PRODUCT_COLUMNS", "ProductColumn"]

LISTING_COLUMNS = ("code", "listing", "商品コード", "出品コード", "出品")
"""What may stand before ``@`` and a shop's name in the column of that shop's own codes: ``code@My shop``. Several codes
are parted by ``;``, ``none`` takes all away, an empty cell leaves what is stored."""


@dataclass(frozen=True, slots=True)
class ProductColumn:
    """One column that a product file may have."""

    field: str
    """Its documented name."""
    aliases: tuple[str, ...]
    """Other names it is found by; width, case and spaces never matter."""
    ja: str
    """What stands in it, in Japanese."""
    en: str
    """What stands in it, in English."""
    repeated: bool = False
    """Whether ``code2``, ``code3`` … may follow."""


PRODUCT_COLUMNS = (
    ProductColumn(
        "sku",
        ("商品コード", "SKU", "品番", "商品番号", "商品管理番号", "product_code", "ProductCode", "item_code"),
        "商品コード（必須）。注文の商品コードと同じ文字",
        "Product code (required), the same text as in the orders",
    ),
    ProductColumn("name", ("商品名", "品名", "名称", "product_name"), "商品名", "Name, in Japanese or the only one"),
    ProductColumn("name_en", ("商品名英語", "商品名(英語)", "英語名", "name (en)"), "英語の商品名", "Name in English"),
    ProductColumn(
        "code",
        ("codes", "JAN", "JANコード", "JAN/GTIN", "GTIN", "EAN", "UPC", "バーコード", "barcode"),
        "バーコード。いくつもあるときは ; で区切る。外箱は 14901234567891=6 のように入数をつける",
        "Bar code; several are parted by ; and a case code names its pieces, as in 14901234567891=6",
        repeated=True,
    ),
    ProductColumn(
        "quantity",
        ("入数", "pack_size"),
        "入数の書いていないバーコードひとつが表す個数（ふつうは 1）",
        "Pieces that a code without its own =n stands for (usually 1)",
    ),
    ProductColumn("weight_g", ("重さ", "重量", "重さ(g)", "重量(g)", "weight"), "重さ(g)", "Weight in grams"),
    ProductColumn("length_mm", ("縦", "奥行", "縦(mm)", "長さ", "length"), "縦(mm)", "Length in millimetres"),
    ProductColumn("width_mm", ("横", "幅", "横(mm)", "width"), "横(mm)", "Width in millimetres"),
    ProductColumn("height_mm", ("高さ", "高さ(mm)", "height"), "高さ(mm)", "Height in millimetres"),
    ProductColumn(
        "picture",
        ("画像", "写真", "image"),
        "写真のファイル（このファイルから見た場所）",
        "Picture file, relative to this file",
    ),
    ProductColumn("shelf", ("棚", "棚番", "棚番号", "ロケーション", "location"), "棚の番号", "Shelf"),
    ProductColumn(
        "lot_policy",
        ("ロット管理", "期限管理", "lot"),
        "なし・ロット・期限・ロット期限・シリアル のどれか",
        "One of none, lot, expiry, lot_expiry, serial",
    ),
    ProductColumn(
        "stock",
        ("在庫", "在庫数", "opening_stock"),
        "はじめの在庫数（まだ在庫の動きがない商品だけに使う）",
        "Opening stock, booked only for a product that never had stock moves",
    ),
    ProductColumn("stock_lot", ("在庫ロット", "ロット番号"), "はじめの在庫のロット", "Lot of the opening stock"),
    ProductColumn(
        "stock_expiry",
        ("在庫期限", "在庫の期限", "賞味期限日"),
        "はじめの在庫の期限（2027-03-31 か 2027/3）",
        "Expiry of the opening stock (2027-03-31 or 2027/3)",
    ),
    ProductColumn(
        "lot_from",
        ("ロットの読み方", "ロット入力"),
        "自動（棚にロットがひとつならそれを使い、ほかは聞く）か スキャン（いつも聞く）",
        "auto (a shelf with one lot gives it, else it is asked for) or scan (always asked for)",
    ),
    ProductColumn(
        "min_days",
        ("出荷期限日数", "残り日数", "出荷可能日数"),
        "出荷のときに残っているべき期限の日数。空欄は店の設定のとおり、なし で消す",
        "Days that it must keep when it is packed; empty leaves it, none means as the shop decides",
    ),
    ProductColumn(
        "keyed",
        ("数の入力", "数量入力"),
        "数を入力してよい商品か（はい・いいえ）",
        "Whether its number of pieces may be typed (yes, no)",
    ),
    ProductColumn(
        "no_code",
        ("コードなし", "バーコードなし"),
        "読めるコードがない商品か（はい・いいえ）",
        "Whether nothing that can be scanned is printed on it (yes, no)",
    ),
    ProductColumn(
        "unit_scan",
        ("ひとつずつ", "単品スキャン"),
        "外箱や数の入力をやめ、ひとつずつスキャンする商品か（はい・いいえ）",
        "Whether each piece must be scanned, no cases and no typed numbers (yes, no)",
    ),
    ProductColumn(
        "parts",
        ("セット内容", "セット構成", "構成品", "set_contents"),
        "セットの中身の商品コード。; で区切り、2個以上は TEA-1=2;CUP のように数をつける。空欄はセットではない",
        "SKUs in a set, parted by ; with their pieces where more than one, as in TEA-1=2;CUP; empty: it is no set",
    ),
    ProductColumn(
        "option_texts",
        ("選択肢", "選択肢の文字", "オプション文字", "option_text"),
        "店舗の商品コードと選択肢の文字で注文される商品。T-SHIRT:サイズ:M のように書き、いくつもあるときは ; で区切る",
        "Orders by a shop's code and option text that mean this product, as in T-SHIRT:Size:M; several are parted by ;",
    ),
    ProductColumn(
        "temperature",
        ("温度帯", "温度", "保管温度", "temperature_zone"),
        "常温・冷蔵・冷凍 のどれか",
        "One of ambient, chilled, frozen",
    ),
    ProductColumn(
        "on_sale_from",
        ("発売日", "発売開始日", "release_date"),
        "発売日（2026-07-14 か 2026/7/14）。それまでの注文は予約として保留にする。なし で消す",
        "First day of sale (2026-07-14 or 2026/7/14); orders before it are held as pre-orders; none takes it away",
    ),
    ProductColumn(
        "fragile",
        ("割れ物", "われもの", "壊れ物", "ワレモノ"),
        "割れ物か（はい・いいえ）。最後に入れ、上に重い物をのせない",
        "Whether it breaks (yes, no): it goes in last, and nothing heavy lies on it",
    ),
    ProductColumn(
        "orientation",
        ("向き", "置き方", "天地"),
        "箱の中の向き。自由・立てる・寝かせる のどれか",
        "How it may lie in a carton: any, upright or lying",
    ),
    ProductColumn(
        "liquid",
        ("液体", "液体物"),
        "液体か（はい・いいえ）。いつも立てて入れる",
        "Whether it is a liquid (yes, no): it always stands",
    ),
    ProductColumn(
        "dangerous",
        ("危険物", "同梱不可", "hazardous"),
        "ほかの商品と同じ箱に入れられない危険物か（はい・いいえ）",
        "Whether it is dangerous and shares its parcel with no other product (yes, no)",
    ),
    ProductColumn(
        "pressed_mm",
        ("つぶした厚さ", "圧縮厚", "圧縮時の厚さ", "圧縮厚(mm)"),
        "やわらかい商品を封筒などで押さえたときの厚さ(mm)。硬い商品は なし",
        "Thickness in mm of soft goods that are pressed flat in an envelope; none for stiff ones",
    ),
    ProductColumn(
        "cushion_mm",
        ("緩衝材", "緩衝材の厚さ", "緩衝材(mm)"),
        "まわりに入れる緩衝材の厚さ(mm)。なし で店の設定のとおり",
        "Protection around it on every side in mm; none means as the shop decides",
    ),
    ProductColumn(
        "own_carton",
        ("メーカー箱", "箱のまま", "元箱出荷", "ships_in_own_carton"),
        "メーカーの箱のまま送る商品か（はい・いいえ）",
        "Whether each piece is shipped in its maker's carton (yes, no)",
    ),
    ProductColumn(
        "pack_note",
        ("梱包メモ", "梱包指示", "梱包方法", "packing_note"),
        "梱包のしかた。最初の1個をスキャンしたときに表示する。なし で消す",
        "How to pack it, shown when its first piece is scanned; none takes it away",
    ),
    ProductColumn(
        "pack_picture",
        ("梱包写真", "梱包画像", "packing_picture"),
        "梱包のしかたの写真（このファイルから見た場所）。なし で消す",
        "Picture of how to pack it, relative to this file; none takes it away",
    ),
    ProductColumn(
        "price",
        ("価格", "販売価格", "売価", "税込価格", "値段"),
        "税込の販売価格（円）。店舗の出品に価格がなければこれを使う。なし で消す",
        "Price with tax in yen; shops whose listing names none take it; none takes it away",
    ),
    ProductColumn(
        "tax_rate",
        ("税率", "消費税率", "消費税"),
        "消費税率（8% か 10%）。注文に税率がないとき、納品書や請求書に使う。なし で消す",
        "Tax rate (8% or 10%) for papers of orders that name none; none takes it away",
    ),
    ProductColumn(
        "on_sale_to",
        ("販売終了日", "終売日", "販売終了", "sale_end_date"),
        "販売の最後の日（2026-12-31 か 2026/12/31）。過ぎると店舗へ渡す在庫が 0 になる。なし で消す",
        "Last day of sale (2026-12-31 or 2026/12/31); shops are given no stock after it; none takes it away",
    ),
    ProductColumn("category", ("分類", "カテゴリ", "カテゴリー"), "分類。なし で消す", "Category; none takes it away"),
    ProductColumn(
        "note", ("備考", "メモ", "社内メモ"), "社内のメモ。なし で消す", "The house's own note; none takes it away"
    ),
    ProductColumn(
        "retired",
        ("廃番", "取扱終了", "販売停止", "discontinued"),
        "廃番か（はい・いいえ）。売るのをやめても、商品は残る",
        "Whether it is sold no longer (yes, no); it stays known",
    ),
)
"""Every column of a product file; only ``sku`` is required, and a column that is absent leaves what is stored."""
