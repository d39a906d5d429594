"""The WordprocessingML ground floor: packages, parts, relationships, elements."""
