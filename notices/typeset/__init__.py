"""The line grid of GB/T 9704-2012: Document to positioned lines, without drawing anything."""

from notices.typeset.pages import typeset

__all__ = ["typeset"]
