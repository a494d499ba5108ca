"""Made-up fields of each kind of label by language, for previews of templates."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SAMPLES"]

SAMPLES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "label:address": {
        "ja": {
            "postcode": "〒150-0001",
            "address": "東京都渋谷区神宮前 1-2-3\nメゾン神宮 405 号室",
            "name": "髙橋 花子 様",
            "phone": "03-1234-5678",
            "sender": "〒530-0001 大阪府大阪市北区梅田 1-1-1\nくもの雑貨店\nTEL 06-1234-5678",
            "sender_name": "くもの雑貨店",
            "ship_number": "12-034",
            "code": "KO-12-034-1",
            "piece": "1 / 2",
            "cod": "¥4,360",
            "wish": "7月16日 午前中",
            "delivery": "宅配便 60 サイズ",
        },
        "en": {
            "address": "1 Market Street, Suite 400\nSan Francisco CA 94103\nUnited States",
            "name": "Ann Lee",
            "phone": "+1 415 555 0100",
            "sender": "1-1-1 Umeda, Kita-ku, Osaka 530-0001\nKumo Goods\nTEL 06-1234-5678",
            "sender_name": "Kumo Goods",
            "ship_number": "12-034",
            "code": "KO-12-034-1",
            "piece": "1 / 2",
            "cod": "¥4,360",
            "wish": "July 16, morning",
            "delivery": "Parcel, size 60",
        },
    },
    "label:place": {
        "ja": {
            "about": "ゾーン A  通路 01  列 02  段 3",
            "shown": "A-01-02-3",
            "code": "KS-A-01-02-3",
            "plain": "A-01-02-3",
            "zone": "A",
            "aisle": "01",
            "bay": "02",
            "level": "3",
            "up": "1",
            "shelf": "1",
        },
        "en": {
            "about": "Zone A  Aisle 01  Bay 02  Level 3",
            "shown": "A-01-02-3",
            "code": "KS-A-01-02-3",
            "plain": "A-01-02-3",
            "zone": "A",
            "aisle": "01",
            "bay": "02",
            "level": "3",
            "up": "1",
            "shelf": "1",
        },
    },
    "label:product": {
        "ja": {
            "name": "有機ほうじ茶 30 包（ティーバッグ）",
            "sku": "TEA-030",
            "gtin": "4901234567894",
            "code": "4901234567894",
            "gs1": "01049012345678941727033110L2406",
            "lot": "L2406",
            "expiry": "2027-03-31",
            "price": "¥864",
        },
        "en": {
            "name": "Organic roasted green tea, 30 bags",
            "sku": "TEA-030",
            "gtin": "4901234567894",
            "code": "4901234567894",
            "gs1": "01049012345678941727033110L2406",
            "lot": "L2406",
            "expiry": "2027-03-31",
            "price": "¥864",
        },
    },
    "label:person": {
        "ja": {"name": "髙橋 花子", "role": "梱包", "code": "KU-0007", "plain": "0007", "warehouse": "大阪倉庫"},
        "en": {"name": "Hanako Takahashi", "role": "Packer", "code": "KU-0007", "plain": "0007", "warehouse": "Osaka"},
    },
    "label:station": {
        "ja": {"name": "梱包 1", "code": "KB-PACK-1", "plain": "PACK-1", "warehouse": "大阪倉庫"},
        "en": {"name": "Packing 1", "code": "KB-PACK-1", "plain": "PACK-1", "warehouse": "Osaka"},
    },
}
"""By kind of label and language."""
