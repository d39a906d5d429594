"""Where what is shipped lies."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
SHIPPED = next(folder for folder in (_PACKAGE / "data", _PACKAGE.parent) if (folder / "provinces").is_dir())
"""Where the shipped ``provinces/`` and ``templates/`` are: inside the wheel, or in the checkout."""
