"""Dependence: the partner's share of a state's trade, by source and year, side by side where sources differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from detente.examine.material import How, Material, Proof, how, source, target
from detente.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`share` of `of`'s trade that is with `partner`, 0-1, by one source for one period."""

    act: str
    of: str
    partner: str
    period: str
    share: Decimal
    publication: str
    known: date | None
    how: How
    proofs: tuple[Proof, ...]


def find(material: Material) -> tuple[Share, ...]:
    """Shares in the trade of either of the two, with any partner, by period and source."""
    chosen = [act for act in material.around("trade_value") if act.claim.detail("measure") == "trade_share"]
    found = [_share(act, material) for act in chosen]
    return tuple(share for share in found if share is not None)


def fraction(value: str, unit: str) -> Decimal | None:
    """A share 0-1 from a number in percent or as a share; None for what is no share.

    >>> str(fraction("57", "percent"))
    '0.57'
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    found = number / 100 if unit in ("percent", "%") else number
    return found if 0 <= found <= 1 else None


def _share(act: Act, material: Material) -> Share | None:
    """A row of the measure trade_share gives the share of its first side in the whole trade of its second."""
    found = fraction(act.claim.detail("value") or "", act.claim.detail("unit") or "")
    if found is None:
        return None
    publication = act.citations[0].publication if act.citations else ""
    return Share(
        act=act.id, of=target(act), partner=source(act), period=act.claim.detail("period") or "", share=found,
        publication=publication, known=act.known, how=how(act), proofs=(material.proof(act),),
    )  # fmt: skip
