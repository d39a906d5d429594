"""The whole calendar of an edition: what is stated, what is worked out from it, and whether it can be done in time."""
