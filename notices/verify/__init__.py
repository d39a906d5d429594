"""A profile held against its source: does the clause a fact cites say it, and is any clause left out?"""
