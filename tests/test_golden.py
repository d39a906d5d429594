"""Golden outlines of every shipped document: a change of model, profile or template shows as a diff here."""

from notices.coverage import checked
from notices.document import outline


def test_outlines(library, editions, golden):
    made = {
        f"{name.replace('@', '-')}/{kind}": one.document
        for name, edition in editions.items()
        for kind, one in checked(library, edition).items()
    }
    assert len(made) >= 6, "five notices and one set of rules"
    for name, document in made.items():
        golden(f"{name}.outline.txt", outline(document))
