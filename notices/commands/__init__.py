"""Commands that have grown a file of their own; the command line registers them."""
