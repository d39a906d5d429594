"""The use cases: what a command, or a program, asks for, from an edition to files."""
