"""Names of places in Latin letters: the id a new authority is offered."""

import pytest

from notices.app.workspace import proposed_id
from notices.library import ID
from notices.wording.pinyin import syllables


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("啊座", ("a", "zuo")),
        ("绿色工厂", ("lv", "se", "gong", "chang")),
        ("安徽", ("an", "hui")),
        ("掠乱轮", ("lve", "luan", "lun")),
        ("", ()),
        ("亳州", None),
        ("甲A", None),
        ("龘", None),
    ],
)
def test_syllables_by_the_order_of_the_characters(text, spelled):
    assert syllables(text) == spelled


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("甲省工业和信息化厅", "jia"),
        ("乙丙壮族自治区工业和信息化厅", "yibing"),
        ("丁戊维吾尔自治区工业和信息化厅", "dingwu"),
        ("己庚土家族苗族自治州发展和改革委", "jigeng"),
        ("甲省乙丙市经济和信息化局", "jia-yibing"),
        ("甲州市工业和信息化局", "jiazhou"),
        ("亳州市工业和信息化局", ""),
        ("某中心", ""),
        ("", ""),
    ],
)
def test_an_id_is_offered_where_the_name_tells_one(name, identity):
    assert proposed_id(name) == identity
    assert not identity or ID.fullmatch(identity)
