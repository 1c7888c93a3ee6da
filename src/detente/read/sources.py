"""Reading: from files, folders, addresses and standard input to clean, dated documents, one by one as they come.

Each thing read ends in one fate: kept, refused with a reason, or failed with a traceback. A feed counts by its entries.
The steps: gather the bytes, recognise the format, extract the text (apart, where a parser is needed), clean it, find the day, refuse what
has none. Nothing is written here, and nothing is fetched but the addresses that were given.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from detente.read import apart, clean, extracting, formats, gathering, languages, publication
from detente.read.gathering import Item
from detente.read.outcomes import Extract, Failed, Kept, LeftOut, Limits, Outcome, Refusal, Refused, refusal
from detente.records import Document

_ORIGIN_CHARACTERS = 300
_HINT = "give it with --published YYYY-MM-DD"


def read(targets: Sequence[str], *, published: date | None, source: str | None, limits: Limits, stdin: bytes | None = None) -> Iterator[Outcome]:
    """Read all targets in their order: paths of files and folders, http and https addresses, `-` for the bytes `stdin`.

    `published` and `source` hold for every document and come before what is found in it. Outcomes come one by one;
    all but LeftOut are fates, and each thing read has exactly one.
    """
    with apart.Reader(limits=limits) as reader:
        run = _Run(reader, published, source, limits)
        for target in targets:
            yield from _target(target, run, stdin=stdin)


@dataclass(slots=True)
class _Run:
    """What holds for all that is read in one run; `seen` remembers what was kept, by hash."""

    reader: apart.Reader
    published: date | None
    source: str | None
    limits: Limits
    seen: dict[str, str] = field(default_factory=dict)


def _target(target: str, run: _Run, *, stdin: bytes | None) -> Iterator[Outcome]:
    try:
        for gathered in gathering.gather(target, limits=run.limits, stdin=stdin):
            if isinstance(gathered, Item):
                yield from _guarded(gathered, run)
            else:
                yield gathered
    except Exception:  # noqa: BLE001 - a fault while gathering is the third fate of the target, not the end of the run
        yield Failed(origin=clean.shown(target), traceback=traceback.format_exc())


def _guarded(item: Item, run: _Run) -> Sequence[Outcome]:
    try:
        return list(_item(item, run))
    except Exception:  # noqa: BLE001 - a fault in one document must not stop the others; it is counted with its traceback
        return [Failed(origin=item.origin, traceback=traceback.format_exc())]


def _item(item: Item, run: _Run) -> Iterator[Outcome]:
    original = hashlib.sha256(item.data).hexdigest()
    kind = formats.recognise(item.data, name=item.name, media_type=item.media_type)
    if isinstance(kind, Refusal):
        yield _refused(item.origin, kind)
    elif original in run.seen:
        yield _twice(item.origin, run.seen[original])
    else:
        run.seen[original] = item.origin
        for answer in _extracted(item, run, kind=kind):
            yield _fate(answer, run, item=item, kind=kind)


def _extracted(item: Item, run: _Run, *, kind: str) -> Sequence[apart.Answer]:
    if kind in extracting.APART:
        return run.reader.extract(item.data, kind=kind, charset=item.charset, address=item.address)
    return tuple(extracting.extract(item.data, kind=kind, charset=item.charset, address=item.address, limits=run.limits))


def _fate(answer: apart.Answer, run: _Run, *, item: Item, kind: str) -> Outcome:
    if isinstance(answer, apart.Fault):
        return Failed(origin=item.origin, traceback=answer.traceback)
    if isinstance(answer, Refusal):
        return _refused(item.origin, answer)
    origin = item.origin if answer.entry is None else clean.shown(f"{item.origin}#{answer.entry}")[:_ORIGIN_CHARACTERS]
    kept = _kept(answer, run, item=item, kind=kind)
    if isinstance(kept, Refusal):
        return _refused(origin, kept)
    if answer.entry is not None:
        if kept.document.id in run.seen:
            return _twice(origin, run.seen[kept.document.id])
        run.seen[kept.document.id] = origin
    return Kept(document=kept.document, origin=origin, original=kept.original, notes=kept.notes)


def _kept(extract: Extract, run: _Run, *, item: Item, kind: str) -> Kept | Refusal:
    if len(extract.text) > run.limits.characters:
        came = f"it has {len(extract.text)}"
        return refusal("too_large", f"a text of at most {run.limits.characters} characters", came=came, do="split it into its documents")
    cleaned = clean.clean(extract.text)
    unfit = _unfit(cleaned.text)
    if unfit is not None:
        return unfit
    found = publication.find(extract, text=cleaned.text, name=item.name, given=run.published)
    if found is None:
        return _dateless(extract)
    if found.day > datetime.now(UTC).date() + timedelta(days=1):
        return refusal("future_date", "a day of publication that has come", came=f"{found.day} ({found.where}) came", do="correct the day")
    notes = (f"published {found.day}: {found.where}", *extract.notes, *cleaned.notes, *_dissent(extract, found))
    clean_extract = replace(extract, text=cleaned.text, published=found.day)
    return Kept(document=_document(clean_extract, run, item=item, kind=kind), origin=item.origin, original=item.data, notes=notes)


def _document(extract: Extract, run: _Run, *, item: Item, kind: str) -> Document:
    return Document(
        text=extract.text,
        source=run.source or _line(extract.source) or _host(item.address) or clean.shown(item.name) or item.origin,
        title=_line(extract.title),
        address=_link(extract.address) or _link(item.address),
        published=extract.published,
        language=languages.detect(extract.text),
        media_type=extract.media_type or formats.media_type(kind),
        original=hashlib.sha256(item.data).hexdigest(),
        retrieved_at=item.retrieved_at,
    )


def _host(address: str | None) -> str | None:
    return None if address is None else _line(urlsplit(address).hostname)


def _link(address: str | None) -> str | None:
    """An address that may be followed: what a file names as its own may be anything, also a script."""
    line = _line(address)
    return line if line is not None and line.lower().startswith(("http://", "https://")) else None


def _line(text: str | None) -> str | None:
    """Metadata pass the same gate as the text, and stand on one line; nothing is None."""
    return " ".join(clean.clean(text or "").text.split())[:1_000] or None


def _unfit(text: str) -> Refusal | None:
    if not any(map(str.isalnum, text)):
        return refusal("empty", "a document with text in it", came="no letter is left when it is cleaned", do="check that it was saved whole")
    language = languages.detect(text)
    if language not in languages.SUPPORTED:
        shares = languages.shares(text) or {}
        known = f"it looks like `{language}`" if language != languages.UNKNOWN else "its language is not known"
        came = f"{known}; {shares.get('en', 0):.0%} of its words are among the frequent English ones"
        return refusal("unsupported_language", "a text in English or Russian", came=came, do="read an English translation and name its source")
    return None


def _dateless(extract: Extract) -> Refusal:
    hint = "" if extract.weak_day is None else f"; the file itself was made or changed on {extract.weak_day}, which need not be that day"
    return refusal("no_date", "the day of publication", came=f"it stands nowhere in the metadata, the first lines or the file's name{hint}", do=_HINT)


def _dissent(extract: Extract, found: publication.Found) -> tuple[str, ...]:
    if extract.published is None or extract.published == found.day:
        return ()
    return (f"its own metadata say {extract.published}",)


def _refused(origin: str, told: Refusal) -> Refused:
    return Refused(origin=origin, reason=told.reason, message=clean.shown(told.message))


def _twice(origin: str, first: str) -> Refused:
    return _refused(origin, refusal("duplicate", "a document that was not read yet", came=f"it is the same as {first}", do="nothing need be done"))


def count(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many were kept, refused, failed and left out.

    >>> count([LeftOut(origin="folder", count=2)])
    {'kept': 0, 'refused': 0, 'failed': 0, 'left_out': 2}
    """
    fates = {"kept": Kept, "refused": Refused, "failed": Failed}
    named = {name: sum(isinstance(outcome, fate) for outcome in outcomes) for name, fate in fates.items()}
    return {**named, "left_out": sum(outcome.count for outcome in outcomes if isinstance(outcome, LeftOut))}
