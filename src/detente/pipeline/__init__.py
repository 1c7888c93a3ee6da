"""The one sentence of the program: read sources, code claims, keep the ledger, measure, detect, examine, assess, publish.

The only place where the steps meet. `now` and `today` are the caller's clock; nothing here prints or reads the environment.
"""

from detente.pipeline.answering import Enquiry, answer, ask, assess, hypotheses, replay, shock, triads
from detente.pipeline.correcting import correct, records, write_sheet
from detente.pipeline.examining import Examined, Look, examine, looked, material, questioned, with_texts
from detente.pipeline.keeping import Known, Loaded, act_known, claims, claims_in, known, known_since, load_case, review, verify, write_whole
from detente.pipeline.merging import act_of, grouped, keep_merge, merge, origins
from detente.pipeline.moving import backup, export, restore
from detente.pipeline.publishing import Bundled, Reproduced, brief, bundle, cite, reproduce
from detente.pipeline.reading import Reading, Wanted, read
from detente.pipeline.reviewing import agreement, beside, entry, following, history, last, latest, progress, queue, retract, told

__all__ = [
    "Bundled",
    "Enquiry",
    "Examined",
    "Known",
    "Loaded",
    "Look",
    "Reading",
    "Reproduced",
    "Wanted",
    "act_known",
    "act_of",
    "agreement",
    "answer",
    "ask",
    "assess",
    "backup",
    "beside",
    "brief",
    "bundle",
    "cite",
    "claims",
    "claims_in",
    "correct",
    "entry",
    "examine",
    "export",
    "following",
    "grouped",
    "history",
    "hypotheses",
    "keep_merge",
    "known",
    "known_since",
    "last",
    "latest",
    "load_case",
    "looked",
    "material",
    "merge",
    "origins",
    "progress",
    "questioned",
    "queue",
    "read",
    "records",
    "replay",
    "reproduce",
    "restore",
    "retract",
    "review",
    "shock",
    "told",
    "triads",
    "verify",
    "with_texts",
    "write_sheet",
    "write_whole",
]
