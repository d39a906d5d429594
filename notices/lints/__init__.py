"""Lint rules: each a small function with an id, a severity and a docstring that is its documentation.

A module a theme; :data:`notices.lints.catalog.LINTS` lists them all. The documentation is for users, and Chinese.
"""
