"""One edition: its pages beside its facts; values changed, drafts rolled, files kept."""
