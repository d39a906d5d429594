"""What this machine has: libraries, system libraries, and the face each role is set in."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from importlib import metadata
from io import StringIO
from pathlib import Path

from notices.errors import MissingPartError
from notices.wording.columns import aligned

_LIBRARIES = (
    "click", "docxtpl", "jieba", "jinja2", "markdown", "openpyxl", "pydantic", "pydyf", "python-docx", "pyyaml", "rich",
    "uharfbuzz",
)  # fmt: skip


def examine(folders: tuple[Path, ...]) -> tuple[str, bool]:
    """A report to read, and whether papers can be made in Word and PDF both; what only reports need does not count."""
    parts = [_libraries(), _typesetting(), (_reports(), True), _fonts(folders)]
    return "\n\n".join(text for text, _ in parts), all(good for _, good in parts)


def _libraries() -> tuple[str, bool]:
    rows = [("程序库", "版本"), ("Python", ".".join(map(str, sys.version_info[:3])))]
    good = True
    for name in _LIBRARIES:
        try:
            rows.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            rows.append((name, "缺少：pip install " + name))
            good = False
    return aligned(rows), good


def _typesetting() -> tuple[str, bool]:
    what = "PDF（公文、附件、核对清单）"
    try:
        import pydyf  # noqa: PLC0415 - may be missing
        import uharfbuzz  # noqa: PLC0415
    except (ImportError, OSError) as error:
        return f"{what}：不能用（{error}）\n    → pip install uharfbuzz pydyf；Word 不受影响", False
    return f"{what}：可用（uharfbuzz {uharfbuzz.__version__}、pydyf {pydyf.__version__}）", True


def _reports() -> str:
    """Whether reports can be printed. It is no fault if not: they can be had in HTML, and papers do not need it."""
    what = "PDF（报表：对照表、日程、批量核对的汇总、花脸稿）"
    try:
        with redirect_stdout(StringIO()):  # it prints advice of its own, in English, before it fails
            import weasyprint  # noqa: PLC0415 - loads Pango, which may be missing
    except (ImportError, OSError) as error:
        system = "Debian、Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0；macOS：brew install pango"
        hint = "pip install weasyprint" if isinstance(error, ModuleNotFoundError) else system
        return f"{what}：不能用（{error}）\n    → {hint}；不装也能出网页和 Word，公文、附件的 PDF 不受影响"
    return f"{what}：可用（weasyprint {weasyprint.__version__}）"


def _fonts(folders: tuple[Path, ...]) -> tuple[str, bool]:
    try:
        from notices.typeset.fonts import ROLE_NAMES, ROLES, find_fonts  # noqa: PLC0415 - needs HarfBuzz

        fonts = find_fonts(folders)
    except MissingPartError as error:
        return f"字体：{error}", False
    rows = [("字体", "用", "文件", "说明")]
    for role in ROLES:
        face, *rest = fonts.chain(role)
        what = "单位用字体" if face.own else "代用"
        backup = f"；缺字时用 {'、'.join(f.family for f in rest)}" if rest else "；没有备用字体"
        rows.append((ROLE_NAMES[role], face.family, str(face.path), what + backup))
    return aligned(rows), True
