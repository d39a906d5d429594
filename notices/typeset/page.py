"""Every figure of the page in one place, each with its clause of GB/T 9704-2012. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass, replace


def mm(length: float) -> float:
    """Millimetres as points."""
    return length * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Page:
    """The page. ``line`` is the one number the two readings of 22 lines differ in.

    With 28.95 the grid fills the text area, as Word's page set-up shows it; with 29.6 the ink of the first and last
    line touches the text area's edges and the grid reaches 2.4 mm beyond them (34.6 and 32.6 mm margins).
    """

    width: float = mm(210)  # 5.1 A4
    height: float = mm(297)
    top: float = mm(37)  # 5.2.1 天头
    left: float = mm(28)  # 5.2.1 订口
    text_width: float = mm(156)  # 5.2.1 版心
    text_height: float = mm(225)
    lines: int = 22  # 5.2.3 每面行数
    cells: int = 28  # 5.2.3 每行字数
    line: float = 28.95  # 5.2.3 一行之高
    size: float = 16  # 5.2.2 3 号字
    title_size: float = 22  # 7.3.1 2 号字
    title_line: float = 36  # 7.3.1 2 号字加 3 号字高的 7/8
    small_size: float = 14  # 7.4, 7.5 4 号字
    small_line: float = 26.25  # 7.4 4 号字加其高的 7/8
    gap: float = 14  # 3.2 一行之空：3 号字高的 7/8
    row_titles: bool = False  # 占满一行的单元格是以下各行的小标题，与下一行同页；公文的表没有
    head_shade: str = ""  # 表头、小标题行的底色；公文的表没有
    title_shade: str = ""

    mark_top: float = mm(72)  # 7.2.4 发文机关标志上边缘至版心上边缘 35 mm
    order_mark_top: float = mm(57)  # 10.2 命令标志上边缘至版心上边缘 20 mm
    mark_width: float = mm(150)  # 7.2.4 醒目、美观、庄重
    mark_height: float = mm(22)
    number_blank: int = 2  # 7.2.5 标志下空二行
    rule_below: float = mm(4)  # 7.2.7 分隔线在发文字号之下 4 mm
    rule: float = 1.5  # 7.2.7 线粗无规定，取惯例
    title_blank: int = 2  # 7.3.1 红色分隔线下空二行

    seal_blank: int = 2  # 7.3.5.1 印章顶端距正文一行之内

    letter_mark_top: float = mm(30)  # 10.1 标志上边缘至上页边 30 mm
    letter_rule_width: float = mm(170)  # 10.1 双线长 170 mm
    letter_rule_below: float = mm(4)  # 10.1 标志下 4 mm
    letter_rule_foot: float = mm(20)  # 10.1 距下页边 20 mm
    letter_thick: float = 2.25  # 10.1 上粗下细
    letter_thin: float = 0.75
    letter_between: float = 1.0

    imprint_thick: float = mm(0.35)  # 7.4.1 首条和末条
    imprint_thin: float = mm(0.25)  # 7.4.1 中间
    number_below: float = mm(7)  # 7.5 一字线上距版心下边缘 7 mm
    draft_top: float = mm(18)
    draft_size: float = 10.5

    table_size: float = 12  # 8 不定字号，取小四；列多时用五号
    table_line: float = 18
    table_small: float = 10.5
    table_small_line: float = 15
    table_fine: float = 9  # 小五，再小不易辨认
    table_fine_line: float = 11
    table_across: float = 3.5  # 单元格内边距
    table_down: float = 3.0
    table_fine_across: float = 2.0
    table_fine_down: float = 1.2
    table_rule: float = 0.5
    table_gap: float = 28.95 / 3  # 表与上下文字之间空三分之一行

    landscape: bool = False

    def turned(self) -> Page:
        """The same paper read with its left edge up (8 横排表格): all four margins turn with it."""
        return replace(
            self,
            width=self.height,
            height=self.width,
            top=self.left,
            left=self.height - self.bottom,
            text_width=self.text_height,
            text_height=self.text_width,
            lines=int(self.text_width / self.line),
            cells=int(self.text_height / self.size) + 1,
            landscape=True,
        )

    @property
    def table_sizes(self) -> dict[float, float]:
        """Sizes a table may be set in, the greatest first, each with the pitch of its lines."""
        return {
            self.table_size: self.table_line,
            self.table_small: self.table_small_line,
            self.table_fine: self.table_fine_line,
        }

    def padding(self, size: float) -> tuple[float, float]:
        """What a cell of a table set in a size keeps free beside its text, and above and below it."""
        if size < self.table_small:
            return self.table_fine_across, self.table_fine_down
        return self.table_across, self.table_down

    @property
    def cell(self) -> float:
        """The width of one character's place."""
        return self.text_width / self.cells

    @property
    def right(self) -> float:
        """The right edge of the text area, from the left edge of the paper."""
        return self.left + self.text_width

    @property
    def bottom(self) -> float:
        """The lower edge of the text area, from the top of the paper."""
        return self.top + self.text_height

    @property
    def grid_top(self) -> float:
        """The top of the first line's place; above the text area when the lines are more than fill it."""
        return self.top - max(0.0, self.lines * self.line - self.text_height) / 2

    @property
    def letter_rule_height(self) -> float:
        """Thick line, gap and thin line of a letter's double rule."""
        return self.letter_thick + self.letter_between + self.letter_thin


PAGE = Page()
REPORT = Page(
    width=mm(297),
    height=mm(210),
    top=mm(15),
    left=mm(15),
    text_width=mm(267),
    text_height=mm(180),
    lines=int(mm(180)),
    line=1,
    table_small=10,
    table_small_line=13,
    table_down=1,
    table_gap=0,  # texts keep their own distance
    landscape=True,
)
"""A report's page, no official paper's: 15 mm all round, lying, its step a point, its tables set closer."""

ASCENT = 0.88
"""The part of a Chinese character's square above the baseline."""

RED = "#f00"
BLACK = "#000"
GREY = "#888"

DRAFT = "草稿·尚有待定事项"
"""What every page of a document with something still to be confirmed says."""
