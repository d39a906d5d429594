"""The workbench: the library on pages of a browser, for one officer's machine or one machine of an office.

Nothing is decided here: a view asks :mod:`notices.api` in a worker process and shows what comes back.
"""
