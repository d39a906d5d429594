"""Titles: lines that fit, break between words, and balance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.document.blocks import Title
from notices.papers.compose import compose
from notices.wording.titles import CAPACITY, balanced, width


@pytest.mark.parametrize(
    ("title", "terms", "lines"),
    [
        ("自治区工业和信息化厅关于开展2024年度自治区绿色制造名单申报工作的通知", ("自治区工业和信息化厅",),
         ("自治区工业和信息化厅关于开展2024年度", "自治区绿色制造名单申报工作的通知")),
        ("贵州省工业和信息化厅关于组织开展2024年度省层面绿色制造名单申报工作的通知", ("贵州省工业和信息化厅",),
         ("贵州省工业和信息化厅", "关于组织开展2024年度省层面", "绿色制造名单申报工作的通知")),
        ("绿色供应链管理企业自评价报告和第三方评价报告", (), ("绿色供应链管理企业", "自评价报告和第三方评价报告")),
        ("工业和信息化部办公厅关于开展2023年度绿色制造名单推荐工作的通知", ("工业和信息化部办公厅",),
         ("工业和信息化部办公厅关于开展", "2023年度绿色制造名单推荐工作的通知")),
        ("贵州省绿色制造梯度培育及管理实施细则", (), ("贵州省绿色制造梯度培育及管理实施细则",)),
    ],
)  # fmt: skip
def test_titles_break_between_words(title, terms, lines, programme):
    assert balanced(title, terms, words=programme.terms) == lines


@given(
    st.text(st.sampled_from("绿色制造名单的和与关于开展通知2024年度（）《》、工业信息化厅"), min_size=1, max_size=60)
)
def test_nothing_is_lost_and_lines_fit(title):
    lines = balanced(title)
    assert "".join(lines) == title
    assert all(lines)
    if len(lines) > 1 and width(title) <= 2 * CAPACITY - 12:
        assert all(width(line) <= CAPACITY for line in lines)


def test_no_line_starts_with_a_particle(programme):
    title = "测试省工业和信息化厅测试省发展和改革委员会关于印发绿色制造工作的实施方案的通知"
    for line in balanced(title, words=programme.terms)[1:]:
        assert line[0] not in "的和与及、》）"


def test_a_very_long_title_takes_no_time_and_a_long_name_is_cut(programme):
    title = "某某省工业和信息化厅关于" + "开展绿色制造名单申报和动态管理工作" * 20 + "的通知"
    lines = balanced(title)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= CAPACITY
    name = "中国（上海）自由贸易试验区临港新片区管理委员会"
    lines = balanced(f"{name}关于开展2024年度绿色制造名单申报工作的通知", (name,), words=programme.terms)
    assert len(lines) == 3


def test_no_line_of_a_shipped_title_is_longer_than_19_characters(library):
    editions = (library.load(one) for one in library.editions())
    found = [(edition, kind) for edition in editions for kind in edition.profile.papers]
    assert len(found) > 6
    for edition, kind in found:
        blocks = compose(edition, kind, library).document.blocks
        (title,) = (block for block in blocks if isinstance(block, Title))
        assert max(map(width, title.lines)) <= 19, title.lines
