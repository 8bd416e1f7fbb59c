"""The form, filled in as a browser without JavaScript fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recognition.evaluate import plan
from recognition.explain import wording
from recognition.profile import written
from recognition.profile.schema import LEAVES
from recognition.server import choices, form, pages, texts
from recognition.server.app import create_app
from recognition.server.fields import SECTIONS
from recognition.server.settings import Settings
from recognition.standard.library import Library

LANGUAGES = ("en", "zh")
PERSON = {
    "citizenships.0": "AU",
    "degrees.0.level": "bachelor",
    "degrees.0.country": "AU",
    "degrees.0.started_on": "2011-02-21",
    "degrees.0.awarded_on": "2014-12-12",
    "degrees.0.years": "4",
    "degrees.0.accreditations.0.by": "EA",
    "degrees.0.accreditations.0.accord": "washington-accord",
    "degrees.0.accreditations.0.from": "2009-01-01",
    "degrees.0.accreditations.0.until": "2018-12-31",
    "degrees.0.accreditations.0.basis": "intake",
    "degrees.0.accreditations.0.status": "full",
    "degrees.0.accreditations.0.scope.none": "yes",
    "as_of": "2026-11-24",
    "standards": "washington-accord",
    "hosts": "CA",
    "do": "decide",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    return TestClient(create_app(library, Settings()))


class Seen(HTMLParser):
    """A page as a reader sees it: its fields with their values, its ids, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.labelled: set[str] = set()
        self.typed: set[str] = set()
        self.described: list[str] = []
        self.words: list[str] = []
        self._select = ""
        self.feed(page)
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.ids += [held["id"]] if "id" in held else []
        self.targets += [held["href"][1:]] if held.get("href", "").startswith("#") else []
        self.described += held.get("aria-describedby", "").split()
        if tag == "label" and "for" in held:
            self.labelled.add(held["for"])
        if tag == "select":
            self._select = held["name"]
            self.fields[self._select] = ""
            self.typed.add(held["id"])
        if tag == "option" and "selected" in held:
            self.fields[self._select] = held["value"]
        if tag == "input" and (held.get("type") not in ("checkbox", "radio") or "checked" in held):
            self.fields[held["name"]] = held["value"]

        if tag == "input" and "type" not in held:
            self.typed.add(held["id"])

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def sent(client: TestClient, answers: dict[str, Any], lang: str = "en") -> Any:
    return client.post(f"/{lang}/", data=answers)


def profile(library: Library, **answers: str) -> dict[str, Any]:
    """The profile that answers state, without its id."""
    named = {name.replace("__", "."): (value,) for name, value in answers.items()}
    told = form.FormReader(form.Answers(named), library.vocabularies).profile()
    assert told.pop("id")
    return told


# --- the pages


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("de,zh;q=0.2", "zh"),
        ("fr", "en"),
        ("zh;q=0,en;q=0.1", "en"),
        ("zh;q=much", "en"),
    ],
)
def test_the_front_leads_to_the_language_of_the_browser(
    client: TestClient, accepted: str, lang: str
) -> None:
    """The front page goes on to the language that the browser likes best."""
    answer = client.get("/", headers={"Accept-Language": accepted}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/{lang}/")
    assert answer.headers["vary"] == "Accept-Language"
    assert pages.preferred(accepted) == lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_a_label_and_an_id_of_its_own(client: TestClient, lang: str) -> None:
    """Fields are labelled, ids are not used twice, descriptions and links lead somewhere."""
    for answer in (
        client.get(f"/{lang}/"),
        sent(client, PERSON, lang),
        sent(client, {**PERSON, "as_of": "soon", "degrees.0.awarded_on": "x"}, lang),
    ):
        seen = Seen(answer.text)
        assert len(seen.ids) == len(set(seen.ids))
        assert set(seen.described) <= set(seen.ids)
        assert set(seen.targets) <= set(seen.ids)
        assert seen.typed <= seen.labelled


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_needs_nothing_from_elsewhere(client: TestClient, lang: str) -> None:
    """Pages hold no script, no style of their own, and load only what the service has."""
    text = sent(client, PERSON, lang).text
    assert "<script" not in text
    assert "style=" not in text
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', text)
    assert loaded
    for path in loaded:
        assert client.get(path).status_code == 200


def test_a_page_is_not_kept(client: TestClient) -> None:
    """What a person typed is kept nowhere."""
    assert sent(client, PERSON).headers["cache-control"] == "no-store"


# --- decisions


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_form_is_decided(client: TestClient, lang: str) -> None:
    """A person with an accredited degree reads that it is recognised, and the notice."""
    answer = sent(client, PERSON, lang)
    seen = Seen(answer.text)
    assert answer.status_code == 200
    assert texts.text(lang, "counts", 1, 0, 0) in seen.text
    assert wording.NOTICE[lang] in seen.text
    assert {"en": "Washington Accord", "zh": "华盛顿协议"}[lang] in seen.text
    assert {"en": "Canada", "zh": "加拿大"}[lang] in seen.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_would_settle_leads_to_its_field(client: TestClient, lang: str) -> None:
    """An undetermined decision says what is missing, and each line leads to its field."""
    answer = sent(client, {**PERSON, "degrees.0.awarded_on": ""}, lang)
    assert texts.text(lang, "counts", 0, 1, 0) in Seen(answer.text).text
    assert texts.text(lang, "settle") in answer.text
    assert 'href="#degrees.0.awarded_on"' in answer.text


def test_what_was_typed_is_still_there_beside_the_decisions(client: TestClient) -> None:
    """The form below the decisions holds the answers, to be changed."""
    fields = Seen(sent(client, PERSON).text).fields
    assert {name: fields[name] for name in PERSON if name != "do"} == {
        name: value for name, value in PERSON.items() if name != "do"
    }


def test_an_empty_form_is_decided(client: TestClient) -> None:
    """Nothing known is an answer too: nobody is told to be eligible."""
    seen = Seen(sent(client, {"do": "decide", "standards": "washington-accord"}).text)
    assert re.search(r"\b0 eligible, \d+ undetermined", seen.text)


def test_no_agreement_ticked_asks_for_all_of_a_place(client: TestClient, library: Library) -> None:
    """With a place and no agreement, those that can be asked for there are decided."""
    text = sent(client, {"do": "decide", "hosts": "US-TX"}).text
    told = set(re.findall(r"<dd>([a-z0-9-]+) ", text))
    expected = {id for id in library.standards if "US-TX" in library.hosts(id)}
    assert expected <= told


@pytest.mark.parametrize(
    ("country", "within"),
    [("US", ("us-pe", "us-tx-133-26")), ("AU", ("au-qld-rpeq",)), ("CN", ("cn-gd-filing",))],
)
def test_a_country_stands_for_its_parts(
    client: TestClient, library: Library, country: str, within: tuple[str, ...]
) -> None:
    """Boards of states and provinces are asked where the country alone is ticked."""
    told = re.findall(r"<dd>([a-z0-9-]+) ", sent(client, {"do": "decide", "hosts": country}).text)
    assert set(within) <= set(told)
    for id in within:
        assert country not in library.hosts(id)


def test_a_part_of_a_country_does_not_stand_for_the_country(library: Library) -> None:
    """Who ticks Texas asks for Texas, and an agreement keeps to its own hosts."""
    asked = ("us-pe", "ipea")
    texas, whole = (choices.question(library, asked, (place,)) for place in ("US-TX", "US"))
    assert [line.host for line in plan(library, texas).lines] == ["US-TX", "US-TX"]
    hosts = [(line.standard.id, line.host) for line in plan(library, whole).lines]
    assert ("ipea", "US") in hosts
    assert ("us-pe", "US-TX") in hosts
    assert not {("ipea", "US-TX"), ("us-pe", "US")} & set(hosts)


@pytest.mark.parametrize(
    ("lang", "first", "gives"),
    [
        ("en", "Recognised: nothing more is asked", "It gives: The degree counts"),
        ("zh", "予以承认：就此不再另有要求", "作用: 该学位视为满足"),
    ],
)
def test_a_card_says_first_how_far_it_reaches(
    client: TestClient, lang: str, first: str, gives: str
) -> None:
    """Reach and what it gives stand at its head, before the criteria."""
    text = Seen(sent(client, PERSON | {"hosts": "NZ"}, lang).text).text
    criteria = text.index(texts.text(lang, "met-list", 1)[:5])
    assert 0 < text.index(first) < text.index(gives) < criteria


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_does_not_concern_a_person_stands_apart(client: TestClient, lang: str) -> None:
    """Under a heading of its own, counted, and not among the criteria that are met."""
    page = sent(client, PERSON, lang).text
    aside = page.count('<li class="finding not-applicable">')
    assert aside > 5
    assert texts.text(lang, "aside-list", aside) in page
    assert texts.text(lang, "met-list", page.count('<li class="finding met">')) in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "This register is applied for where you are registered: Singapore."),
        ("zh", "此名册须在您的注册地申请：新加坡。"),
    ],
)
def test_who_asks_for_a_register_elsewhere_is_led_to_it(
    client: TestClient, lang: str, said: str
) -> None:
    """Above the decisions, and on the card; not where the person is registered."""
    asked = {"registrations.0.body": "PEB", "registrations.0.country": "SG", "do": "decide"}
    asked["standards"] = "asean-acpe"
    text = Seen(sent(client, asked | {"hosts": "MY"}, lang).text).text
    assert text.count(said) == 2
    assert said not in Seen(sent(client, asked | {"hosts": "SG"}, lang).text).text


def test_length_and_way_of_study_and_assessments_are_asked(library: Library) -> None:
    """What the accords ask of a degree can be said in the form."""
    told = profile(
        library,
        degrees__0__programme="Civil Engineering",
        degrees__0__years="4",
        degrees__0__mode="part-time",
        degrees__0__notional_start="2010-09",
        assessments__0__by="EA",
        assessments__0__on="2020",
    )
    assert told["degrees"] == [
        {
            "programme": "Civil Engineering",
            "years": 4,
            "mode": "part-time",
            "notional_start": "2010-09",
        }
    ]
    assert told["assessments"] == [{"by": "EA", "on": "2020"}]


# --- what is wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wrong_input_is_told_beside_its_field(client: TestClient, lang: str) -> None:
    """Problems are summed up on top and told beside their fields, and what was typed stays."""
    wrong = {
        **PERSON,
        "degrees.0.awarded_on": "2014-02-30",
        "cpd.0.year": "2024",
        "cpd.0.hours": "lots",
        "experience.0.from": "2020",
        "experience.0.until": "2019",
        "registrations.0.country": "AU",
        "registrations.0.region": "Texas",
    }
    answer = sent(client, wrong, lang)
    seen = Seen(answer.text)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    for name, typed in (
        ("degrees.0.awarded_on", "2014-02-30"),
        ("cpd.0.hours", "lots"),
        ("experience.0.until", "2019"),
        ("registrations.0.region", "Texas"),
    ):
        assert name in seen.targets
        assert f"{name}.wrong" in seen.described
        assert seen.fields[name] == typed
    assert texts.text(lang, "problem-not-a-date", "2014-02-30") in seen.text
    assert texts.text(lang, "problem-wrong-type", "lots") in seen.text
    assert texts.text(lang, "problem-end-before-start", "2019", "2020") in seen.text
    assert texts.text(lang, "problem-region-elsewhere", "US-TX") in seen.text


@pytest.mark.parametrize(
    ("answers", "place", "key"),
    [
        ({"as_of": "2026"}, "as_of", "problem-not-a-date"),
        ({"standards": "nope"}, "standards", "problem-no-such-standard"),
        ({"hosts": "QQ"}, "hosts", "problem-no-such-code"),
        ({"degrees.none": "yes", "degrees.0.level": "master"}, "degrees", "problem-none-and-some"),
        (
            {"experience.0.until": "2020", "experience.0.until.open": "yes"},
            "experience.0.until",
            "problem-open-and-day",
        ),
        ({"cpd.0.hours": "NaN"}, "cpd.0.hours", "problem-wrong-type"),
        ({"cpd.0.hours": "-3"}, "cpd.0.hours", "problem-negative"),
        ({"experience.0.fte": "1.5"}, "experience.0.fte", "problem-too-large"),
        ({"experience.0.codes": "US, Narnia"}, "experience.0.codes", "problem-no-such-code"),
        ({"degrees.0.level": "wizard"}, "degrees.0.level", "problem-no-such-code"),
    ],
)
def test_each_mistake_is_told_in_words(
    client: TestClient, answers: dict[str, str], place: str, key: str
) -> None:
    """Each kind of mistake has a sentence of its own, at its place."""
    answer = sent(client, {"do": "decide", **answers})
    assert answer.status_code == 422
    assert place in Seen(answer.text).targets
    beginning = texts.CATALOGUE[key]["en"].split("}")[-1].split(".")[0]
    assert beginning in Seen(answer.text).text


def test_typed_markup_is_shown_as_typed(client: TestClient) -> None:
    """What is typed is text on the page, never markup."""
    answer = sent(client, {"do": "decide", "as_of": '"><script>alert(1)</script>'})
    assert "<script" not in answer.text
    assert Seen(answer.text).fields["as_of"] == '"><script>alert(1)</script>'


def test_too_many_fields_are_refused(client: TestClient) -> None:
    """A form of endless fields is not read."""
    answer = sent(client, {f"x{i}": "1" for i in range(4000)})
    assert answer.status_code == 422
    assert texts.text("en", "problem-too-much") in answer.text


def test_another_kind_of_form_is_refused(client: TestClient) -> None:
    """Files are not taken."""
    answer = client.post("/en/", files={"file": b"x"})
    assert answer.status_code == 415


# --- more rows, the other language


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.collection)
def test_another_row_can_be_added(client: TestClient, section: Any) -> None:
    """A button adds a row, nothing typed is lost, and no row is added beyond the most."""
    before = Seen(client.get("/en/").text)
    row = section.row(section.rows)
    name = section.fields[0].name(row)
    assert name not in before.fields
    seen = Seen(sent(client, {**PERSON, "do": f"add:{section.collection}"}).text)
    assert name in seen.fields
    assert seen.fields["degrees.0.awarded_on"] == "2014-12-12"
    full = {section.fields[0].name(section.row(section.most - 1)): ""}
    seen = Seen(sent(client, {**full, "do": f"add:{section.collection}"}).text)
    assert section.fields[0].name(section.row(section.most)) not in seen.fields
    assert texts.text("en", f"add-{section.collection}") not in seen.text


@pytest.mark.parametrize(("lang", "other"), [("en", "zh"), ("zh", "en")])
def test_the_other_language_keeps_what_was_typed(client: TestClient, lang: str, other: str) -> None:
    """The language button sends the form to the page of the other language."""
    page = client.get(f"/{lang}/").text
    assert re.search(f'formaction="/{other}/" name="do" value="show"', page)
    seen = Seen(sent(client, {**PERSON, "do": "show"}, other).text)
    assert seen.fields["degrees.0.awarded_on"] == "2014-12-12"
    assert texts.text(other, "decide") in seen.text
    assert texts.text(other, "results") not in seen.text
    assert f'formaction="/{other}/" name="do" value="decide"' in sent(client, PERSON, lang).text


def test_the_statements_are_those_that_the_agreements_ask_for(client: TestClient) -> None:
    """Statements follow the agreements that were ticked; answered ones stay."""
    asked = sent(client, {"do": "show", "standards": "us-tx-133-27-au"}).text
    assert 'name="attestations.work-in-host-three-years-or-less"' in asked
    none = sent(client, {"do": "show", "standards": "washington-accord"}).text
    assert "attestations.work-in-host-three-years-or-less" not in none
    kept = {"do": "show", "standards": "washington-accord", "attestations.cpd-maintained": "false"}
    assert Seen(sent(client, kept).text).fields["attestations.cpd-maintained"] == "false"


# --- answers as a profile


def test_empty_fields_are_unknown(library: Library) -> None:
    """What is left empty is in no way in the profile."""
    assert profile(library, degrees__0__level=" ", experience__0__from="", as_of="") == {}


def test_none_is_an_empty_list(library: Library) -> None:
    """What is said to be none is a list that is known to be empty."""
    assert profile(library, degrees__none="yes") == {"degrees": []}
    told = profile(library, degrees__0__level="master", degrees__0__accreditations__none="yes")
    assert told == {"degrees": [{"level": "master", "accreditations": []}]}


def test_open_ends_unknown_places_and_truths(library: Library) -> None:
    """Boxes and choices say what a profile says with `..`, null, true and false."""
    told = profile(
        library,
        experience__0__until__open="yes",
        experience__0__significant="true",
        degrees__0__delivered_in=form.UNKNOWN,
        conduct__findings="closed",
        conduct__bound_by_code="false",
    )
    assert told == {
        "experience": [{"until": "..", "significant": True}],
        "degrees": [{"delivered_in": None}],
        "conduct": {"bound_by_code": False, "findings": [{"open": False}]},
    }


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2016-6-2", "2016-06-02"),
        ("2016/06/02", "2016-06-02"),
        ("2016.6", "2016-06"),
        ("2016年6月2日", "2016-06-02"),
        ("2016年6月", "2016-06"),
        ("2016年", "2016"),
        ("２０１６－０６", "2016-06"),
        ("2016", "2016"),
        ("6/2016", "6/2016"),
        ("..", ".."),
    ],
)
def test_days_are_taken_as_people_write_them(typed: str, day: str) -> None:
    """Days with the year first are read, whatever stands between; others are left as they are."""
    assert written.day(typed) == day


def test_places_are_known_by_their_names(library: Library) -> None:
    """A place is known by its code or its name in either language; an unclear name is not."""
    told = profile(
        library,
        experience__0__codes="US，澳大利亚; Canada、Georgia",
        registrations__0__region="昆士兰州",
        registrations__0__title="CEng",
    )
    assert told["experience"] == [{"codes": ["US", "AU", "CA", "Georgia"]}]
    assert told["registrations"] == [{"region": "AU-QLD", "title": "CEng"}]


def test_empty_rows_close_up() -> None:
    """Rows and profile count alike: filled rows move before empty ones."""
    typed = form.read(
        b"experience.0.from=&experience.1.from=2019&experience.1.until.open=yes"
        b"&experience.2.from=2020&cpd.0.hours=3"
    )
    assert typed.one("experience.0.from") == "2019"
    assert typed.one("experience.0.until.open") == "yes"
    assert typed.one("experience.1.from") == "2020"
    assert typed.one("experience.2.from") == ""
    assert typed.one("cpd.0.hours") == "3"


# --- the catalogue


def test_every_text_is_there_in_each_language() -> None:
    """Both languages have every text, with the same values in it."""
    for key, told in texts.CATALOGUE.items():
        assert set(told) == set(LANGUAGES), key
        assert told["en"], key
        assert told["zh"], key
        assert _slots(told["en"]) == _slots(told["zh"]), key


def _slots(text: str) -> set[str]:
    return set(re.findall(r"\{\d\}", text))


def _keys() -> Iterator[str]:
    for section in SECTIONS:
        yield from (f"{kind}-{section.collection}" for kind in ("section", "row", "add", "none"))


def test_every_section_has_its_texts() -> None:
    """A section cannot be added without its words."""
    assert set(_keys()) <= set(texts.CATALOGUE)


def test_every_effect_has_a_name(library: Library) -> None:
    """What an agreement gives is told in words."""
    effects = {held.agreement.effect for held in library.standards.values()}
    assert {f"effect-{effect}" for effect in effects} <= set(texts.CATALOGUE)


def test_every_field_is_a_fact_of_the_profile(library: Library) -> None:
    """What the form asks for is in the model, and has a label and help."""
    for section in SECTIONS:
        for field in (*section.fields, *section.inner):
            assert field.path in LEAVES
            assert library.facts["facts"][field.path]["help"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_full_time_is_assumed_where_it_is_ticked(client: TestClient, lang: str) -> None:
    """The tick is asked once, kept, and what rests on it is told."""
    job = {"experience.0.from": "2001-01-01", "experience.0.until.open": "yes"}
    asked = {**PERSON, **job, "standards": "ipea", "hosts": "AU"}
    plain = sent(client, asked, lang).text
    told = sent(client, {**asked, "assume": "experience.fte=1"}, lang).text
    assert plain.count('name="assume"') == told.count('name="assume"') == 1
    assert 'value="experience.fte=1" checked' in told
    assert 'class="assumed"' in told
    assert 'class="assumed"' not in plain
