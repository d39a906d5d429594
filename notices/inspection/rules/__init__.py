"""The rules a paper is held against, a small function each; :mod:`notices.inspection.catalog` lists them."""
