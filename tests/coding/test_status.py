"""The status of deeds and who says so, on sentences written for the test."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span, Token

from detente.coding import moods, parser, status
from detente.coding.status import StatusReading
from detente.dates import Interval, day, month, parse, year
from detente.ontology import family

TODAY = date(2014, 5, 8)
Reads = Callable[..., StatusReading]

CASES = """
happened|met|The president met his counterpart in Geneva.
happened|visit|The minister paid a visit to Hanoi.
happened|held|Talks were held in Oslo.
happened|Talks|Talks were held in Oslo.
happened|signed|The two countries have signed a treaty.
happened|imposed|Sanctions imposed in May hurt trade.
happened|visit|The visit was fruitful.
happened|attack|The council condemned the attack.
happened|condemned|The ministry condemned the attack.
happened|warned|Beijing warned that it would respond.
happened|Condemns|Foreign Minister Condemns Raid
planned|visit|The prime minister will visit Hanoi in June.
planned|visit|The prime minister plans to visit Hanoi.
planned|visit|He is scheduled to visit Hanoi.
planned|visit|He is expected to visit Hanoi next week.
planned|visit|He is to visit Hanoi.
planned|visit|He is going to visit Hanoi.
planned|visit|The two agreed to visit each other's capitals.
planned|visit|A visit is scheduled for June.
planned|visit|The planned visit drew crowds.
planned|visit|He is ready to visit Hanoi.
planned|send|Japan promised to send aid.
planned|meeting|The meeting will take place in June.
planned|talks|The sides will hold talks on Monday.
planned|meet|The ministers are due to meet on Friday.
planned|visit|Officials said the president would visit Hanoi in June.
happened|withdraw|The decision to withdraw the troops was taken in May.
happened|extend|The council decided to extend the ban.
planned|extend|The council will decide to extend the ban.
planned|support|The state will continue to support the north.
happened|aimed|They fired rounds aimed at a town.
happened|targeted|They targeted a town.
planned|plans|It has plans for a bridge.
planned|visit|The two sides are preparing for a visit by the president.
planned|visit|President to visit Hanoi
hypothetical|attack|They could attack at any time.
hypothetical|impose|The union may impose sanctions.
hypothetical|impose|The union threatened to impose sanctions.
hypothetical|attack|If they attack, the army will respond.
hypothetical|withdraw|The minister called on them to withdraw.
hypothetical|withdraw|The minister urged the rebels to withdraw.
hypothetical|sanctions|The minister called for sanctions.
hypothetical|talks|They want talks.
hypothetical|visited|It is possible that he visited Hanoi.
hypothetical|resume|He hopes that talks will resume.
hypothetical|attack|Would they attack?
hypothetical|lift|Unless they lift the ban, nothing moves.
hypothetical|war|The report spoke of the danger of a war.
hypothetical|normalize|Were the two to normalize relations, trade would grow.
hypothetical|sanctions|The union is considering sanctions.
negated|visit|The minister did not visit Hanoi.
negated|visit|The minister refused to visit Hanoi.
negated|attend|The envoy failed to attend the meeting.
negated|visited|No minister has visited Hanoi.
negated|visited|He never visited Hanoi.
negated|shelled|The army denied that it shelled the town.
negated|shelling|The army denied shelling the town.
negated|meeting|He left without meeting the king.
negated|agreement|No agreement was reached.
negated|agreement|The talks ended without an agreement.
negated|visit|The visit was cancelled.
negated|visit|They cancelled the visit.
negated|visit|He will not visit Hanoi.
negated|meet|Neither side agreed to meet.
negated|resuming|They refrained from resuming tests.
ongoing|holding|The two navies are holding drills.
ongoing|negotiating|The sides are negotiating a truce.
ongoing|negotiations|The sides are in negotiations over a truce.
ongoing|occupy|Troops continue to occupy the island.
ongoing|building|They have been building a road since 2010.
ongoing|supplies|The state still supplies fuel to the north.
attributed|shelled|The rebels said the army shelled the town.
attributed|shelled|The rebels claimed that the army had shelled the town.
attributed|shelled|The army allegedly shelled the town.
attributed|shelled|The army reportedly shelled the town.
attributed|shelled|According to the rebels, the army shelled the town.
attributed|shelled|The army shelled the town, according to witnesses.
attributed|shelled|The army shelled the town, witnesses said.
attributed|shelled|The army is said to have shelled the town.
attributed|shelled|The army is believed to have shelled the town.
attributed|attack|The alleged attack caused outrage.
attributed|shelling|The rebels accused the army of shelling the town.
happened|met|The minister said he met the king.
happened|signed|The spokesman confirmed that both had signed the deal.
historical|took|The former Soviet Union took the islands.
historical|signed|In the Cold War they signed a pact.
historical|visit|His previous visit was short.
historical|fought|The two once fought a war.
happened|visited|He visited Hanoi to sign a treaty.
happened|sign|He travelled to Hanoi to sign a treaty.
planned|sign|He will travel to Hanoi to sign a treaty.
happened|met|After they met, he left.
happened|criticized|While visiting Hanoi, he criticized the ban.
happened|visiting|While visiting Hanoi, he criticized the ban.
hypothetical|attack|Officials fear an attack.
happened|agreed|They agreed to resume talks.
planned|resume|They agreed to resume talks.
happened|helped|Norway helped to end the war.
happened|end|Norway managed to end the war.
negated|sign|The two have yet to sign the deal.
negated|rejected|He has not rejected the offer.
planned|visit|The visit has been postponed until May.
happened|invited|He invited the king to visit Hanoi.
hypothetical|extradite|A court rejected the request to extradite the man.
planned|tests|It announced plans for tests.
happened|talks|The leaders praised the talks.
happened|deal|The deal was signed on Monday.
negated|comment|There was no comment from the army.
happened|visited|He not only visited Hanoi but also spoke there.
negated|lifting|They ruled out lifting the ban.
hypothetical|pay|They should pay the debt.
planned|export|The state aims to export more gas.
ongoing|remains|The ban remains in force.
happened|crossed|Troops crossed the border overnight, the ministry announced.
planned|build|A project to build a bridge was launched.
happened|launched|A project to build a bridge was launched.
historical|hold|They used to hold talks.
ongoing|remain|The sanctions remain in force.
ongoing|based|The fleet is based in the port.
planned|uniting|It promotes one project: uniting the two grids.
happened|shelled|The army shelled the town, according to the news agency.
happened|shelled|The news agency reported that the army shelled the town.
planned|visit|It was announced that the king would visit Hanoi.
hypothetical|reaffirm|The requirement is that the north reaffirm its pledge.
hypothetical|heard|It appears that the message was heard.
negated|affected|It does not appear that the quarrel affected trade.
planned|visiting|They agreed on visiting each other.
hypothetical|strike|They discussed the threat of a strike.
hypothetical|launch|The shelling gave a pretext for the army to launch raids.
happened|detained|The court had pressed for a trial since he was detained.
negated|signed|Nobody signed the paper.
attributed|killed|Officials said two soldiers were killed.
happened|visit|The king was thanked for his visit.
happened|arrived|Kim arrived in Beijing on Monday, where he met Xi.
happened|met|Kim arrived in Beijing on Monday, where he met Xi.
planned|join|The three states, who were invited in 1997, will join the pact in March.
happened|invited|The three states, who were invited in March, will join the pact.
negated|met|The two have not met since March.
hypothetical|join|The state may join the pact next year.
happened|congratulate|The king phoned the president to congratulate him.
happened|discuss|The king received the envoy to discuss trade.
planned|discuss|The king will receive the envoy to discuss trade.
planned|crush|The army entered the town to crush the revolt.
happened|pardoned|The president has pardoned the general, her spokesman said.
ongoing|controls|The militia controls the port.
ongoing|claimed|The two have long claimed the islands.
happened|Backs|Parliament Backs Treaty
ongoing|regards|Ankara regards the militia as a threat.
happened|visits|The king visits the town.
happened|arrived|A delegation led by the vice premier arrived here on Tuesday for talks on trade.
happened|exchanged|The two leaders exchanged congratulatory messages on the 70th anniversary of diplomatic ties.
planned|visit|At the invitation of the president, the king will pay a state visit to Jordan from May 3 to 5.
happened|talks|Foreign ministers of the two countries wrapped up two days of talks in Vienna.
planned|open|The embassy is set to open next month.
ongoing|continuing|Talks between the two are continuing.
ongoing|underway|Talks are underway in Doha.
ongoing|occupies|The army still occupies two villages.
happened|expelled|Prague expelled three diplomats, prompting Moscow to expel two.
happened|recalled|Ankara has recalled its ambassador for consultations.
negated|ratified|The treaty was never ratified.
negated|resume|The two sides could not agree to resume talks.
negated|agree|The two sides could not agree to resume talks.
negated|reached|The talks broke up with no deal reached.
hypothetical|sanctions|Washington is weighing sanctions against the bank.
hypothetical|strike|Israel has not ruled out a strike.
hypothetical|impose|The bill would impose sanctions on the bank.
hypothetical|join|Kiev should join the pact, he said.
hypothetical|collapse|The deal could collapse, diplomats warn.
planned|supply|Under the deal, Russia will supply gas for 30 years.
planned|deploy|NATO intends to deploy four battalions.
planned|buy|India signed a contract to buy five systems.
happened|signed|India signed a contract to buy five systems.
planned|building|The two signed an agreement on building a bridge.
happened|pledged|Beijing pledged $60 million in aid.
planned|give|Beijing pledged to give $60 million in aid.
happened|offered|Beijing offered to mediate.
hypothetical|mediate|Beijing offered to mediate.
hypothetical|return|The UN urged both sides to return to talks.
happened|urged|The UN urged both sides to return to talks.
happened|launched|North Korea launched a missile that flew over Japan.
happened|flew|North Korea launched a missile that flew over Japan.
attributed|killed|At least five people were killed, police said.
attributed|crossed|Tehran said the boat had crossed into its waters.
attributed|plotting|He was accused of plotting a coup.
happened|detained|The guard detained a dozen men accused of plotting a coup.
happened|denies|Russia denies the charge.
negated|sending|Russia denies sending troops.
negated|sent|Russia denied it had sent troops.
happened|met|The minister, who met the pope in Rome, flew home.
happened|flew|The minister, who met the pope in Rome, flew home.
planned|travel|Kim is due to travel to Russia later this month, where he will meet Putin.
planned|meet|Kim is due to travel to Russia later this month, where he will meet Putin.
happened|visit|During the visit, the two sides signed five deals.
planned|visit|During his upcoming visit, he will sign five deals.
planned|sign|During his upcoming visit, he will sign five deals.
happened|cancelled|Trump cancelled the meeting with Kim.
negated|meeting|Trump cancelled the meeting with Kim.
negated|talks|Seoul called off the talks.
happened|called|Seoul called off the talks.
negated|visit|The planned visit was called off.
negated|attack|The drill was meant to deter an attack.
hypothetical|attack|They discussed how to respond to a possible attack.
happened|support|He thanked them for their support.
happened|participation|He praised their participation in the war.
planned|meeting|They agreed to hold a meeting in June.
happened|ended|The meeting ended without agreement.
negated|agreement|The meeting ended without agreement.
hypothetical|lifted|If sanctions are lifted, exports will grow.
hypothetical|grow|If sanctions are lifted, exports will grow.
planned|lifted|Sanctions will be lifted once the deal takes effect.
hypothetical|takes|Sanctions will be lifted once the deal takes effect.
happened|lifted|Sanctions were lifted after the deal took effect.
ongoing|hosting|China is hosting the summit.
ongoing|visiting|The prime minister is visiting Ankara.
happened|visited|A visiting minister visited a school.
happened|reiterated|The ministry reiterated its call for talks.
hypothetical|talks|The ministry reiterated its call for talks.
happened|said|The minister said trade had doubled.
attributed|doubled|The analyst said trade had doubled.
negated|recognize|Serbia does not recognize Kosovo.
planned|sending|Britain plans on sending a team.
hypothetical|use|The threat to use force was condemned.
hypothetical|force|The threat of force was condemned.
planned|retaliate|China vowed to retaliate.
happened|retaliated|China retaliated with tariffs of its own.
planned|impose|China vowed to impose tariffs unless the US backs down.
historical|ruled|Britain ruled the island until 1997 under colonial rule.
ongoing|stationed|Some 28,500 US troops are stationed in South Korea.
happened|passed|Parliament passed a bill allowing troops to stay.
hypothetical|stay|Parliament passed a bill allowing troops to stay.
negated|recall|Ankara has yet to recall its ambassador.
planned|closed|The base is to be closed by 2016.
attributed|firing|Seoul accused Pyongyang of firing first.
happened|rejected|They rejected the offer.
negated|deal|The council turned down the deal.
"""


def _parsed(sentence: str, word: str) -> tuple[Span, Token]:
    doc = parser.load()(sentence)
    return doc[:], next(token for token in doc if token.text == word)


def _read(sentence: str, word: str, *, when: Interval | None = None, spoken: bool = False) -> StatusReading:
    sent, trigger = _parsed(sentence, word)
    return status.read(sent, trigger, anchor=TODAY, when=when, spoken=spoken)


@pytest.mark.parametrize(("expected", "word", "sentence"), [line.split("|") for line in CASES.strip().splitlines()])
def test_status_of_a_deed_follows_from_the_grammar_around_it(expected: str, word: str, sentence: str) -> None:
    assert _read(sentence, word).status == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (year(2005), "historical"),
        (month(2013, 2), "historical"),
        (month(2013, 7), "happened"),
        (year(2013), "happened"),
        (day(date(2014, 5, 7)), "happened"),
        (parse("1985/.."), "happened"),
        (None, "happened"),
    ],
)
def test_what_ended_about_a_year_before_the_text_is_historical(when: Interval | None, expected: str) -> None:
    assert _read("The minister visited Hanoi.", "visited", when=when).status == expected


def test_what_is_told_in_the_present_is_not_historical() -> None:
    assert _read("The state believes its citizens fought there in 2005.", "believes", when=year(2005)).status == "happened"


def test_a_plan_does_not_become_historical_by_its_date() -> None:
    assert _read("The minister will visit Hanoi.", "visit", when=year(2005)).status == "planned"


def test_would_with_a_day_ahead_is_a_plan() -> None:
    assert _read("The union would hold talks next month.", "hold", when=month(2014, 6)).status == "planned"
    assert _read("The union would hold talks.", "hold").status == "hypothetical"
    assert _read("The union is hosting talks next month.", "hosting", when=month(2014, 6)).status == "planned"


def test_without_a_day_of_the_text_nothing_is_historical_by_date() -> None:
    sent, trigger = _parsed("The minister visited Hanoi.", "visited")
    assert status.read(sent, trigger, when=year(1950)).status == "happened"


SPEECH = "The envoy told reporters that the army shelled the town."


def test_speaker_and_addressee_are_told_apart() -> None:
    told = _read(SPEECH, "shelled")
    assert [SPEECH[slice(*place)] for place in (told.speaker, told.addressee) if place] == ["The envoy", "reporters"]
    assert told.relay is None
    assert (told.status, told.deed) == ("attributed", "happened")


def test_who_passes_it_on_is_the_relay() -> None:
    sentence = "The daily reported that the envoy said the army shelled the town."
    told = _read(sentence, "shelled")
    assert [sentence[slice(*place)] for place in (told.speaker, told.relay) if place] == ["the envoy", "The daily"]


@pytest.mark.parametrize(
    ("sentence", "speaker", "addressee", "relay"),
    [
        ("The daily quoted the envoy as saying that the army shelled the town.", "the envoy", None, "The daily"),
        ("The envoy was quoted by the daily as saying the army shelled the town.", "The envoy", None, "the daily"),
        ("The king said to his guest: “Tell your minister that we shelled the town.”", "The king", "your minister", "his guest"),
        ("A spokesman for the ministry told a newspaper that troops shelled the town.", "A spokesman for the ministry", "a newspaper", None),
        ("Troops shelled the town, the ministry said in a note.", "the ministry", None, None),
        ("The rebels' claim that the army shelled the town was denied.", "The rebels", None, None),
        ("It was reported that troops shelled the town.", None, None, None),
    ],
)
def test_voices(sentence: str, speaker: str | None, addressee: str | None, relay: str | None) -> None:
    told = _read(sentence, "shelled")
    places = (told.speaker, told.addressee, told.relay)
    assert [None if place is None else sentence[slice(*place)] for place in places] == [speaker, addressee, relay]


def test_according_to_names_the_speaker() -> None:
    sentence = "According to two witnesses, the army shelled the town."
    told = _read(sentence, "shelled")
    assert told.speaker is not None
    assert sentence[slice(*told.speaker)] == "two witnesses"


def test_the_agent_of_a_passive_is_the_speaker() -> None:
    sentence = "He was told by the envoy that the army shelled the town."
    told = _read(sentence, "shelled")
    assert [sentence[slice(*place)] for place in (told.speaker, told.addressee) if place] == ["the envoy", "He"]


def test_to_names_the_addressee() -> None:
    sentence = "The envoy said to his guest that the army shelled the town."
    told = _read(sentence, "shelled")
    assert told.addressee is not None
    assert sentence[slice(*told.addressee)] == "his guest"


@pytest.mark.parametrize(
    ("sentence", "word", "hedge"),
    [
        ("The army reportedly shelled the town.", "shelled", "reportedly"),
        ("The army may attack.", "attack", "may"),
        ("The army is believed to have shelled the town.", "shelled", "believed"),
        ("It appears that the message was heard.", "heard", "appears"),
        ("The alleged attack caused outrage.", "attack", "alleged"),
        ("The army shelled the town.", "shelled", None),
    ],
)
def test_hedges_are_kept_word_for_word(sentence: str, word: str, hedge: str | None) -> None:
    told = _read(sentence, word)
    assert told.hedge == hedge
    assert (None if told.hedge_place is None else sentence[slice(*told.hedge_place)]) == hedge


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The envoy said the raid was a crime.", "crime", "happened"),
        ("The envoy warned that it would retaliate.", "retaliate", "happened"),
        ("The envoy will tell the council that the raid was a crime.", "crime", "planned"),
        ("The envoy did not say that the raid was a crime.", "crime", "negated"),
        ("The envoy said he condemned the raid.", "condemned", "happened"),
        ("The envoy said they did not ask for leave.", "ask", "negated"),
        ("“The raid must stop at once.”", "stop", "happened"),
        ("The raid must stop at once.", "stop", "hypothetical"),
        ("He was clear: “The raid must stop.”", "stop", "happened"),
        ("The state tries to persuade the north to return.", "persuade", "happened"),
        ("The envoy condemned the raid.", "condemned", "happened"),
        ("The state will not release the prisoners.", "release", "happened"),
        ("The state refused to release the prisoners.", "release", "happened"),
        ("The state did not release the prisoners.", "release", "negated"),
    ],
)
def test_when_the_deed_is_the_speaking_the_verb_of_speech_is_judged(sentence: str, word: str, expected: str) -> None:
    assert _read(sentence, word, spoken=True).status == expected


def test_an_own_deed_is_not_attributed() -> None:
    assert _read("The king said he visited the town.", "visited").status == "happened"


def test_a_doubtful_verb_leaves_even_an_own_deed_to_the_speaker() -> None:
    assert _read("The king claimed that he visited the town.", "visited").status == "attributed"


def test_the_reading_names_the_word_that_decided() -> None:
    assert _read("The minister refused to visit Hanoi.", "visit").why == "negated: 'refused'"


def test_a_single_word_is_a_sentence() -> None:
    assert _read("Visit", "Visit").status in family("statuses")


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_every_word_of_any_text_gets_a_status(text: str) -> None:
    doc = parser.load()(text)
    for token in list(doc)[:10]:
        assert status.read(doc[:], token, anchor=TODAY).status in family("statuses")


def test_every_group_has_words() -> None:
    assert all(moods.groups().values())
