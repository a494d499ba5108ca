"""Which act queues which mail, what it says, and what people do with it."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.mails import MailAct, MailState
from app.domain.orders import Address, Hold
from app.domain.people import Role
from app.errors import NotAllowed, NotFound
from app.services import changes, mail_accounts, mail_queue, mail_templates, mails, orders, settings, templates
from app.services.handover import hand_over
from app.services.mail_letters import obstacle
from app.services.settings import all_settings
from app.storage import attention as attention_storage
from app.storage import holds as holds_storage
from app.storage import mails as storage
from app.storage import people
from tests.mail_server import account_at
from tests.makers import change, faults_of, incoming, only_on_sqlite, query, set_to, take_in
from tests.services.dock import Dock, number_of
from tests.services.mailing import HANAKO, HER_MAIL, TEA, MailShop


@pytest.fixture
def shop(database, tmp_path):
    return MailShop(database, tmp_path)


@pytest.fixture
def dock(shop):
    return Dock(shop.database)


def packed(shop, dock, number="1001", **more):
    """Take an order in, pack it, put a waybill on it."""
    order = shop.take(number, **more)
    bench = dock_bench(dock)
    assert bench.scan(number).key == "order.opened"
    assert bench.scan(TEA.piece).key == "order.closed"
    dock.going(number)
    dock.label(number, number_of(order))
    return order


def dock_bench(dock):
    from tests.makers import Station

    return Station(dock.database)


def test_an_order_lives_through_its_mails_each_once(shop, dock):
    shop.on()
    order = shop.take("1001", holds=(Hold.UNPAID,))
    assert shop.kinds() == ["received", "pay_info"]
    shop.do(orders.lift, order, ["unpaid"])
    assert shop.kinds() == ["received", "pay_info", "paid"]
    bench = dock_bench(dock)
    bench.scans("1001", TEA.piece)
    dock.going("1001")
    dock.label("1001", number_of(1))
    shop.do(hand_over, [order])
    assert shop.kinds() == ["received", "pay_info", "paid", "shipped", "delivered"]
    (row,) = query(shop.database, "SELECT not_before, at FROM mails WHERE kind = 'delivered'")
    assert row[0] - row[1] == pytest.approx(7 * 86_400_000, abs=2000)
    with shop.database.transaction() as tx:  # whatever is done again queues nothing twice
        mail_queue.shipped(tx, str(uuid4()), [order])
        mail_queue.paid(tx, str(uuid4()), [order])
        mail_queue.received(tx, str(uuid4()), [order], [order], [])
    assert len(shop.kinds()) == 5
    assert not faults_of(shop.database)


@only_on_sqlite
def test_off_by_default_and_old_orders_get_none_once_it_is_on(shop, dock):
    order = packed(shop, dock)
    assert shop.kinds() == []
    shop.on("received,shipped")
    assert shop.kinds() == []
    shop.do(hand_over, [order])
    assert shop.kinds() == ["shipped"]


@only_on_sqlite
def test_a_shop_that_mails_by_itself_stays_off(shop):
    shop.on()
    shop.take("1001", shop="mall")
    (row,) = query(shop.database, "SELECT id FROM shops WHERE name = 'mall'")
    shop.do(settings.put, {"mail.kinds": "off"}, row[0])
    shop.take("1002", shop="mall")
    assert shop.kinds("1002") == []


@only_on_sqlite
def test_a_payment_that_the_shop_reports_is_told(shop):
    shop.on()
    order = {"email": HER_MAIL, "buyer": HANAKO, "ship_to": HANAKO}
    with shop.database.reading() as tx:
        order["ordered_at"] = tx.now
    with shop.database.transaction() as tx:
        take_in(tx, incoming("1001", (TEA.sku, 1), holds=(Hold.UNPAID,), **order))
    with shop.database.transaction() as tx:
        take_in(tx, incoming("1001", (TEA.sku, 1), **order))
    assert shop.kinds() == ["received", "pay_info", "paid"]
    with shop.database.reading() as tx:
        (mail,) = [
            storage.one(tx, row[0]) for row in query(shop.database, "SELECT id FROM mails WHERE kind='pay_info'")
        ]
        assert obstacle(tx, mail, all_settings(tx, mail.shop)).key == "mails.why.paid"


@only_on_sqlite
def test_one_order_to_several_addresses_gets_one_receipt(shop):
    shop.on("received,shipped")
    with shop.database.transaction() as tx:
        same = {"email": HER_MAIL, "buyer": HANAKO, "ordered_at": tx.now}
        take_in(tx, *(incoming("1001", (TEA.sku, 1), ship_to_key=key, ship_to=HANAKO, **same) for key in "ab"))
    assert shop.kinds() == ["received"]
    order = query(shop.database, "SELECT min(id) FROM orders")[0][0]
    letter = shop.read(mails.preview, order, "received").letter
    assert letter.body.count("・Thing SKU-1") == 2
    assert "ご指定の複数のお届け先" in letter.body
    other = query(shop.database, "SELECT max(id) FROM orders")[0][0]
    assert other != order
    assert [row.kind for row in shop.read(mails.of_order, other)] == ["received"]  # also where the other ship-to is


@only_on_sqlite
def test_an_order_that_is_months_old_gets_no_receipt(shop):
    shop.on()
    shop.take("1001", ordered_at=1_700_000_000_000)
    assert shop.kinds() == []


@only_on_sqlite
def test_no_address_is_told_once(shop, dock):
    shop.on()
    order = shop.take("1001", email="", holds=(Hold.UNPAID,))
    shop.do(orders.lift, order, ["unpaid"])
    assert shop.kinds() == ["received"]
    assert shop.states() == ["dropped"]
    assert shop.why() == ["mails.why.no_address"]


@only_on_sqlite
@pytest.mark.parametrize(
    "email", ["no address", "a@b@c", "x@example.jp, y@example.jp", "a\r\nBcc: b@example.jp", "@x.jp"]
)
def test_what_is_no_address_is_not_mailed_to(shop, email):
    shop.on("received")
    shop.take("1001", email=email)
    assert shop.states() == ["dropped"]


def test_a_cancelled_order_gets_nothing_more(shop):
    shop.on()
    order = shop.take("1001")
    shop.do(changes.cancel, order)
    assert shop.states() == ["dropped"]
    assert shop.why() == ["mails.why.cancelled"]
    mail = query(shop.database, "SELECT id FROM mails")[0][0]
    with pytest.raises(NotAllowed, match=r"mails.why.cancelled"):
        shop.do(mails.send_again, mail, "asked")


def test_who_comes_onto_the_contact_list_is_told_of_the_delay(shop):
    old = shop.take("1000")
    with shop.database.transaction() as tx:
        holds_storage.add_hold(tx, old, Hold.SHORT)
        attention_storage.ask_about(tx, "before", old, "short")
    shop.do(mail_queue.tell_delays)
    shop.on("delay")
    first, second = shop.take("1001"), shop.take("1002")
    assert not shop.read(mail_queue.delays_due)
    with shop.database.transaction() as tx:
        for order, hold, about, detail in (
            (first, Hold.SHORT, "short", ""),
            (second, Hold.DATE_IMPOSSIBLE, "date", "2026-12-24"),
        ):
            holds_storage.add_hold(tx, order, hold, detail)
            attention_storage.ask_about(tx, str(uuid4()), order, about, detail)
    assert shop.read(mail_queue.delays_due)
    assert shop.do(mail_queue.tell_delays) == 2
    assert not shop.read(mail_queue.delays_due)
    assert query(shop.database, "SELECT order_id, about FROM mails ORDER BY id") == [
        (second, "date_impossible"),
        (first, "short"),
    ]
    assert "2026年12月24日（木）" in shop.read(mails.preview, second, "delay").letter.body
    shop.do(orders.lift, first, ["short"])
    with shop.database.reading() as tx:
        (mail,) = storage.named(tx, first)
        assert obstacle(tx, mail, all_settings(tx, mail.shop)).key == "mails.why.no_delay"


@only_on_sqlite
def test_a_pre_order_is_told_with_its_receipt(shop):
    shop.on()
    shop.take("1001", holds=(Hold.PRE_ORDER,))
    assert shop.kinds() == ["received", "delay"]


@only_on_sqlite
def test_what_still_has_a_rest_is_told_as_a_part(shop, dock):
    shop.on("shipped,partial")
    order = packed(shop, dock)
    rest = shop.take("later", 3)
    change(shop.database, "UPDATE orders SET number = '1001', ship_to_key = '+2', digest = '+1' WHERE id = ?", rest)
    shop.do(hand_over, [order])
    assert shop.kinds() == ["partial"]
    body = shop.read(mails.preview, order, "partial").letter.body
    assert "■ お送りした商品\n・Thing SKU-1　1点" in body
    assert "■ 後日お送りする商品\n・Thing SKU-1　3点" in body


# --- what they say ------------------------------------------------------------------------------------------------


def test_a_mail_of_several_parcels_names_every_number_and_link(shop, dock):
    shop.on(shop_email="info@shop.example.jp", shop_phone="03-0000-0000")
    order = shop.take("1001")
    dock_bench(dock).scans("1001", TEA.piece)
    dock.going("1001")
    dock.label("1001", number_of(1), 1, 2)
    dock.label("1001", number_of(2), 2, 2)
    shop.do(hand_over, [order])
    assert shop.kinds() == ["received", "shipped", "delivered"]
    letter = shop.read(mails.preview, order, "shipped").letter
    assert letter.recipient == HER_MAIL
    assert letter.subject == "【shop】商品を発送いたしました（1001）"
    for part in ("見本 花子 様\n", "運送会社：ヤマト運輸\n", "個口数：2\n", "info@shop.example.jp", "03-0000-0000"):
        assert part in letter.body
    for at in (1, 2):
        assert f"お問い合わせ番号（{at}/2 個口）：{number_of(at)}" in letter.body
        assert f"number01={number_of(at)}" in letter.body
    assert "{" not in letter.body
    assert "代金引換額" not in letter.body


@only_on_sqlite
def test_a_gift_tells_nobody_where_its_receiver_lives(shop, dock):
    shop.on()
    taro = Address("贈先 太郎", "060-0001", "北海道", "札幌市中央区", "見本9-9-9", "070-0000-0009")
    order = packed(shop, dock, ship_to=taro, gift=True)
    shop.do(hand_over, [order])
    for kind in mails.KINDS:
        made = shop.read(mails.preview, order, kind)
        assert made.letter.recipient == HER_MAIL
        assert not any(part in made.letter.body for part in ("贈先", "札幌", "060-0001", "0009"))
    assert "ご指定のお届け先" in shop.read(mails.preview, order, "shipped").letter.body


@only_on_sqlite
def test_merged_orders_each_get_their_mail_and_only_the_same_buyer_hears_of_the_other(shop, dock):
    shop.on("shipped")
    lead = packed(shop, dock, "1001")
    dock.merge("1001", "1002")
    other = dock.order("1002")
    shop.do(hand_over, [lead])
    change(shop.database, "UPDATE mails SET about = about")
    assert query(shop.database, "SELECT order_id, state FROM mails ORDER BY id") == [
        (lead, "waiting"),
        (other, "dropped"),
    ]
    assert "1002" not in shop.read(mails.preview, lead, "shipped").letter.body
    content = query(shop.database, "SELECT content FROM orders WHERE id = ?", lead)[0][0]
    change(shop.database, "UPDATE orders SET content = ? WHERE id = ?", content, other)
    assert "同梱のご注文番号：1002" in shop.read(mails.preview, lead, "shipped").letter.body
    assert number_of(lead) in shop.read(mails.preview, other, "shipped").letter.body


@only_on_sqlite
def test_who_lives_abroad_is_written_to_in_english(shop):
    shop.on("received")
    abroad = replace(HANAKO, name="Jane Sample", country="US")
    order = shop.take("1001", 2, buyer=abroad, ship_to=abroad)
    letter = shop.read(mails.preview, order, "received").letter
    assert letter.language == "en"
    assert letter.body.startswith("Dear Jane Sample,")
    assert "- 2 x Thing SKU-1: ¥200" in letter.body
    assert shop.read(mails.preview, order, "received", language="ja").letter.body.startswith("Jane Sample 様")


@only_on_sqlite
def test_a_shops_own_template_is_used_and_a_wrong_one_named_by_its_place(shop):
    shop.on("received")
    order = shop.take("1001")
    own = '[ja]\nsubject = "受付 {number}"\nbody = "{buyer}\\n{wish}\\n{{そのまま}}"\n'
    shop.do(templates.save, "mail_received", "short", own)
    shop.do(settings.put, {"template.mail_received": "short"})
    letter = shop.read(mails.preview, order, "received").letter
    assert (letter.subject, letter.body) == ("受付 1001", "見本 花子 様\n{そのまま}")
    with pytest.raises(templates.TemplateWrong) as caught:
        shop.do(templates.save, "mail_received", "bad", '[ja]\nsubject = "a\\nBcc: x"\nbody = "{buyr}"\n[fr]\n')
    assert {fault.place for fault in caught.value.faults} == {"ja.subject", "ja.body:1", "fr"}
    with pytest.raises(NotAllowed, match=r"templates.used"):
        shop.do(templates.remove, "mail_received", "short")


@only_on_sqlite
def test_values_of_an_order_end_no_line_and_open_no_field(shop):
    shop.on("received")
    evil = replace(HANAKO, name="悪 太郎\r\nBcc: x@example.com\n{contact}")
    order = shop.take("1001\nX", buyer=evil, ship_to=evil, note="{lines}", wish="a\u2028b")
    letter = shop.read(mails.preview, order, "received").letter
    assert "\n" not in letter.subject
    assert letter.body.startswith("悪 太郎 Bcc: x@example.com {contact} 様\n")


# --- what people do -----------------------------------------------------------------------------------------------


def test_people_drop_repeat_and_confirm_as_far_as_is_known(shop):
    shop.on("received")
    shop.take("1001")
    (mail,) = [row[0] for row in query(shop.database, "SELECT id FROM mails")]
    assert shop.read(mails.show, mail).acts == (MailAct.DROP,)
    with pytest.raises(NotAllowed, match=r"mails.cannot"):
        shop.do(mails.send_again, mail, "why not")
    shop.do(mails.drop, mail)
    with pytest.raises(NotAllowed, match=r"mails.reason_needed"):
        shop.do(mails.send_again, mail, "  ")
    again = shop.do(mails.send_again, mail, "dropped by mistake", to="other@example.jp")
    assert (again != mail, shop.read(mails.show, again).repeats) == (True, mail)
    assert shop.read(mails.show, again).recipient == "other@example.jp"
    change(shop.database, "UPDATE mails SET state = 'unknown', sent_at = 1, settled_at = 1, subject = 's', body = 'b', "
           "message_id = '<1@x>' WHERE id = ?", again)  # fmt: skip
    assert shop.read(mails.counts) == {"unknown": 1}
    third = shop.do(mails.send_again, again, "never came")
    assert [shop.read(mails.show, each).state for each in (again, third)] == ["dropped", "waiting"]
    assert shop.read(mails.show, again).said[0].args == {"mail": third}
    change(shop.database, "UPDATE mails SET state = 'unknown', sent_at = 1, settled_at = 1, subject = 's', body = 'b', "
           "message_id = '<2@x>' WHERE id = ?", third)  # fmt: skip
    shop.do(mails.arrived, third)
    assert (shop.read(mails.show, third).state, shop.read(mails.show, third).settled_by) == ("confirmed", "person")
    with pytest.raises(NotFound, match=r"mails.gone"):
        shop.read(mails.show, 999)
    assert not faults_of(shop.database)


@only_on_sqlite
def test_an_act_that_comes_twice_sends_once_and_needs_the_right(shop):
    shop.on("received")
    shop.take("1001")
    mail = query(shop.database, "SELECT id FROM mails")[0][0]
    shop.do(mails.drop, mail)
    act = str(uuid4())
    with shop.database.transaction() as tx:
        first = mails.send_again(tx, "1", act, mail, "asked")
    with shop.database.transaction() as tx:
        assert mails.send_again(tx, "1", act, mail, "asked") == first
    assert len(shop.states()) == 2
    with shop.database.transaction() as tx:
        packer = people.add(tx, "P1", "Packer", Role.PACKER, "")
        tx.connection.exec_driver_sql("UPDATE stations SET person_id = ? WHERE name = '1'", (packer.id,))
    with pytest.raises(NotAllowed, match=r"right.missing"):
        shop.do(mails.drop, first)


@only_on_sqlite
def test_the_list_is_found_by_number_address_kind_and_state(shop):
    shop.on("received")
    for number in ("1001", "1002", "2001"):
        shop.take(number, email=f"n{number}@example.jp")
    assert [each.number for each in shop.read(mails.page)] == ["2001", "1002", "1001"]
    assert [each.number for each in shop.read(mails.page, text="10")] == ["1002", "1001"]
    assert [each.number for each in shop.read(mails.page, text="n2001@")] == ["2001"]
    assert [each.number for each in shop.read(mails.page, limit=1, before=2)] == ["1001"]
    assert shop.read(mails.page, states=[MailState.FAILED]) == []
    assert len(shop.read(mails.page, states=[MailState.WAITING], kinds=["received"])) == 3
    assert shop.read(mails.page)[0].said[0].key == "mails.no_account"
    assert shop.read(mails.counts) == {"waiting": 3}


# --- accounts -----------------------------------------------------------------------------------------------------


def test_accounts_are_kept_checked_and_not_lost_while_something_needs_them(shop):
    with pytest.raises(NotAllowed, match=r"mails.account.open_login"):
        shop.do(mail_accounts.save, replace(account_at(), id=0, host="smtp.example.jp", login="x"))
    one = shop.do(mail_accounts.save, replace(account_at(), id=0, station=""))
    assert shop.read(mail_accounts.one, one).station == "1"
    with pytest.raises(NotAllowed, match=r"mails.account.taken"):
        shop.do(mail_accounts.save, replace(account_at(), id=0, name="INFO"))
    shop.on("received")
    with pytest.raises(NotAllowed, match=r"mails.account.in_use"):
        shop.do(mail_accounts.drop, one)
    with pytest.raises(NotAllowed, match=r"mails.account.in_use"):
        shop.do(mail_accounts.save, replace(account_at(), id=one, name="other"))
    set_to(shop.database, mail_account="")
    shop.take("1001")
    assert shop.read(mail_accounts.warnings)[0].key == "mails.no_account"
    shop.do(mail_accounts.drop, one)
    with pytest.raises(NotFound, match=r"mails.account.gone"):
        shop.read(mail_accounts.one, one)


@only_on_sqlite
def test_a_masked_address_is_told_where_another_account_would_send(shop):
    shop.on("received")
    shop.do(mail_accounts.save, replace(account_at(), id=0))
    order = shop.take("1001", email="abc@pc.fw.rakuten.ne.jp")
    said = shop.read(mails.preview, order, "received").warnings
    assert [each.key for each in said] == ["mails.why.masked"]
    shop.do(mail_accounts.save, replace(account_at(), id=1, host="sub.fw.rakuten.ne.jp"))
    assert shop.read(mails.preview, order, "received").warnings == ()


@only_on_sqlite
def test_a_malls_shop_is_told_before_its_first_mail_that_another_server_does_not_reach_its_buyers(shop):
    shop.on("received")
    one = shop.do(mail_accounts.save, replace(account_at(), id=0))
    shop.take("1001")
    assert shop.read(mail_accounts.warnings) == ()
    change(shop.database, "UPDATE shops SET channel = 'rakuten'")
    (said,) = shop.read(mail_accounts.warnings)
    assert (said.key, said.args["server"]) == ("mails.masked_shop", "rakuten.ne.jp")
    shop.do(mail_accounts.save, replace(account_at(), id=one, host="sub.fw.rakuten.ne.jp"))
    assert shop.read(mail_accounts.warnings) == ()


@only_on_sqlite
def test_a_held_shop_says_why_its_mails_wait(shop):
    shop.on("received")
    shop.do(mail_accounts.save, replace(account_at(), id=0))
    shop.take("1001")
    number = shop.read(settings.shop_list)[0].id
    shop.do(mails.hold_shops, [number], True)
    assert shop.read(mails.held_shops) == {number}
    assert [each.key for each in shop.read(mails.page)[0].said] == ["mails.why.held"]
    shop.do(mails.hold_shops, [number], False)
    assert shop.read(mails.page)[0].said == ()


@only_on_sqlite
@pytest.mark.parametrize(("decided", "wanted"), [("recipient", "ja"), ("en", "en"), ("ja", "ja")])
def test_a_shop_may_decide_the_language_of_its_mails(shop, decided, wanted):
    shop.on("received", mail_language=decided)
    order = shop.take("1001")
    assert shop.read(mails.page, order=order)[0].language == wanted


@only_on_sqlite
def test_a_template_is_shown_with_the_newest_order_that_went_so_far(shop, dock):
    assert shop.read(mails.newest_order, "shipped") is None
    gone = packed(shop, dock)
    change(shop.database, "UPDATE orders SET state = 'shipped'")
    new = shop.take("1002", shop="other")
    other = next(each.id for each in shop.read(settings.shop_list) if each.name == "other")
    assert shop.read(mails.newest_order, "shipped") == gone
    assert shop.read(mails.newest_order, "received") == new
    assert shop.read(mails.newest_order, "shipped", other) == new
    template = mail_templates.read("mail_received", '[ja]\nsubject = "{number}"\nbody = "{buyer}"').template
    letter = shop.read(mails.preview_template, new, "received", template, language="ja")
    assert (letter.subject, letter.body) == ("1002", "見本 花子 様")
