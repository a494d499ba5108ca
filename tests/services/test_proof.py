"""The proof of a parcel: what it says, that it stays the same, and that its file is known in the chain."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.people import Role
from app.errors import NotAllowed, NotFound
from app.services import proof
from app.services.desk import Desk
from app.storage import people
from app.text import texts
from tests.makers import Station, change, faults_of, query
from tests.services import packed
from tests.storage.test_journal import without_triggers


@pytest.fixture
def parcel(database, open_another, tmp_path):
    """A packed parcel of three boxes; its desk is station "3"."""
    packed.shop(database)
    order = packed.pack(database)
    packed.in_boxes(database, order)
    desk = Desk(open_another(), "3")
    yield database, desk, order, tmp_path / "photos"
    desk.stop()


def make(parcel, language="ja", **more):
    _, desk, order, photos = parcel
    return proof.make(desk, order, texts(language), photos, **more)


def test_it_says_who_scanned_what_and_what_was_refused(parcel):
    database, desk, order, _ = parcel
    found = desk.read(proof.gather, order).result()
    assert (found.order, found.packers, found.station) == ("A-2001", ("佐藤 美咲",), "3")
    assert (found.receiver, found.town) == ("見＊＊＊", "東京都渋谷区")
    assert sum(each.level == "refused" for each in found.scans) == 6
    assert [each.undone for each in found.scans].count(True) == 1
    put = sum(goods[3] for each in found.scans if not each.undone for goods in each.goods)
    assert put == sum(line.done for line in found.lines) == 39
    assert [line.short for line in found.lines] == [0, 0, 0, 0, 0, 1]
    assert [(box.piece, box.weight_g, box.why) for box in found.boxes] == [
        (1, 1234, ""), (2, 987, ""), (3, None, "no_scale"),
    ]  # fmt: skip
    assert sum(box.pieces for box in found.boxes) == 39
    assert [each.number for each in found.waybills] == ["444413700011", "444413700012", "444413700013"]
    assert [(each.leader, each.what) for each in found.overrides] == [("Linh Nguyen", "weight")]
    ends = query(database, "SELECT seq, hash FROM journal WHERE order_id = ? ORDER BY seq", order)
    assert [(each.first, each.last, each.head) for each in found.chains] == [(ends[0][0], *ends[-1])]


def test_the_address_and_the_name_are_not_in_it_unless_asked_for(parcel):
    _, desk, order, _ = parcel
    without = json.dumps(proof.plain(desk.read(proof.gather, order).result()), ensure_ascii=False)
    assert "神宮前" not in without
    assert "花子" not in without
    assert "03-1234" not in without
    full = desk.read(proof.gather, order, full=True).result()
    assert full.receiver == "見本 花子"


def test_the_same_state_gives_the_same_bytes_and_making_it_changes_nothing_it_says(parcel):
    first, second = make(parcel), make(parcel)
    assert first.paper.pdf == second.paper.pdf
    assert (first.content, first.file) == (second.content, second.file)
    assert make(parcel, "en").content == first.content
    assert make(parcel, "en").file != first.file


def test_making_it_is_an_act_with_both_hashes(parcel):
    database, _, order, _ = parcel
    made = make(parcel)
    ((kind, key, level, facts),) = query(
        database, "SELECT kind, key, level, facts FROM journal WHERE kind = 'proof' AND order_id = ?", order
    )
    assert (kind, key, level) == ("proof", "proof.made", "ok")
    told = json.loads(facts)
    assert (told["content"], told["file"], told["pages"]) == (made.content, made.file, 1)
    assert "verify.chain_changed" not in faults_of(database)


def test_the_same_act_twice_is_one_row(parcel):
    database = parcel[0]
    make(parcel, act="one")
    make(parcel, act="one")
    assert query(database, "SELECT count(*) FROM journal WHERE kind = 'proof'") == [(1,)]


def test_a_file_is_known_until_a_byte_of_it_changes(parcel):
    _, desk, _, _ = parcel
    made = make(parcel)
    found = desk.read(proof.check, made.paper.pdf).result()
    assert (found.good, found.number, found.current) == (True, "A-2001", True)
    changed = bytearray(made.paper.pdf)
    changed[-20] ^= 1
    assert not desk.read(proof.check, bytes(changed)).result().good
    assert not desk.read(proof.check, b"").result().good


def test_a_good_file_says_that_the_records_have_gone_on(parcel):
    database, desk, _, _ = parcel
    made = make(parcel)
    change(database, "UPDATE boxes SET weight_g = 1 WHERE piece = 1")
    found = desk.read(proof.check, made.paper.pdf).result()
    assert (found.good, found.current) == (True, False)


def test_a_row_that_was_changed_to_know_a_forged_file_is_seen(parcel):
    database, desk, _, _ = parcel
    made = make(parcel)
    without_triggers(database)
    forged = made.paper.pdf + b"\n"
    hash_ = proof.hashlib.sha256(forged).hexdigest()
    change(database, "UPDATE journal SET facts = replace(facts, ?, ?) WHERE kind = 'proof'", made.file, hash_)
    found = desk.read(proof.check, forged).result()
    assert found.made is not None
    assert not found.good


def test_an_order_that_is_not_packed_proves_nothing(parcel):
    database, desk, _, photos = parcel
    change(database, "UPDATE parcels SET closed_at = NULL")
    with pytest.raises(NotAllowed) as refused:
        make(parcel)
    assert (refused.value.key, refused.value.args_["number"]) == ("proof.not_packed", "A-2001")
    with pytest.raises(NotFound):
        proof.make(desk, 999, texts("ja"), photos)


def test_only_office_and_leaders_get_the_whole_name(parcel):
    database, _, _, _ = parcel
    with pytest.raises(NotAllowed) as refused:  # a packer is signed in at station 3
        make(parcel, full=True)
    assert refused.value.key == "right.missing"
    assert query(database, "SELECT count(*) FROM journal WHERE kind = 'proof'") == [(0,)]
    assert Station(database, "3").scan("KU-LINH").key == "person.signed_in"
    assert make(parcel, full=True).proof.receiver == "見本 花子"


def test_orders_that_share_a_parcel_have_one_proof(parcel):
    database, desk, order, _ = parcel
    with database.transaction() as tx:
        people.add(tx, "x", "X", Role.OFFICE, "")
    change(
        database,
        "INSERT INTO orders (shop_id, number, ship_to_key, state, received_at, ordered_at, queue_at, rank, line_count, "
        "pieces, ship_name, prefecture, gift, content, digest, lead_id) "
        "SELECT shop_id, 'A-2002', 'k', state, received_at, ordered_at, queue_at, rank, 0, 0, '', '', 0, content, 'd', "
        "id "
        "FROM orders WHERE id = ?",
        order,
    )
    ((follower,),) = query(database, "SELECT id FROM orders WHERE number = 'A-2002'")
    found = desk.read(proof.gather, follower).result()
    assert (found.order, found.orders) == ("A-2001", ("A-2001", "A-2002"))
    assert found == desk.read(proof.gather, order).result()


def test_a_photo_that_is_gone_elsewhere_or_changed_is_said_and_not_shown(parcel):
    database, desk, order, photos = parcel
    paths = [packed.photo(database, photos, order, box) for box in (1, 2, 3, 4)]
    _, sheet = desk.read(proof._sheet, order, texts("en"), photos, full=False).result()
    assert [bool(path) for path, _ in sheet.pictures] == [True] * 4
    paths[1].unlink()
    paths[2].write_bytes(b"\xff\xd8 another picture")
    change(database, "UPDATE photos SET gone_at = 5 WHERE box = 4")
    _, sheet = desk.read(proof._sheet, order, texts("en"), photos, full=False).result()
    assert [bool(path) for path, _ in sheet.pictures] == [True, False, False, False]
    said = " ".join(caption for _, caption in sheet.pictures)
    assert "another station" in said
    assert "file was changed" in said
    assert "deleted" in said


def test_what_it_says_is_in_the_readers_language(parcel):
    _, desk, order, photos = parcel
    for language, shown, not_shown in (("ja", "有機抹茶パウダー", "Organic"), ("en", "Organic matcha", "有機抹茶")):
        _, sheet = desk.read(proof._sheet, order, texts(language), photos, full=False).result()
        put = [row.text for row in sheet.rows if row.level == "ok" and "50" in row.text]
        assert all(shown in text for text in put)
        assert not any(not_shown in text for text in put)
        assert replace(sheet, rows=()).digest == sheet.digest
