"""Next year's edition: what may not simply be carried over, each value confirmed, and the check before it is final."""
