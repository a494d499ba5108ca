"""What a proof is made of: one text for one state, its hash, what a name looks like that is not shown."""

import hashlib
import json
from dataclasses import replace

from app.domain.proof import Proof, ProofScan, canonical, chains, code_of, digest, masked


def scan(station="1", seq=1, **more):
    usual = {"at": 1, "place": "bench", "hash": f"h{station}{seq}", "person": "", "kind": "scan", "raw": "x"}
    return ProofScan(station=station, seq=seq, **(usual | {"level": "ok", "key": "item.ok"} | more))


def proof(**more):
    usual = dict.fromkeys(("order", "ship_number", "shop", "state", "receiver", "town", "station", "unlabelled"), "")
    usual |= dict.fromkeys(("packers", "orders", "lines", "extras", "boxes", "waybills", "scans"), ())
    usual |= dict.fromkeys(("overrides", "papers", "photos", "chains"), ())
    usual |= {"version": 1, "parcel": 1, "opened_at": 1, "closed_at": 2, "handover": None}
    return Proof(**(usual | more))


def test_the_same_state_gives_the_same_text_and_any_other_another_hash():
    assert canonical(proof(order="見本")) == canonical(proof(order="見本"))
    assert canonical(proof(order="見本")).isascii()
    assert digest(proof(scans=(scan(),))) != digest(proof(scans=(replace(scan(), hash="other"),)))


def test_the_hash_is_that_of_the_canonical_text():
    body = canonical(proof(order="1001"))
    assert digest(proof(order="1001")) == hashlib.sha256(body).hexdigest()
    assert json.loads(body)["order"] == "1001"


def test_the_code_names_the_order_and_the_hash():
    whole = proof(order="1001", ship_number="12-034")
    assert code_of(whole) == f"KENPIN-PROOF:12-034:{digest(whole)}"
    assert code_of(proof(order="1001")).startswith("KENPIN-PROOF:1001:")


def test_rows_are_put_together_by_station_from_the_first_to_the_last():
    found = chains([scan("1", 7), scan("2", 3), scan("1", 12), scan("1", 5)])
    assert [(each.station, each.first, each.last, each.head) for each in found] == [
        ("1", 5, 12, "h112"), ("2", 3, 3, "h23"),
    ]  # fmt: skip


def test_a_masked_name_says_its_first_character_and_not_its_length():
    assert masked("見本 花子") == "見＊＊＊"
    assert masked("Bo") == masked("Beatrice")
    assert masked(" ") == ""
