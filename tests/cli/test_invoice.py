"""``kenpin print invoice``, ``return-slip`` and ``address-label``: a mall's order, from the import to its papers."""

import pypdfium2

from tests.cli.test_inserts import kenpin, take_in  # noqa: F401  (the fixture)

NUMBER = "999999-20260914-0000000001"
TO_BUYER = {"送付先一致フラグ": "1"}


def text_of(path):
    with pypdfium2.PdfDocument(path) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_each_paper_of_an_order_comes_out_as_a_file(kenpin, tmp_path):  # noqa: F811
    take_in(kenpin, tmp_path, {})
    target = tmp_path / "paper.pdf"
    early = kenpin("print", "invoice", NUMBER, "-o", target)
    assert early.status == 1
    assert kenpin("release", "--stale-ok").status == 0
    for name, said in (("return-slip", "返品用紙"), ("address-label", "〒150-0001")):
        assert kenpin("print", name, NUMBER, "-o", target).status == 0
        assert said in text_of(target)
        assert "¥" not in text_of(target)


def test_an_invoice_without_a_rate_is_refused_and_the_remedy_works(kenpin, tmp_path):  # noqa: F811
    take_in(kenpin, tmp_path, TO_BUYER)
    assert kenpin("release", "--stale-ok").status == 0
    target = tmp_path / "invoice.pdf"
    refused = kenpin("print", "invoice", NUMBER, "-o", target)
    assert refused.status == 1
    assert "TEA-1 の税率がわかりません" in refused.error
    assert kenpin("settings", "set", "invoice.rate", "8").status == 0
    done = kenpin("print", "invoice", NUMBER, "-o", target)
    assert done.status == 0
    assert "登録番号（T で始まる番号）が設定にありません" in done.error
    assert "8％ で計算しました" in done.error
    assert "納品書兼領収書" in text_of(target)
    assert "8％対象¥900¥66" in text_of(target)
