"""How facts read: numerals, dates, bounds and phrases, and the words that bind."""
