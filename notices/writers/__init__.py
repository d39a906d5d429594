"""Writers: a Document and a base go in, bytes come out."""
