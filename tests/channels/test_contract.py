"""What every channel keeps: its samples, and that a broken file is a sentence and never a crash."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.channels._choose import Channel, channel, channels, recognised
from app.channels._products import read_products
from app.channels._source import open_source
from app.domain.intake import LEVELS, Level, ReadOptions, level_of, placeholders
from app.domain.orders import IncomingOrder, Problem
from app.errors import NotFound, SettingsWrong, StationError
from app.text import LANGUAGES, base_of, texts
from tests.channels.reading import PLAIN, ROOT, SAMPLES, Read, as_data, plain, read, sample_files, written

IDS = [each.ID for each in channels()]


@pytest.mark.parametrize("identity", IDS)
def test_every_channel_names_itself_in_both_languages_and_has_samples(identity: str) -> None:
    assert set(channel(identity).TITLE) >= {base_of(language) for language in LANGUAGES}
    assert sample_files(identity), f"put an export and expected.json into tests/samples/{identity}"


def test_every_folder_of_samples_belongs_to_a_channel() -> None:
    folders = [each for each in SAMPLES.iterdir() if (each / "expected.json").exists()]
    assert {each.name for each in folders} >= set(IDS)


@pytest.mark.parametrize("path", [path for each in IDS for path in sample_files(each)], ids=lambda path: path.name)
def test_a_sample_is_recognised_and_read_as_expected(path: Path) -> None:
    source = open_source(path)
    assert path.parent.name == recognised(source).ID
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    assert [as_data(item) for item in read(path).items] == expected[path.name]


@pytest.mark.parametrize("path", [path for each in IDS for path in sample_files(each)], ids=lambda path: path.name)
def test_no_other_channel_is_as_sure_of_a_sample(path: Path) -> None:
    head = open_source(path).head
    sure = sorted((each.recognise(head), each.ID) for each in channels())
    assert sure[-1][1] == path.parent.name
    assert sure[-1][0] > sure[-2][0]


def test_an_unknown_channel_is_refused_with_those_known() -> None:
    with pytest.raises(NotFound) as refused:
        channel("fax")
    assert refused.value.args_["known"] == ", ".join(IDS)


def test_an_unknown_time_zone_is_a_wrong_setting(tmp_path: Path) -> None:
    path = written(tmp_path, plain({}))
    with pytest.raises(SettingsWrong):
        Read(channel("csv").read(open_source(path), ReadOptions(timezone="Mars/Olympus", mapping_text=PLAIN)))


# --- the demo ---------------------------------------------------------------------------------------------------


def test_the_demo_files_are_read_and_fit_each_other() -> None:
    folder = ROOT / "resources" / "demo"
    goods = Read(read_products(open_source(folder / "products.csv"), ReadOptions()))
    assert goods.problems == []
    assert len(goods.products) >= 24
    assert all((folder / str(product.picture)).is_file() for product in goods.products)
    assert {path.stem for path in (folder / "pictures").iterdir()} == {product.sku for product in goods.products}
    assert all(path.stat().st_size <= 20_000 for path in (folder / "pictures").iterdir())
    known = {product.sku for product in goods.products}
    orders = [order for name in ("rakuten.csv", "shopify.csv") for order in read(folder / name).orders]
    assert len(orders) >= 40
    assert {line.sku for order in orders for line in order.lines} - known == {"NEW-777"}
    assert sum(not order.holds and not order.cancelled for order in orders) >= 30


# --- nothing breaks a reader ------------------------------------------------------------------------------------

HEADS = [path.read_bytes().split(b"\n")[0] + b"\n" for each in IDS for path in sample_files(each)]
CELL = st.one_of(
    st.sampled_from(
        ["", "1", "-1", "1.5", "4.4E+11", "#1001", "A,B", '"', '"x', "x\ny", "\x07", "\uff12", "\ufeff", "=1+1"]
    ),
    st.text(max_size=12),
    st.from_regex(r"[0-9./: -]{1,20}", fullmatch=True),
)


def _everything(path: Path) -> None:
    """Read *path* in every way there is; only a sentence may come instead of orders and problems."""
    options = ReadOptions()
    try:
        source = open_source(path)
        found: list[object] = []
        for each in (recognised(source), *channels()):
            found += _read_all(each, path, options)
        found += list(read_products(source, options))
    except StationError as refused:
        _can_be_said(refused.key, refused.args_)
        return
    for item in found:
        if isinstance(item, Problem):
            _can_be_said(item.key, placeholders(item))
        elif isinstance(item, IncomingOrder):
            assert item.number == item.number.strip() != ""
            assert item.cancelled or item.lines
            assert all(line.sku and line.quantity >= 1 for line in item.lines)


def _read_all(each: Channel, path: Path, options: ReadOptions) -> list[object]:
    try:
        return list(each.read(open_source(path), options))
    except StationError as refused:
        _can_be_said(refused.key, refused.args_)
        return []


def _can_be_said(key: str, args: dict[str, object]) -> None:
    for language in LANGUAGES:
        assert texts(language).has(key), key
        sentence = texts(language).say(key, **args)
        assert not re.search(r"\{\w+\}", sentence.replace(str(args.get("value", "")), "")) or "{" in str(args), sentence


SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(content=st.binary(max_size=400))
def test_random_bytes_are_never_more_than_a_sentence(tmp_path: Path, content: bytes) -> None:
    _everything(written(tmp_path, content))


@SLOW
@given(head=st.sampled_from(HEADS), content=st.binary(max_size=400))
def test_random_bytes_under_a_real_header_are_never_more_than_a_sentence(
    tmp_path: Path, head: bytes, content: bytes
) -> None:
    _everything(written(tmp_path, head + content))


@SLOW
@given(rows=st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=6))
def test_random_cells_are_never_more_than_problems(tmp_path: Path, rows: list[list[str]]) -> None:
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    _everything(written(tmp_path, f"{header}\n{body}\n".encode("utf-8", "replace")))


@SLOW
@given(path=st.sampled_from([path for each in IDS for path in sample_files(each)]), data=st.data())
def test_a_real_file_cut_or_changed_anywhere_is_never_more_than_problems(
    tmp_path: Path, path: Path, data: st.DataObject
) -> None:
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    change = data.draw(st.sampled_from([b"", b'"', b",", b"\n", b"\x00", b"\xff"]))
    cut = data.draw(st.booleans())
    _everything(written(tmp_path, whole[:place] + change + (b"" if cut else whole[place:])))


# --- sentences --------------------------------------------------------------------------------------------------


_OTHERS = ("stock", "waves", "carton_list", "inserts", "imports", "addresses", "carriers", "gate")
_AREAS = ("intake", "channels", "channel_list")


def _catalogue(language: str, area: str = "intake") -> dict[str, set[str]]:
    text = (ROOT / "resources" / "texts" / language / f"{area}.po").read_text(encoding="utf-8")
    found = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE)
    return {key: set(re.findall(r"\{(\w+)\}", sentence)) for key, sentence in found}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    for area in _AREAS:
        assert _catalogue("ja", area) == _catalogue("en", area)


def test_every_key_in_the_code_has_a_sentence_and_none_is_left_over() -> None:
    sources = [*(ROOT / "app" / "channels").glob("*.py"), ROOT / "app" / "domain" / "intake.py"]
    sources += [*(ROOT / "app" / "sheets").glob("*.py"), ROOT / "app" / "services" / "channels.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(
        re.findall(r'"((?:file|header|channel|mapping|row|cell|line|order|product|code|intake|join)\.[a-z_]+)"', code)
    )
    mapped = {
        name for name in used if re.fullmatch(r"(order|line)\.(number|sku|name|quantity|price|tax_rate|options)", name)
    }
    mapped |= {name for name in used if re.fullmatch(r"order\.(\w+_at|cut_off|priority|note|payment|cod_amount)", name)}
    mapped |= {"order.delivery", "order.wish", "order.gift_message", "order.ship_to_key", "order.email"}
    mapped |= {"file.encoding"}
    mapped |= {"file.delimiter", "file.header_row", "file.quotes"}
    # Parts of a mapping of a shop's product file, which are no sentences either.
    mapped |= {f"file.{part}" for part in ("newline", "header", "quote", "guard", "columns")} | {"product.sku"}
    others = {key for area in _OTHERS for key in _catalogue("en", area)}
    mapped |= used & others  # said by whoever finds them
    keys = {key for area in _AREAS for key in _catalogue("en", area) if not key.startswith(("cli.", "channels."))}
    assert used - mapped <= keys, used - mapped - keys
    assert keys <= used
    assert set(LEVELS) <= keys | others


def test_an_unknown_key_counts_as_an_error() -> None:
    assert level_of(Problem("f", 1, "", "", "intake.new")) is Level.ERROR
    assert level_of(Problem("f", 1, "", "", "line.same_sku")) is Level.INFO
