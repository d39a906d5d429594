"""Two editions beside each other, all of them as a map, two Word files as one."""
