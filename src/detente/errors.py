"""Every error the program raises on purpose.

DetenteError
├── InputError            what the user gave cannot be used
│   ├── DateError         a text is no date that we know
│   ├── TermError         a code is not in the vocabulary
│   ├── SourceError       a file, folder, feed or address cannot be read
│   ├── CaseError         a row of a case table is wrong
│   ├── BundleError       a bundle is damaged, changed or hostile
│   ├── EngineError       an engine is not installed, does not start, or only takes text
│   └── QuestionError     a question cannot be understood or answered
└── LedgerError           the store cannot do what was asked
    ├── LedgerBusy        another writer holds it
    ├── LedgerVersion     made by a newer or a foreign program
    ├── LedgerUnwritable  disk full, folder read-only
    └── LedgerUnsound     what is stored does not verify

A message says what was expected, what came and what to do. Foreign errors are translated where they arise.
"""

from __future__ import annotations

from functools import partial


class DetenteError(Exception):
    """The root: what was expected, what came instead, what to do about it."""

    def __init__(self, expected: str, *, came: str, do: str) -> None:
        self.expected, self.came, self.do = expected, came, do
        super().__init__(f"expected {expected}, but {came}; {do}")

    def __reduce__(self) -> tuple[partial[DetenteError], tuple[()]]:
        """The same on the other side of a process."""
        return partial(type(self), self.expected, came=self.came, do=self.do), ()


class InputError(DetenteError):
    """What the user gave cannot be used."""


class DateError(InputError):
    """A text is no date that we know."""


class TermError(InputError):
    """A code is not in the vocabulary."""


class SourceError(InputError):
    """A file, folder, feed or address cannot be read."""


class CaseError(InputError):
    """A row of a case table is wrong."""


class BundleError(InputError):
    """A bundle is damaged, changed or hostile."""


class EngineError(InputError):
    """An engine is not installed, does not start, or only takes text."""


class QuestionError(InputError):
    """A question cannot be understood or answered."""


class LedgerError(DetenteError):
    """The store cannot do what was asked."""


class LedgerBusy(LedgerError):
    """Another writer holds the ledger."""


class LedgerVersion(LedgerError):
    """The file was made by a newer or a foreign program."""


class LedgerUnwritable(LedgerError):
    """The disk is full or the folder is read-only."""


class LedgerUnsound(LedgerError):
    """What is stored does not verify."""
