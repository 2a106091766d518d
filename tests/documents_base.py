"""What the tests of documents share: cases, drafts, and all words of a document in one text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor import answersfile, yamlio
from advisor.case import Case
from advisor.documents.collect import Collected, collect
from advisor.documents.drafting import Draft, draft
from advisor.documents.structure import Document, Heading, lines, plain
from advisor.interview import Interview
from advisor.model import Locale

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
DOCUMENTS = (
    "privacy-notice",
    "record-of-processing",
    "vendor-register",
    "seller-information",
    "consent-texts",
    "request-replies",
    "withdrawal",
    "cookie-notice",
)

# A shop that uses as little as a shop can: nothing is open, nobody receives anything, nothing leaves the EEA.
SMALLEST: Mapping[str, Any] = {
    "seller.legal_form": "SIA",
    "seller.vat_registered": "no",
    "seller.licence_needed": [],
    "seller.licences_held": [],
    "seller.regulated_profession": "no",
    "seller.insolvency_or_liquidation": "no",
    "shop.audience": "b2c",
    "shop.markets": ["LV"],
    "shop.sells": ["services"],
    "shop.goods": [],
    "shop.online_ordering": "no",
    "shop.accounts": "none",
    "shop.payment_methods": [],
    "shop.reviews": "none",
    "shop.user_photos": "no",
    "shop.trade_in": "no",
    "shop.social_pages": [],
    "shop.ai_chat": "none",
    "shop.excluded_contracts": "all",
    "data.purposes": ["accounting"],
    "data.special_categories": [],
    "data.children": "no",
    "data.profiling": "none",
    "data.scale": "small",
    "data.marketing_channels": [],
    "data.cookies": [],
    "data.collected_from_third_parties": "no",
    "data.job_applicants": "no",
    "data.identity_copies": "no",
    "vendors": [],
    "people_remote_access": [],
    "group.parent_country": "none",
}

STAYS: Mapping[str, Any] = {
    "name": "Host SIA",
    "function": "hosting",
    "role": "processor",
    "country": "LV",
    "dpa": "signed",
    "processing_countries": ["LV"],
    "remote_access_from": ["none"],
    "mechanism": "none_needed",
    "subprocessors_known": "yes",
}
"""A vendor whose data certainly stays in the EEA."""


def answers_of(path: Path) -> dict[str, Any]:
    """The answers of a scenario as data."""
    root, problems = yamlio.parse(path.read_text(encoding="utf-8"), path.name)
    assert root is not None and not problems
    found: dict[str, Any] = root.plain()["answers"]
    return found


def scenario(name: str) -> dict[str, Any]:
    return answers_of(next(path for path in SCENARIOS if path.stem.startswith(name)))


def collected(
    interview: Interview,
    answers: Mapping[str, Any],
    locale: Locale = Locale.EN,
    details: Mapping[str, str] | None = None,
) -> Collected:
    data = "".join(f"{key}: {yamlio.flow(value)}\n" for key, value in answers.items()).encode()
    case = Case(name="test", as_of=interview.as_of, locale=locale)
    for answer in answersfile.read(data, "answers.yaml", interview):
        case = case.add(answer)
    return collect(interview, case, details or {})


def drafted(
    interview: Interview,
    answers: Mapping[str, Any],
    name: str,
    locale: Locale = Locale.EN,
    details: Mapping[str, str] | None = None,
) -> Draft:
    return draft(collected(interview, answers, locale, details), name)


def text(document: Document) -> str:
    """Everything the document says, without its working notes, one run of words a line."""
    return "\n".join(plain(line.words) for block in document.blocks for line in lines(block))


def part_text(document: Document, part: str) -> str:
    return "\n".join(plain(line.words) for block in document.blocks for line in lines(block) if line.part == part)


def parts(document: Document) -> set[str]:
    return {line.part for block in document.blocks for line in lines(block)}


def headings(document: Document) -> list[str]:
    return [plain(block.words) for block in document.blocks if isinstance(block, Heading)]
