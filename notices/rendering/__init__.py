"""A document in any format, and what its file is called."""
