"""Seeded mutation of everything a stranger can send, run in process through the command line's own boundary."""
