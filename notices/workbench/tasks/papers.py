"""Any official document: what is wrong with its page, and a right one from it."""
