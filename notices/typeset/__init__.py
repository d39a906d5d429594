"""The line grid of GB/T 9704-2012: Document to placed lines, nothing drawn. The way in is ``pages.typeset``.

A report has a page of its own, without the grid: ``reports``.
"""
