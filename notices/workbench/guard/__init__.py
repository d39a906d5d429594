"""Who may do what: keys, accounts, sessions, forms that are ours, and headers on every answer."""
