"""Papers from their outlines: the facts a profile's ``outlines`` name, put in order and joined into a body."""

from notices.outlines.reading import body, field, selected
from notices.outlines.views import VIEWS, View

__all__ = ["VIEWS", "View", "body", "field", "selected"]
