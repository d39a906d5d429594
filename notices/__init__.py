"""绿色制造名单通知：one YAML profile an authority and year, rendered as official documents (GB/T 9704-2012)."""

__version__ = "0.1.0"
