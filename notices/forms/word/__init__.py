"""An office's own Word form: its tags, what they may name, what is wrong with them, and how it is filled."""
