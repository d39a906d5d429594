"""Filled data out of Excel, CSV and YAML: rows, then records, each value checked and each problem placed."""
