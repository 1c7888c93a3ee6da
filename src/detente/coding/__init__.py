"""Code claims: from a document's text to proposed claims with their words, parties, time and status.

The door is `claims.load()`; every other module holds one part of the reading.
"""
