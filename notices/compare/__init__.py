"""How the rules of two editions differ, and how those of many stand beside each other."""
