"""Any value of an edition changed in a field of its kind: read, checked, and written in its place in the file."""
