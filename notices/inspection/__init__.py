"""Anybody's official paper as it stands: read, its parts recognised, held against GB/T 9704-2012."""
