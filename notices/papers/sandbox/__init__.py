"""Where templates run: somebody else's program, which must neither reach out nor run on."""

from notices.papers.sandbox.allowed import Folders, Function, ReadOnly
from notices.papers.sandbox.environment import LONGEST, STEPS, EndlessError, Sandbox

__all__ = ["LONGEST", "STEPS", "EndlessError", "Folders", "Function", "ReadOnly", "Sandbox"]
