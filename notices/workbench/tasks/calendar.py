"""The dates of a year."""
