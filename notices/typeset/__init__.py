"""The line grid of GB/T 9704-2012: Document to placed lines, nothing drawn. The way in is ``pages.typeset``."""
