"""A notice read into a draft, and a paper that came back from the office."""
