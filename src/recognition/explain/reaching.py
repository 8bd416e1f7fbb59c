"""How far a decision reaches, in words; and where a register is applied for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recognition.decide.statuses import Verdict
from recognition.explain.decision import LANGUAGES, AppliedIn, Decision
from recognition.explain.wording import joined, named
from recognition.facts.facts import Facts
from recognition.standard.library import Library
from recognition.standard.model import Agreement, Reach

REACHES: Mapping[Reach, Mapping[str, str]] = {
    "recognised": {"en": "recognised", "zh": "承认"},
    "criteria": {"en": "criteria", "zh": "公布的准则"},
    "may-apply": {"en": "may apply", "zh": "可申请"},
    "unpublished": {"en": "unpublished", "zh": "未公布"},
}
"""How far a positive decision reaches, in a word or two."""
SENTENCES: Mapping[Reach, Mapping[str, str]] = {
    "recognised": {
        "en": "Recognised: nothing more is asked for this.",
        "zh": "予以承认：就此不再另有要求。",
    },
    "criteria": {"en": "Meets the published criteria.", "zh": "已满足公布的准则。"},
    "may-apply": {"en": "You may apply by this route.", "zh": "您可按此途径申请。"},
    "unpublished": {
        "en": "What is published is met; not all that is asked is published.",
        "zh": "已满足公布的部分；全部要求并未公布。",
    },
}
"""What a decision that is eligible says first."""
IF_SETTLED: Mapping[Reach, Mapping[str, str]] = {
    "recognised": {
        "en": "Recognised, and nothing more is asked for this, if what is open proves to be met.",
        "zh": "未确定事项如均满足，即予以承认，就此不再另有要求。",
    },
    "criteria": {
        "en": "Meets the published criteria if what is open proves to be met.",
        "zh": "未确定事项如均满足，即满足公布的准则。",
    },
    "may-apply": {
        "en": "You may apply by this route if what is open proves to be met.",
        "zh": "未确定事项如均满足，您可按此途径申请。",
    },
    "unpublished": {
        "en": "Not all that is asked is published; the body decides.",
        "zh": "全部要求并未公布，由有关机构决定。",
    },
}
"""What a decision that is undetermined says first."""
_SAID: Mapping[Verdict, Mapping[Reach, Mapping[str, str]]] = {
    "eligible": SENTENCES,
    "undetermined": IF_SETTLED,
}
REGISTER: Mapping[str, Mapping[str, str]] = {
    "here": {
        "en": "A register, held where you are registered.",
        "zh": "本名册设于您的注册地。",
    },
    "there": {
        "en": "This register is applied for where you are registered: {}.",
        "zh": "此名册须在您的注册地申请：{}。",
    },
    "nowhere": {
        "en": "This register is applied for where you are registered; none is kept in {}.",
        "zh": "此名册须在您的注册地申请；{}未设此名册。",
    },
    "unknown": {
        "en": "This register is applied for where you are registered, which is not known.",
        "zh": "此名册须在您的注册地申请，而您的注册地未知。",
    },
    "none": {
        "en": "This register is applied for where you are registered; "
        "you are registered nowhere yet.",
        "zh": "此名册须在您的注册地申请；您尚未注册。",
    },
}


def sentence(decision: Decision, lang: str) -> str:
    """What a decision says first; nothing where it is ineligible."""
    said = _SAID.get(decision.verdict, {}).get(decision.reach)
    if said is None:
        return ""
    then = decision.then[lang] if decision.then else ""
    return f"{said[lang]} {then}".strip() if lang == "en" else said[lang] + then


def of_agreement(agreement: Agreement, lang: str) -> str:
    """How far it reaches, in a word or two, and where else it does so otherwise."""
    told = agreement.document.get("reach", {"is": "unpublished"})
    others = [_but(other, lang) for other in told.get("except", ())]
    return REACHES[told["is"]][lang] + ("；" if lang == "zh" else "; ").join(["", *others])


def _but(other: Mapping[str, Any], lang: str) -> str:
    where = " ".join((*other.get("versions", ()), *other.get("hosts", ())))
    return f"{REACHES[other['is']][lang]} ({where})"


def register(
    library: Library, facts: Facts, row: int, host: str, hosts: Sequence[str]
) -> AppliedIn:
    """Where a person applies for a register that is asked for at a host, one of `hosts`."""
    places = list(dict.fromkeys(_registered(library, facts, row)))
    known = [place for place in places if place]
    kept = [place for place in known if place in hosts]
    if host.partition("-")[0] in known:
        return AppliedIn([host], REGISTER["here"])
    if kept:
        return AppliedIn(kept, _naming("there", library, kept))
    if "" in places:
        return AppliedIn([], REGISTER["unknown"])
    return AppliedIn([], _naming("nowhere", library, known) if known else REGISTER["none"])


def _naming(key: str, library: Library, places: Sequence[str]) -> dict[str, str]:
    names = [named(library, "places", place) for place in places]
    return {
        lang: REGISTER[key][lang].format(joined((name[lang] for name in names), lang))
        for lang in LANGUAGES
    }


def _registered(library: Library, facts: Facts, row: int) -> Iterator[str]:
    """The country of each registration; empty where it is not known."""
    places, bodies = library.vocabularies["places"], library.vocabularies["bodies"]
    countries, held = facts.field("registrations.country"), facts.field("registrations.body")
    offsets = facts.offsets("registrations")
    for i in range(int(offsets[row]), int(offsets[row + 1])):
        if countries.lo[i] == countries.hi[i]:
            yield places.codes[int(countries.lo[i]) - 1]
        elif held.lo[i] == held.hi[i]:
            home = bodies.details[bodies.codes[int(held.lo[i]) - 1]].get("place", "")
            yield str(home).partition("-")[0]
        else:
            yield ""
