"""The examinations that are shown together under one name, with a line of help each: the commands and the pages of the desk are these."""

from __future__ import annotations

from dataclasses import dataclass

NARROW = ("visits", "silences", "signals", "agreements", "positions", "statements")
"""Examinations of which only what is between the two is shown unless --with-others is given."""


@dataclass(frozen=True, slots=True)
class Family:
    """A command: its name, the examinations it shows, and its help."""

    name: str
    shows: tuple[str, ...]
    help: str


FAMILIES = (
    Family("visits", ("visits",), "Visits and receptions: who came, in which offices and of what rank, who received him and who did not."),
    Family("silences", ("silences",), "Non-events: nobody sent, not received, not invited, or an expected day that passed."),
    Family("occasions", ("occasions",), "The same anniversary, congress or forum across years and senders."),
    Family("signals", ("signals",), "Signals and what may have answered them, with the lag and how sure the link is."),
    Family("agreements", ("agreements", "obligations"), "Agreements on the ladder with every step, and debts with face and market value."),
    Family("targets", ("targets", "aspirations"), "Targets with the growth they need and what came; wishes without a number apart."),
    Family("due", ("expectations",), "What was announced: due, happened, slipped, dropped, overdue."),
    Family("projects", ("projects",), "Joint projects: milestones declared against delivered."),
    Family("bans", ("bans", "exceptions", "checks"), "Sanctions, the exceptions to them, and acts held against the bans in force on their day."),
    Family("positions", ("positions", "asks"), "Positions by issue, forum and actor; what was asked in talks and what was answered."),
    Family("firsts", ("firsts",), "Superlatives as queries over the ledger, with counter-examples or the coverage that is missing."),
    Family("proclaimed", ("proclaimed",), "Who proclaimed a new stage, what followed in 1, 3 and 5 years, and how often such claims came true."),
    Family(
        "issues", ("issues", "statements"), "Issues with hazard, stakeholders, options and precedents; and all that is told and not typed further."
    ),
    Family("conflicts", ("conflicts",), "Sources that disagree, side by side."),
    Family("votes", ("votes", "favours"), "Votes by forum and resolution, how often the two chose alike, and favours that may have been returned."),
    Family("dependence", ("dependence",), "A partner's share of the other's trade, by source and year."),
    Family(
        "readings", ("citations", "counted", "names", "unread"), "How texts were read: sources cited, relative dates, spellings of names, furniture."
    ),
)
