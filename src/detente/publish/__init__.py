"""Verdicts as brief, charts and files, in fixed wording."""
