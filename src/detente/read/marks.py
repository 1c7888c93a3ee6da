"""What a web page itself marks as its day of publication: meta tags, JSON-LD, time elements, dated blocks, its address.

One rank after the other is asked, and the first that names a day decides; a rank that names two days names none, and the rest is not asked.
Ignores what stands in sidebars, menus, footers and comments, days of change, and days of pictures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from detente.read import lists, publication

_ASIDE = (
    "ancestor-or-self::*[self::aside or self::nav or self::footer or @role='complementary' "
    "or contains(@class,'related') or contains(@class,'comment')]"
)
_PATH = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_DATED = (
    "date",
    "published",
    "pubdate",
    "publish-date",
    "pub-date",
    "entry-date",
    "post-date",
    "article-date",
    "date-published",
    "dateline",
    "timestamp",
)
_JSON_CHARACTERS = 500_000


def day(tree: HtmlElement | None, *, address: str | None) -> date | None:
    """The day of publication that a page marks, or None."""
    sources: tuple[Callable[[], Iterator[date | None]], ...] = (
        lambda: _meta(tree, rank="1"),
        lambda: _linked_data(tree),
        lambda: _meta(tree, rank="2"),
        lambda: _times(tree),
        lambda: _dated(tree),
        lambda: _path(address),
    )
    for named in sources:
        days = [found for found in named() if found is not None] if tree is not None else []
        if days:
            return publication.agreed(days)
    return None


def changed(tree: HtmlElement | None) -> str | None:
    """What the page says of its last change: no day of publication, but worth telling."""
    found = [] if tree is None else tree.xpath("//meta[contains(@property,'modified_time') or @name='last-modified']/@content")
    return str(found[0])[:40] if found else None


def _meta(tree: HtmlElement, *, rank: str) -> Iterator[date | None]:
    for element in tree.iter("meta"):
        names = {str(element.get(key, "")).strip().lower() for key in ("property", "name", "itemprop")}
        if any(_marks().get(name) == rank for name in names):
            yield publication.written_day(str(element.get("content", "")))
    if rank == "1":
        for element in tree.xpath(f"//*[@itemprop='datePublished' and not(self::meta) and not({_ASIDE})]"):
            yield publication.written_day(str(element.get("datetime") or element.get("content") or element.text_content()))


def _linked_data(tree: HtmlElement) -> Iterator[date | None]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            told = json.loads(str(script)[:_JSON_CHARACTERS])
        except (ValueError, RecursionError):
            continue
        yield from (publication.written_day(str(item["datePublished"])) for item in _articles(told) if "datePublished" in item)


def _articles(told: Any) -> Iterator[Mapping[str, Any]]:
    """The objects at the top, in a list or in @graph; what they mention further down are other articles."""
    graph = told.get("@graph", [told]) if isinstance(told, dict) else told
    yield from (item for item in (graph if isinstance(graph, list) else []) if isinstance(item, dict))


def _times(tree: HtmlElement) -> Iterator[date | None]:
    for element in tree.xpath(f"//time[not({_ASIDE})]"):
        if "updated" not in str(element.get("class", "")) and "modif" not in str(element.get("class", "")):
            yield publication.written_day(str(element.get("datetime") or element.text_content()))


def _dated(tree: HtmlElement) -> Iterator[date | None]:
    for element in tree.xpath(f"//*[(@class or @id) and not({_ASIDE})]"):
        names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
        if any(name in _DATED for name in names):
            yield publication.written_day(" ".join(str(element.text_content()).split())[:200])


def _path(address: str | None) -> Iterator[date | None]:
    found = _PATH.search(urlsplit(address or "").path)
    if found is not None:
        year, month, number = found.groups()
        yield publication.written_day(f"{year}-{int(month):02d}-{int(number):02d}")


@cache
def _marks() -> Mapping[str, str]:
    return {row["mark"]: row["rank"] for row in lists.rows("date_marks")}
