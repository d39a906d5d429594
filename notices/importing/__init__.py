"""From a notice nobody has seen to the draft of an edition: what is understood, what is words, what is left."""
