"""What an unknown noun is like, by its head noun and its ending: a person, a booking, a document, ..."""

import re
from dataclasses import dataclass
from typing import Final

from architect.briefing.entities.notation import fields_of, states_of
from architect.model.entity import Field, States


@dataclass(frozen=True, slots=True)
class Archetype:
    """A family of things with the fields that its members usually have."""

    name: str
    title: str
    heads: frozenset[str]
    endings: re.Pattern[str]
    field_line: str
    state_line: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its typed fields."""
        return fields_of(self.field_line)

    @property
    def states(self) -> States | None:
        """Its life, if it has one."""
        return states_of(self.state_line)


_NEVER = re.compile(r"$^")


def _heads(words: str) -> frozenset[str]:
    return frozenset(words.split())


ARCHETYPES: Final[tuple[Archetype, ...]] = (
    Archetype(
        "event",
        "something that happened",
        _heads(
            "scan event occurrence alarm click impression login checkin swipe tap ping heartbeat signal "
            "trigger crossing passage arrival sighting observation view hit trace log incident accident "
            "fault error outage"
        ),
        re.compile(r"(?:scan|event|click|log|alarm|fault)$"),
        (
            "occurred_at datetime; kind enum(regular|manual"
            "|correction) =regular; place string? 1..200; source_name string? 1..120; details json?"
        ),
    ),
    Archetype(
        "measurement",
        "a measured value",
        _heads(
            "reading measurement metric level temperature value sample datapoint point index rate count "
            "weight volume consumption statistic stat figure trend forecast prediction estimate stats"
        ),
        re.compile(r"(?:reading|measurement|metric|meter value)$"),
        (
            "quantity string 1..80; measured_value decimal; unit string 1..40; measured_at datetime; quality "
            "enum(good|uncertain|bad) =good"
        ),
    ),
    Archetype(
        "transaction",
        "money that moves",
        _heads(
            "payment charge payout deposit withdrawal refund purchase sale transfer settlement fee premium "
            "fine tip contribution pledge sponsorship royalty grant subsidy wager bet stake reimbursement "
            "instalment dividend topup billing credit debit tax toll duty"
        ),
        re.compile(r"(?:payment|fee|charge|transfer|payout|deposit|withdrawal)$"),
        (
            "reference_code string 4..64 unique; amount money; booked_on date; counterparty string? 1..200; "
            "memo string? 1..300"
        ),
        "pending | complete: pending>completed | fail: pending>failed | reverse_it: completed>reversed",
    ),
    Archetype(
        "booking",
        "something arranged for a time",
        _heads(
            "appointment booking reservation rental hire visit session slot class lesson rehearsal "
            "performance screening flight tour excursion walk consultation meeting call demo interview exam "
            "audition match fixture race ceremony hearing trial treatment surgery operation checkup pickup "
            "dropoff haircut massage wash handover retreat workshop webinar seminar training camp concert "
            "conference assignment roster stay outing party"
        ),
        re.compile(r"(?:booking|reservation|appointment|rental|session|visit|slot|meeting)$"),
        (
            "title string 1..200; starts_at datetime; ends_at datetime?; place string? 1..200; party_size "
            "integer =1 1..10000; notes text?"
        ),
        (
            "requested | confirm: requested>confirmed | complete: confirmed>completed "
            "| cancel: requested,confirmed>cancelled"
        ),
    ),
    Archetype(
        "message",
        "something said to somebody",
        _heads(
            "message mail email letter notification reminder comment reply inquiry enquiry feedback remark "
            "announcement invitation alert greeting query mention post thread conversation chat broadcast "
            "newsletter sms testimonial"
        ),
        re.compile(
            r"(?:message|mail|notification|reminder|comment|invitation|announcement|enquiry|inquiry)$"
        ),
        (
            "subject string? 1..200; body_text text; sender_name string 1..120; recipient_email email?; "
            "sent_at "
            "datetime?"
        ),
        "draft | send_out: draft>sent | read_it: sent>read | archive: sent,read>archived",
    ),
    Archetype(
        "document",
        "a document",
        _heads(
            "document report contract certificate agreement statement record file form chart transcript "
            "policy manual guideline protocol plan proposal tender bid permit licence license passport visa "
            "declaration receipt voucher note memo minutes dossier brief will deed drawing blueprint "
            "specification spec invoice bill quote sheet paper thesis essay manuscript article page chapter "
            "draft template attachment questionnaire waiver consent referral summary log book card slip "
            "label tag image photo scan video recording song track chart edition issue ballot map"
        ),
        re.compile(
            r"(?:document|report|certificate|contract|agreement|form|chart|record|sheet|file|plan|note|card"
            r"|log)$"
        ),
        (
            "title string 1..300; number string? 1..60; issued_on date?; author_name string? 1..200; "
            "file_url "
            "url?; summary_text text?; confidential boolean =false"
        ),
        "draft | publish: draft>published | archive: published>archived",
    ),
    Archetype(
        "task",
        "work to be done",
        _heads(
            "task job ticket request order assignment errand chore todo action step check inspection audit "
            "review repair maintenance cleaning delivery survey test experiment approval claim case issue "
            "bug complaint application project mission quest campaign initiative workorder investigation "
            "migration run build release sprint milestone goal objective requirement change application "
            "petition motion"
        ),
        re.compile(r"(?:task|job|request|order|inspection|repair|check|case|claim|review|audit|work)$"),
        (
            "title string 1..200; description text?; priority enum(low|medium|high"
            "|urgent) =medium; assignee_name string? 1..200; due_on date?"
        ),
        (
            "open | start: open>in_progress | finish: open,in_progress>done | reopen: done>open "
            "| cancel: open,in_progress>cancelled"
        ),
    ),
    Archetype(
        "place",
        "a place",
        _heads(
            "room site place location venue station stop depot branch office shop store warehouse field "
            "farm building house apartment garage kitchen lab laboratory studio hall gallery museum library "
            "school hospital clinic church temple park garden beach port harbour airport terminal gate "
            "platform zone area district region city town village country street lane road parcel plot lot "
            "space desk seat table court pitch pool lane track stadium camp campsite hut cabin cellar "
            "vineyard orchard greenhouse stall booth stand dock berth pier mooring hangar locker shelf bay "
            "aisle ward floor wing"
        ),
        re.compile(r"(?:room|station|site|park|house|hall|point|area|zone|place|centre|center|field|spot)$"),
        (
            "code string 1..40 unique; name string 1..200; address text?; latitude decimal? -90..90; "
            "longitude "
            "decimal? -180..180; capacity integer? 0..; operating boolean =true"
        ),
    ),
    Archetype(
        "organisation",
        "an organisation",
        _heads(
            "company organisation organization firm business agency bank insurer club association charity "
            "union party society foundation institute institution department division team crew league "
            "federation committee council municipality authority ministry congregation parish cooperative "
            "franchise chain brand label publisher manufacturer supplier vendor retailer wholesaler "
            "operator airline railway shipper household family group cohort tenant client account workspace"
        ),
        re.compile(
            r"(?:company|organisation|organization|agency|association|team|group|club|society|authority)$"
        ),
        (
            "name string 1..200 unique; registration_number string? 3..60; contact_email email; phone "
            "string? "
            "5..32; address text?; country_code string? 2..2"
        ),
    ),
    Archetype(
        "person",
        "a person",
        _heads(
            "person people man woman child kid boy girl nurse guest member pupil athlete coach judge clerk "
            "chef cook pilot crew captain sailor musician artist actor actress model poet guide host "
            "hostess friend neighbour neighbor relative parent mother father guardian heir witness "
            "defendant victim suspect prisoner inmate refugee migrant native alumnus alumna colleague peer "
            "boss chief head lead attendee employee trainee nominee assignee payee referee trustee adoptee "
            "hero celebrity scout monk priest"
        ),
        re.compile(
            r"(?:[a-z]{3,}(?:ist|ician|ologist|ant|eer|ee|ian|sman|swoman|sperson|man|woman|person|mate)"
            r"|[a-z]{2,}(?:er|or|ar))$"
        ),
        (
            "full_name string 1..200; email email unique; phone string? 5..32; joined_on date?; notes text?; "
            "active boolean =true"
        ),
    ),
    Archetype(
        "category",
        "a way to sort things",
        _heads(
            "category type kind class tag label group genre topic theme level grade rank tier segment "
            "status skill language currency unit colour color style format season series discipline "
            "department section folder collection set list catalogue catalog taxonomy"
        ),
        re.compile(r"(?:category|type|kind|group|tag|list|set|level|class|collection)$"),
        (
            "name string 1..120 unique; code string? 1..40 unique; description text?; rank integer =0 0..; "
            "active boolean =true"
        ),
    ),
)

_NOT_PEOPLE: Final = _heads(
    "order offer letter number folder paper computer printer server router scanner counter meter timer "
    "container trailer tractor power weather chapter tower shower drawer register river water tier layer "
    "filter tracker sticker flyer poster banner buffer cluster parameter character order semester quarter "
    "year "
    "filter header footer voucher newsletter refrigerator sensor motor reactor generator elevator monitor "
    "projector door floor colour color error flavor flavour vector sector factor indicator calendar star "
    "bar car jar plant pant restaurant grant variant determinant tree fee coffee committee employee-card "
    "degree guarantee "
    "trailer locker freezer cooler heater charger transformer boiler burner thermometer barometer "
    "controller adapter connector collar dollar pillar altar laser cover power tender wafer burger sampler "
    "cellar radar sonar cooker mixer toaster blender fiber fibre wrapper dispenser planter feeder scooter "
    "helicopter hamster spider tiger otter beaver"
)
_THING: Final = Archetype(
    "asset",
    "a thing",
    frozenset(),
    _NEVER,
    (
        "code string 1..60 unique; name string 1..200; description text?; category string? 1..80; "
        "acquired_on "
        "date?; active boolean =true"
    ),
)


def archetype_of(words: tuple[str, ...]) -> Archetype:
    """Return what a noun is like; by its last word, then its ending, and a plain thing at the worst.

    Example: ``("checkpoint", "scan")`` is an event, ``("dental", "chart")`` a document.
    """
    last = words[-1]
    for archetype in ARCHETYPES:
        if last in archetype.heads:
            return archetype
    for archetype in ARCHETYPES:
        if archetype.endings.search(last) and not (archetype.name == "person" and last in _NOT_PEOPLE):
            return archetype
    return _THING
