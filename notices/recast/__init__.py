"""Anybody's text set anew on the page of GB/T 9704-2012: read, its parts recognised, written, and proven whole."""
