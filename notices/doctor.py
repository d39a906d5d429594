"""What this machine has: libraries, system libraries, and the face each role is set in."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from notices.columns import aligned
from notices.errors import MissingPartError

_LIBRARIES = (
    "click", "docxtpl", "fonttools", "jieba", "jinja2", "markdown", "pydantic", "python-docx", "pyyaml", "rich",
    "weasyprint",
)  # fmt: skip


def examine(folders: tuple[Path, ...]) -> tuple[str, bool]:
    """A report to read, and whether PDF and Word can both be made."""
    parts = [_libraries(), _drawing(), _fonts(folders)]
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


def _drawing() -> tuple[str, bool]:
    try:
        import weasyprint  # noqa: PLC0415 - loads Pango, which may be missing
    except (ImportError, OSError) as error:
        hint = "Debian、Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0；macOS：brew install pango"
        return f"PDF 排印：不能用（{error}）\n    → {hint}", False
    from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415

    if harfbuzz_subset is None:
        hint = "Debian、Ubuntu：apt-get install libharfbuzz-subset0；macOS：brew install harfbuzz"
        return f"PDF 排印：不能嵌入字体，缺少 libharfbuzz-subset\n    → {hint}", False
    return f"PDF 排印：可用（WeasyPrint {weasyprint.__version__}）", True


def _fonts(folders: tuple[Path, ...]) -> tuple[str, bool]:
    try:
        from notices.fonts import ROLE_NAMES, ROLES, find_fonts  # noqa: PLC0415 - fontTools is slow to import

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
