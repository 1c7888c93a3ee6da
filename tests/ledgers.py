"""Acts of any kind, day, maker and sides, as strategies: ledgers for what must hold whatever is told."""

from __future__ import annotations

from hypothesis import strategies as st

from detente import ontology
from detente.records import Act, Status
from looked import act

NUMBERS = ("", "1", "-3", "0", "12.5", "9", "2014", "2014-06", "2020-12-31")
VALUES = (*NUMBERS, "USD mn", "soon", "percent", "ban", "first", "yes", "armistice-60", "slipped", "coal")
WORDS = ("since 1985", "the first visit ever", "a ban on coal", "an exception to it", "a record trade", "in reply", "at the 60th anniversary", "")
DAYS = ("1990", "2010-05-24", "2013-07-27", "2014-02/2014-05", "../2014-05-07", "2014-05-08/..", None)
PEOPLE = st.lists(st.sampled_from([("Aino Virta", "Minister", 4), ("Jon Storm", "President", 1), ("Olli", None, None)]), max_size=2)
STATUSES: tuple[Status, ...] = ("happened", "planned", "negated", "attributed")
STATES = st.sampled_from(["FIN", "ISL", "NOR", "SUN", "IGO:UNO", ""])


@st.composite
def acts(draw: st.DrawFn) -> Act:
    kind = draw(st.sampled_from(list(ontology.family("kinds"))))
    fields = (*ontology.term("kinds", kind).more["fields"].split(), "key", "effect")
    details = {name: draw(st.sampled_from(VALUES)) for name in fields if draw(st.booleans())}
    if details.get("effect") not in (None, "1", "0"):
        details["effect"] = "-1"
    words = f"{kind} {draw(st.sampled_from(WORDS))} {draw(st.integers(0, 99))}."
    known = draw(st.sampled_from(["2014-05-08", "2015-01-01", "2019-06-01", "2021-01-01"]))
    status = draw(st.sampled_from(STATUSES))
    people, hosts = draw(PEOPLE), draw(PEOPLE)
    return act(
        kind, draw(st.sampled_from(DAYS)), text=words, source=draw(STATES), target=draw(STATES), people=people, hosts=hosts,
        known=known, made_by=draw(st.sampled_from(["table", "coder", "person"])), status=status, more=details,
    )  # fmt: skip


LEDGERS = st.lists(acts(), max_size=7, unique_by=lambda a: a.id)
