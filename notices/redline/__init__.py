"""Two Word files as one with native tracked changes, and the 花脸稿 of it."""
