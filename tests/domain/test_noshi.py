"""Wishes for a gift are read whole or left for a person; what goes together on a noshi."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.noshi import (
    LONGEST_MESSAGE,
    NO_GIFT,
    TITLES,
    Cover,
    GiftWish,
    Knot,
    cords,
    faults,
    has_ornament,
    names_of,
    read_gift,
    warnings,
    wish_from_data,
)


@pytest.mark.parametrize(
    "text", ["", "よろしくお願いします", "のしは付けますか？ 友人の結婚祝いです", "のし: なし", "熨斗：不要"]
)
def test_prose_and_a_no_wish_nothing(text):
    assert read_gift(text) == NO_GIFT
    assert not read_gift(text).asked


@pytest.mark.parametrize(
    ("text", "knot", "title", "names"),
    [
        ("のし: 紅白蝶結び 御祝 山田太郎", Knot.BOW, "御祝", ("山田太郎",)),
        ("のし：　お中元", Knot.BOW, "御中元", ()),
        ("【のし】御歳暮", None, "", ()),  # no colon: prose
        ("のし種類: 御中元\n名入れ: 髙橋、𠮷田", Knot.BOW, "御中元", ("髙橋", "𠮷田")),
        ("表書き: 御結婚御祝\n名入れ: 山田 太郎", Knot.TIED, "御結婚御祝", ("山田 太郎",)),
        ("のし: 結婚祝い（結び切り10本） 佐藤・鈴木", Knot.TIED, "御結婚御祝", ("佐藤", "鈴木")),
        ("のし: 黄白 志 佐藤", Knot.YELLOW, "志", ("佐藤",)),
        ("のし: 黒白結び切り 志", Knot.BLACK, "志", ()),
        ("のし: 無地のし", Knot.PLAIN, "", ()),
        ("ﾉｼ: 御礼", None, "", ()),  # katakana is not how shops write this key
        ("noshi-type: 快気祝い\nnoshi-name: 田中", Knot.TIED, "快気祝", ("田中",)),
    ],
)
def test_what_is_written_in_known_words_is_read(text, knot, title, names):
    found = read_gift(text)
    assert (found.knot, found.title, found.names) == (knot, title, names)
    assert not found.unread


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("のし: 希望", None),
        ("のし: 御祝", Knot.BOW),  # a wedding's has another knot than a birth's
        ("のし: 内祝い 見本", Knot.BOW),
        ("のし: 志", Knot.YELLOW),  # black in the east
        ("のし: 紅白結び切り", Knot.TIED),  # and which title?
        ("のし: 紅白蝶結び 御祝 名入れは佐藤様でお願いします", Knot.BOW),
        ("のし: 蝶結び 黄白 御祝", None),
        ("のし: 山田", None),
        ("のし: 紅白蝶結び 御祝 佐藤、鈴木、高橋、田中", Knot.BOW),
    ],
)
def test_what_cannot_be_read_whole_is_a_proposal_with_the_line_as_it_was_written(text, proposed):
    found = read_gift(text)
    assert found.noshi
    assert found.unread == (text,)
    assert found.knot is proposed or (proposed is None and found.knot in (None, *Knot))


def test_a_shop_may_say_which_knot_it_takes_for_a_title():
    found = read_gift("のし: 御祝 見本", usual={"御祝": Knot.BOW})
    assert (found.knot, found.unread) == (Knot.BOW, ())


def test_two_lines_that_contradict_each_other_are_for_a_person():
    assert read_gift("のし: 紅白蝶結び 御祝", "表書き: 内祝").unread


def test_inner_and_outer_are_read():
    assert read_gift("のし: 内のし 御歳暮").cover is Cover.INNER
    assert read_gift("のし: 御歳暮\n掛け方のし: 外").cover is Cover.ANY
    assert read_gift("のし: 御歳暮\nのしの掛け方: 外のし").cover is Cover.OUTER


def test_wrapping_is_gathered_once_each():
    assert read_gift("ラッピング: 包装紙\nラッピング: リボン\nギフト包装: リボン").wrapping == "包装紙、リボン"
    assert read_gift("ラッピング: 不要", "ギフト包装: いいえ").wrapping == ""


def test_a_message_goes_on_until_the_next_key():
    found = read_gift("のし: 御歳暮\nギフトメッセージ: おめでとう\nまた会いましょう\n領収書: 希望")
    assert found.message == "おめでとう\nまた会いましょう"
    assert found.title == "御歳暮"


def test_a_message_that_no_card_holds_is_for_a_person():
    found = read_gift("メッセージ: " + "あ" * (LONGEST_MESSAGE + 1))
    assert len(found.message) == LONGEST_MESSAGE
    assert found.unread


def test_foreign_names_keep_their_middle_dot():
    assert names_of("ジャン・ピエール") == ("ジャン・ピエール",)
    assert names_of("佐藤・鈴木") == ("佐藤", "鈴木")
    assert names_of("山田 太郎、花子") == ("山田 太郎", "花子")


def test_a_wedding_title_with_a_bow_is_warned_of():
    assert warnings(GiftWish(noshi=True, knot=Knot.BOW, title="御結婚御祝")) == ("noshi.warn.knot",)
    assert warnings(GiftWish(noshi=True, knot=Knot.TIED, title="御結婚御祝")) == ()
    assert warnings(GiftWish(noshi=True, knot=Knot.BOW, title="志")) == ("noshi.warn.knot",)
    assert warnings(GiftWish(noshi=True, knot=Knot.BOW, title="祝・百号")) == ()
    assert warnings(GiftWish(noshi=True, knot=Knot.BOW)) == ("noshi.warn.no_title",)


@pytest.mark.parametrize(("title", "number"), [("御結婚御祝", 10), ("快気祝", 5), ("御見舞", 5)])
def test_a_wedding_has_ten_cords_and_illness_five(title, number):
    assert cords(Knot.TIED, title) == number


def test_there_is_no_ornament_for_mourning_nor_for_the_sick():
    assert has_ornament(Knot.BOW, "御祝")
    assert not has_ornament(Knot.BLACK, "志")
    assert not has_ornament(Knot.TIED, "御見舞")


def test_what_cannot_be_printed_is_named():
    wish = GiftWish(noshi=True, title="御" * 21, names=("山" * 31, "田", "中", "村"), message="あ" * 501)
    assert [key for key, _ in faults(wish)] == [
        "noshi.no_kind", "noshi.long_title", "noshi.many_names", "noshi.long_name", "noshi.long_message",
    ]  # fmt: skip
    assert faults(GiftWish(noshi=True, knot=Knot.BOW, title="御祝", names=("山田",))) == ()


@given(
    st.lists(
        st.sampled_from(["のし: ", "表書き: ", "名入れ: ", "メッセージ: ", "ラッピング: ", "", "御祝", "蝶結び"])
        | st.text(max_size=30)
    )
)
def test_nothing_written_breaks_the_reader_and_what_it_reads_survives_storing(parts):
    found = read_gift("".join(parts), "\n".join(parts))
    assert wish_from_data(found.as_data()) == found
    assert len(found.names) <= 3


@given(st.sampled_from(sorted(TITLES)), st.sampled_from(Knot), st.sampled_from(["", "山田", "山田 太郎", "髙橋"]))
def test_knot_title_and_name_are_read_in_any_order(title, knot, name):
    words = {
        "bow": "紅白蝶結び",
        "tied": "紅白結び切り",
        "yellow": "黄白結び切り",
        "black": "黒白結び切り",
        "plain": "無地のし",
    }
    for line in (f"{words[knot]} {title} {name}", f"{title} {words[knot]} {name}", f"{name} {title} {words[knot]}"):
        found = read_gift(f"のし: {line}")
        assert (found.knot, found.title, found.names, found.unread) == (knot, title, (name,) if name else (), ())
