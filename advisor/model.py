"""The data of the whole program: frozen, typed, without behaviour beyond looking things up in themselves.

Everything here can be written to and read from the compiled cache by msgspec. Nothing here knows of files, engines or
screens. The words are those of the glossary in docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Literal, NamedTuple

from msgspec import Struct

Value = str | int
"""A value in working memory: a word or a whole number. Yes and no are the words `yes` and `no`. Never free text."""

SHOP = "shop"
"""The subject of facts about the shop itself."""

UNKNOWN = "unknown"
"""The answer "I don't know"."""

OBLIGATION = "obligation"
ASK_EXPERT = "ask-expert"

CONFIRM = "vendors.confirm"
"""The question that confirms what the catalogue assumes about vendors. Its value: the vendors confirmed."""

STORY = "story"
"""The opening question: a few sentences about the shop. Its value: the facts read, as in `advisor.story`."""

STORY_CONFIRM = "story.confirm"
"""The question that confirms what was read from the story. Its value: the questions and checklist items confirmed."""

REVIEW = "review"
"""The last question: whether everything was understood. Its value is `yes`."""

VENDORS = "shop.vendors"
PEOPLE = "shop.people"


class Locale(StrEnum):
    """The languages of the product."""

    EN = "en"
    LV = "lv"


class Text(Struct, frozen=True, kw_only=True):
    """The same text in both languages."""

    en: str
    lv: str

    def in_(self, locale: Locale) -> str:
        return self.lv if locale is Locale.LV else self.en


class Texts(Struct, frozen=True, kw_only=True):
    """The same list of texts in both languages."""

    en: tuple[str, ...] = ()
    lv: tuple[str, ...] = ()

    def in_(self, locale: Locale) -> tuple[str, ...]:
        return self.lv if locale is Locale.LV else self.en


class Validity(Struct, frozen=True, kw_only=True):
    """First and last day (ISO dates, inclusive) on which something applies. An empty string is no limit."""

    start: str = ""
    end: str = ""

    def covers(self, day: str) -> bool:
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)


ALWAYS = Validity()


class Place(Struct, frozen=True):
    """Where something is written: a file, relative to the knowledge base, and a line counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


# --- facts, rules ---


class Fact(NamedTuple):
    """attribute [subject] : value, for example `vendor.country[mailchimp]: US`."""

    attribute: str
    subject: str
    value: Value

    def __str__(self) -> str:
        subject = "" if self.subject == SHOP else f"[{self.subject}]"
        return f"{self.attribute}{subject}: {self.value}"


Operator = Literal["is", "variable", "any", "in", "is-not", "at-least", "below"]


class Condition(Struct, frozen=True):
    """One pattern: attribute[subject] and a test of the value. A subject or operand starting with $ is a variable."""

    attribute: str
    subject: str
    operator: Operator
    operands: tuple[Value, ...] = ()

    def admits(self, value: Value) -> bool:
        """Whether the value passes this condition's test, variables aside. `unknown` passes only where it is named."""
        operator = self.operator
        if operator == "is":
            return value == self.operands[0]
        if operator == "in":
            return value in self.operands
        if value == UNKNOWN:
            return False
        if operator == "is-not":
            return value != self.operands[0]
        if operator == "at-least":
            return type(value) is type(self.operands[0]) and value >= self.operands[0]  # type: ignore[operator]
        if operator == "below":
            return type(value) is type(self.operands[0]) and value < self.operands[0]  # type: ignore[operator]
        return True

    def variables(self) -> Iterator[str]:
        if self.subject.startswith("$"):
            yield self.subject
        if self.operator == "variable":
            yield str(self.operands[0])

    def __str__(self) -> str:
        subject = "" if self.subject == SHOP else f"[{self.subject}]"
        if self.operator in ("is", "variable"):
            test = str(self.operands[0])
        elif self.operator == "any":
            test = "any"
        elif self.operator == "in":
            test = "{in: [" + ", ".join(map(str, self.operands)) + "]}"
        else:
            test = f"{{{self.operator}: {self.operands[0]}}}"
        return f"{self.attribute}{subject}: {test}"


class Body(Struct, frozen=True):
    """A conjunction: all positive conditions hold and none of the negative ones."""

    positive: tuple[Condition, ...]
    negative: tuple[Condition, ...] = ()


class Conclusion(Struct, frozen=True):
    """What a rule concludes; subject and value may be variables. An obligation has its id as value."""

    attribute: str
    subject: str
    value: Value

    def variables(self) -> Iterator[str]:
        if self.subject.startswith("$"):
            yield self.subject
        if isinstance(self.value, str) and self.value.startswith("$"):
            yield self.value

    def __str__(self) -> str:
        if self.attribute in (OBLIGATION, ASK_EXPERT):
            subject = "" if self.subject == SHOP else f"[{self.subject}]"
            return f"{self.attribute}: {self.value}{subject}"
        return str(Fact(self.attribute, self.subject, self.value))


class Rule(Struct, frozen=True, kw_only=True):
    """A rule as its author wrote it; `bodies` are the alternatives after `any-of` is multiplied out."""

    id: str
    bodies: tuple[Body, ...]
    then: tuple[Conclusion, ...]
    because: Text
    source: tuple[str, ...]
    checked: str
    confidence: str
    basis: Literal["statute", "guidance", "opinion"] = "statute"
    valid: Validity = ALWAYS
    place: Place


# --- questions and answers ---


class Option(Struct, frozen=True, kw_only=True):
    """One possible answer. In a checklist it stands for a yes/no attribute of its own."""

    value: str
    label: Text
    hint: Text | None = None
    alias: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    """The amounts that mean this option, where an amount may be typed instead of it."""

    def holds(self, amount: int) -> bool:
        return self.low is not None and self.high is not None and self.low <= amount <= self.high


QuestionKind = Literal[
    "choice",
    "choices",
    "yes-no",
    "number",
    "country",
    "countries",
    "vendors",
    "people",
    "checklist",
    "confirm",
    "story",
]


class Question(Struct, frozen=True, kw_only=True):
    """What the interview asks. Sets the attribute of the same id, unless `attribute` or a checklist says otherwise.

    `when` holds alternatives; the question is asked while one of them can hold, always if there are none.
    """

    id: str
    attribute: str
    kind: QuestionKind
    topic: str
    title: Text
    """What it is about, in one to five words, for lists of answers."""
    ask: Text
    help: Text
    options: tuple[Option, ...] = ()
    none: Option | None = None
    when: tuple[tuple[Condition, ...], ...] = ()
    surely: tuple[tuple[Condition, ...], ...] = ()
    """Alternatives of answers or derived facts: the question is put only once one of them holds for certain."""
    of: Literal["", "vendor", "person"] = ""
    low: int = 0
    high: int = 1_000_000
    first: int = 0
    """How many options the menu shows; the others are understood all the same. 0: all."""
    among: str = ""
    """The derived attribute whose certain values the menu shows, once it can have no others; the rest is understood."""
    brings: int = 0
    """How many further questions its answer brings as a rule: progress counts them while it has none."""
    same: str = ""
    """The question whose answer is meant by "the same ones"."""
    besides: str = ""
    """The question about the country of the same subject, which may be answered in the same line."""
    settles: tuple[str, ...] = ()
    """Of a joint question: the questions that it answers at once. It sets no attribute of its own."""
    yes: Mapping[str, tuple[Value, ...]] = {}
    """Of a joint question about one subject: what "yes" answers to each of them; an id means the answer to that one."""
    across: Literal["", "vendor"] = ""
    """Of a joint question about all subjects of a kind: it asks of which of them the answer is yes."""
    doubted: tuple[tuple[Condition, ...], ...] = ()
    """Alternatives: it asks also of those of whom one holds, though the catalogue assumes an answer other than yes."""
    example: Text | None = None
    """An answer as people give it, shown with the question."""
    place: Place

    @property
    def many(self) -> bool:
        return self.kind in ("choices", "countries", "vendors", "people", "checklist")

    def attributes(self) -> tuple[str, ...]:
        """The attributes that an answer closes."""
        if self.settles:
            return self.settles
        return tuple(option.value for option in self.options) if self.kind == "checklist" else (self.attribute,)

    def option(self, value: Value) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


class Topic(Struct, frozen=True, kw_only=True):
    """A group of questions under one heading."""

    id: str
    title: Text
    order: int


How = Literal[
    "number",
    "label",
    "alias",
    "code",
    "prefix",
    "similar",
    "phrase",
    "yes-no",
    "default",
    "confirmed",
    "command",
    "assumed",
    "file",
    "story",
    "implied",
    "edited",
]
"""How an answer was understood. `assumed`: nobody said it; `implied`: it was said by answering a joint question."""


class Answer(Struct, frozen=True, kw_only=True):
    """One answer in its final form.

    `value` is a word or number; a tuple for a question that allows several (empty: none of them); UNKNOWN for "I don't
    know". A tuple may hold UNKNOWN beside known values: there are more, not known which. `names` are the readable names
    of subjects that the answer introduces and the knowledge base does not know.
    """

    ask: str
    of: str = ""
    said: str = ""
    value: Value | tuple[Value, ...]
    how: How
    names: Mapping[str, str] = {}

    @property
    def key(self) -> tuple[str, str]:
        """Which question, about which subject (empty: the shop)."""
        return (self.ask, self.of)

    def values(self) -> tuple[Value, ...]:
        """The value as a tuple in any case."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


class Undo(Struct, frozen=True):
    """The last `count` answers are taken back."""

    count: int


class Note(Struct, frozen=True):
    """A remark of the person; never read by a rule."""

    text: str


class Mark(Struct, frozen=True, kw_only=True):
    """What became of an action: done, doing, or dropped."""

    action: str
    of: str = ""
    status: Literal["done", "doing", "dropped", "open"]


class Speak(Struct, frozen=True):
    """From here on in this language."""

    locale: Locale


Turn = Answer | Undo | Note | Mark | Speak
"""One event of a consultation. A case is the fold of its turns."""


# --- the knowledge base ---

Band = Literal["P0", "P1", "P2", "P3", "INFO"]
BANDS: tuple[Band, ...] = ("P0", "P1", "P2", "P3", "INFO")


class Rate(Struct, frozen=True, kw_only=True):
    """How bad, how likely noticed, how urgent, how much work. Severity, likelihood, effort 1 to 5; deadline 0 to 3."""

    severity: int
    likelihood: int
    deadline: int
    effort: int


class Action(Struct, frozen=True, kw_only=True):
    """The plan's line for one obligation."""

    id: str
    title: Text
    why: Text
    steps: Texts
    evidence: Texts
    mistakes: Texts
    due: str
    owner: str
    package: str
    rate: Rate
    gate: bool = False
    band: Band
    needs: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    sources: tuple[str, ...]
    confidence: str
    place: Place

    @property
    def area(self) -> str:
        return self.id.split(".", 1)[0]


class Source(Struct, frozen=True, kw_only=True):
    """A provision of law or official guidance. `genitive` is the Latvian short name before an article's number."""

    id: str
    short: Text
    genitive: str = ""
    title: Text
    ref: str
    kind: Literal["statute", "case-law", "guidance", "opinion"]
    url: str
    article_url: str = ""
    note: Text | None = None
    valid: Validity = ALWAYS
    confidence: str
    place: Place

    def before_article(self, locale: Locale) -> str:
        """The short name as it stands before the number of an article: "Komerclikuma 17. pants"."""
        return self.genitive if locale is Locale.LV and self.genitive else self.short.in_(locale)


class Reading(Struct, frozen=True, kw_only=True):
    """A document that was read while the knowledge base was written; the S numbers of confidence marks."""

    id: str
    title: Text
    urls: tuple[str, ...]
    kind: str


class Adequacy(Struct, frozen=True, kw_only=True):
    """A Commission decision that a country protects personal data adequately (GDPR Art. 45)."""

    decision: str
    scope: Text
    conditional: bool
    valid: Validity
    confidence: str


class Country(Struct, frozen=True, kw_only=True):
    """A country or territory by its ISO 3166-1 code."""

    iso: str
    en: str
    lv: str
    ru: str
    alias: tuple[str, ...] = ()
    eea: bool = False
    adequacy: tuple[Adequacy, ...] = ()
    flag: str = ""
    like: str = ""  # the country whose adequacy decision it is treated under; that country itself names itself
    of: str = ""  # the state a territory belongs to

    def name(self, locale: Locale) -> str:
        return self.lv if locale is Locale.LV else self.en

    def status(self, day: str) -> str:
        """`eea`, `adequate`, `conditional` or `third` on that day (ISO date)."""
        if self.eea:
            return "eea"
        for decision in self.adequacy:
            if decision.valid.covers(day):
                return "conditional" if decision.conditional else "adequate"
        return "third"


class Provider(Struct, frozen=True, kw_only=True):
    """What is usually true of a well-known vendor: dated assumptions, to be confirmed in one's own contract."""

    id: str
    name: Text
    """The same in both languages, unless it is a common noun: an accountant."""
    function: str
    alias: tuple[str, ...] = ()
    entity: str = ""
    assume: Mapping[str, Value | tuple[Value, ...]] = {}
    note: Text | None = None
    word: bool = False
    unnamed: bool = False
    """A kind of partner (an accountant) and no company's name."""
    does: Text | None = None
    serves: tuple[str, ...] | None = None
    """The purposes it usually serves, where they are not those of its function; none: that hangs on the shop."""
    as_of: str
    confidence: str


class Purpose(Struct, frozen=True, kw_only=True):
    """A purpose for which shops use personal data, with its usual legal basis and retention."""

    id: str
    label: Text
    data: Texts
    basis: tuple[str, ...]
    retention: Text
    retention_is_law: bool = False
    condition: Text
    confidence: str


class Watch(Struct, frozen=True, kw_only=True):
    """Law that changes or may change."""

    id: str
    what: Text
    state: Text | None = None
    act: Text | None = None
    date: str = ""
    affects: tuple[str, ...] = ()
    confidence: str


class Clause(Struct, frozen=True, kw_only=True):
    """An item of the checklist for processor contracts, GDPR Art. 28(3)."""

    id: str
    article: str
    need: Text


class Adjustment(Struct, frozen=True, kw_only=True):
    """Points added to the score of some actions by facts of the case."""

    id: str
    points: int
    when: tuple[Condition, ...]
    areas: tuple[str, ...]
    reason: Text


class Package(Struct, frozen=True, kw_only=True):
    """A work package of the plan with its deliverable."""

    id: str
    title: Text
    deliverable: Text


class Priority(Struct, frozen=True, kw_only=True):
    """How actions are scored and banded."""

    severity: int
    likelihood: int
    deadline: int
    effort: int
    dependent: int
    p1_from: int
    p2_from: int
    adjustments: tuple[Adjustment, ...]
    severity_words: Mapping[str, Text]
    likelihood_words: Mapping[str, Text]
    deadline_words: Mapping[str, Text]
    effort_words: Mapping[str, Text]
    band_words: Mapping[str, Text]
    band_deadlines: Mapping[str, Text]
    band_days: Mapping[str, int] = {}
    """Within how many days the lines of a band are to be done, for calendars; a band without deadline is missing."""


class Statement(Struct, frozen=True, kw_only=True):
    """One statement of the article this project began with, and the obligations that answer it."""

    id: str
    says: Text
    obligations: tuple[str, ...]


class UsualRole(Struct, frozen=True, kw_only=True):
    """The role a vendor of some function nearly always has."""

    function: str
    role: str
    reason: Text


class Function(Struct, frozen=True, kw_only=True):
    """Which purposes a vendor of some function usually serves; `everything`: whatever the shop uses data for."""

    id: str
    serves: tuple[str, ...] = ()
    everything: bool = False
    place: Place


class DocumentColumn(Struct, frozen=True, kw_only=True):
    """A column of a table in a document: its heading, and what stands in each row."""

    heading: Text
    cell: Text


class DocumentPart(Struct, frozen=True, kw_only=True):
    """A piece of a document with the conditions under which it belongs there (docs/documents.md).

    `covers` are the required elements it provides. `each` repeats it for every purpose, recipient and so on. `basis`
    asks that some purpose rests on one of these legal bases. `quote`: the text is there to be copied and sent.
    `certain`: it claims something, so that it is left out while the conditions only perhaps hold.
    """

    id: str
    covers: tuple[str, ...] = ()
    when: tuple[tuple[Condition, ...], ...] = ()
    basis: tuple[str, ...] = ()
    each: str = ""
    across: str = ""
    quote: bool = False
    certain: bool = False
    level: int = 2
    heading: Text | None = None
    text: Texts = Texts()
    points: Texts = Texts()
    boxes: Texts = Texts()
    columns: tuple[DocumentColumn, ...] = ()
    place: Place


class DocumentTemplate(Struct, frozen=True, kw_only=True):
    """A document that the program drafts. `public`: for customers; `register`: its tables are exported as such."""

    id: str
    title: Text
    public: bool
    register: bool
    parts: tuple[DocumentPart, ...]
    notes: Texts
    place: Place


class DocumentElement(Struct, frozen=True, kw_only=True):
    """Something that a document must say: where the law asks for it, when, and how to see that it is said.

    `per` with `says`: for every such row the document holds what the row says there. `words`: all of these occur.
    """

    id: str
    document: str
    what: Text
    law: tuple[str, ...]
    when: tuple[tuple[Condition, ...], ...] = ()
    basis: tuple[str, ...] = ()
    per: str = ""
    says: tuple[str, ...] = ()
    words: Texts = Texts()
    place: Place


class More(Struct, frozen=True, kw_only=True):
    """What documents say of a purpose besides, if an answer makes it so: another sentence, other data."""

    when: tuple[tuple[Condition, ...], ...]
    doing: Text | None = None
    data: Texts = Texts()


class Use(Struct, frozen=True, kw_only=True):
    """What documents say of a purpose; `also` are the answers from which it follows even if nobody named it.

    A use that only ever follows from other answers, so that nobody is asked for it as a purpose, brings its own
    `label`, `data` and `basis`; those of the others stand in the purpose.

    `unless`: answers with which other uses say the same more exactly. `more`: what is said besides, with certain
    answers. `in_shop`: its data lies in the shop itself, so that whoever runs the shop receives it. `by`: vendors of
    the catalogue that receive it whatever their function. `receivers`: who receives it besides the partners, and in
    place of those of `by`; `otherwise`: who does where nobody is known to.
    """

    id: str
    label: Text | None = None
    data: Texts = Texts()
    basis: tuple[str, ...] = ()
    doing: Text
    people: Text
    bases: Mapping[str, Text]
    choose: bool
    interest: Text | None
    retention: Text
    giving: Text
    source: Text | None
    marketing: bool
    also: tuple[tuple[Condition, ...], ...]
    unless: tuple[tuple[Condition, ...], ...] = ()
    more: tuple[More, ...] = ()
    in_shop: bool = False
    by: tuple[str, ...] = ()
    receivers: Text | None = None
    otherwise: Text | None = None
    place: Place


class Changeable(Struct, frozen=True, kw_only=True):
    """Something a founder can decide otherwise, as answers: never a claim about what is the case already.

    The answer `attribute` becomes one of `to`; or one of the values `without` is left out of a list (`any`: whichever,
    except what is to `keep`). `also` is what the same decision makes of other answers about the same subject; `another`
    says that the subject is then another one.
    """

    id: str
    attribute: str
    to: tuple[Value, ...] = ()
    without: tuple[Value, ...] = ()
    keep: tuple[Value, ...] = ()
    also: Mapping[str, Value | tuple[Value, ...]] = {}
    another: Text | None = None
    when: tuple[Condition, ...] = ()
    text: Text
    place: Place


class Contradiction(Struct, frozen=True, kw_only=True):
    """Answers that do not go together, and the sentence that asks about them; `bodies` are alternatives."""

    id: str
    bodies: tuple[Body, ...]
    text: Text
    place: Place


class KnowledgeBase(Struct, frozen=True, kw_only=True):
    """Rules and knowledge together, checked."""

    version: str
    digest: str
    as_of: str
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    joint: tuple[Question, ...] = ()
    rules: tuple[Rule, ...]
    actions: Mapping[str, Action]
    sources: Mapping[str, Source]
    readings: Mapping[str, Reading]
    countries: Mapping[str, Country]
    providers: Mapping[str, Provider]
    purposes: Mapping[str, Purpose]
    watch: tuple[Watch, ...]
    clauses: tuple[Clause, ...]
    roles: Mapping[str, UsualRole]
    functions: Mapping[str, Function]
    statements: tuple[Statement, ...]
    priority: Priority
    packages: tuple[Package, ...]
    changeable: tuple[Changeable, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    phrases: Mapping[str, Text]
    documents: Mapping[str, DocumentTemplate] = {}
    elements: tuple[DocumentElement, ...] = ()
    uses: Mapping[str, Use] = {}

    def serves(self, vendor: str, function: str) -> tuple[str, ...] | None:
        """The purposes that a vendor with a function usually serves; None: whatever the shop uses data for."""
        provider = self.providers.get(vendor)
        if provider is not None and provider.function == function and provider.serves is not None:
            return provider.serves
        known = self.functions.get(function)
        if known is None:
            return ()
        return None if known.everything else known.serves

    @property
    def stamp(self) -> str:
        """Version and content hash, as transcripts and plans carry it."""
        return f"{self.version} sha256:{self.digest[:16]}"
