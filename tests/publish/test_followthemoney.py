"""FollowTheMoney itself reads what is written for it. It stands in an extra of its own (`pip install -e ".[ftm]"`): one of its parts is built from
source against ICU, which a machine with only Python, pip and make cannot do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from detente import dates, ontology
from detente.publish import formats
from detente.publish.formats import entities
from detente.records import Party
from publish.test_formats import ACT, CLAIM, REPORTS, ROW, content

followthemoney = pytest.importorskip("followthemoney", reason="FollowTheMoney is not installed; `pip install -e .[ftm]` brings it")
registry = followthemoney.registry


def test_followthemoney_itself_takes_every_entity_with_every_value() -> None:
    firm = Party(body="MNC:Fish"), Party(state="FIN"), Party(state="RHO", office="Envoy")
    rows = [ROW, formats.row(replace(ACT, id="act:3", claim=replace(CLAIM, source=firm, valid=dates.month(2014, 3)), claims=(CLAIM.id,)), REPORTS)]
    lines = [json.loads(line) for line in content("ftm", *rows).splitlines()]
    known = {line["id"]: line for line in lines}
    for line in lines:
        read = followthemoney.model.get_proxy(line)
        assert read.id == line["id"]
        for name, values in line["properties"].items():
            assert sorted(read.get(name)) == sorted(values), f"{line['schema']} {name}: {values}"
            kind = followthemoney.model.get(line["schema"]).get(name).type
            for each in values:
                assert kind.clean(each) == each or kind is registry.text or kind is registry.string, f"{name}: {each}"
                assert kind is not registry.entity or each in known, "what is named is there"
    told = followthemoney.model.get_proxy(known["act-3"])
    assert (told.get("startDate"), told.get("endDate")) == (["2014-03"], ["2014-03"])
    assert {known[key]["schema"] for key in told.get("organizer")} == {"Company", "PublicBody", "Person"}


def test_countries_are_those_of_followthemoney() -> None:
    assert {code: entities.country(code) for code in ontology.states()} == {code: registry.country.clean(code) for code in ontology.states()}
