"""Reports: what needs no line grid (comparisons, summaries, calendars), laid out once a format from one small model."""
