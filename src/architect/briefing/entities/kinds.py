"""The kind of a field by its name: "birth date" is a date, "total" money, "notes" text."""

import re
from typing import Final

from architect.briefing.entities.notation import bounded
from architect.briefing.listed import listed
from architect.model.entity import Field, FieldKind
from architect.model.naming import singular_word

_Rule = tuple[re.Pattern[str], FieldKind, float | None, float | None]


def _rule(words: str, kind: FieldKind, low: float | None = None, high: float | None = None) -> _Rule:
    return re.compile(rf"(?:^|_)(?:{words})$"), kind, low, high


_RULES: Final[tuple[_Rule, ...]] = (
    _rule("e_?mail(?:_address)?|mail_address", "email"),
    _rule(
        (
            "url|website|web_site|homepage|link|image|picture|photo|avatar|video|attachment|file|scan|logo"
            "|thumbnail|web_page"
        ),
        "url",
    ),
    _rule(
        (
            "(?:created|updated|placed|paid|shipped|sent|received|started|ended|seen|posted|read|measured"
            "|recorded|scanned|collected)_at|timestamp|datetime|date_time|date_and_time|time_stamp|entry_time"
            "|exit_time|start_time|end_time|arrival_time|departure_time|arrival|departure|(?:entry|exit|start"
            "|end|pick_?up|drop_?off|delivery|opening|closing|check_in|check_out|arrival|departure|scheduled"
            "|event|booking)_time|time|valid_from|valid_until|moment"
        ),
        "datetime",
    ),
    _rule(
        (
            "date|birthday|day|deadline|(?:due|start|end|issue|expiry|expiration|birth|delivery|purchase|hire"
            "|entry|check_in|check_out|collection|invoice|order|payment|visit|service|renewal|manufacture"
            "|production)_(?:date|day)|date_of_\\w+|expiry|expires?|due|since|until|dob"
        ),
        "date",
    ),
    _rule(
        (
            "(?:total|sub_?total|price|amount|cost|costs|fee|fees|rent|deposit|salary|wage|balance|revenue"
            "|tax"
            "|vat|premium|fare|budget|charge|discount_amount|refund|fine|income|payment|credit_limit"
            "|limit_amount|monthly_rent|purchase_price|unit_price|total_price|total_amount|grand_total"
            "|turnover"
            "|spend|value_of_goods|insured_sum|tip|bid|value_added)"
        ),
        "money",
    ),
    _rule(
        (
            "notes?|description|comments?|remarks?|body|content|summary|details|text|instructions?|reason"
            "|explanation|biography|bio|message|address|delivery_address|shipping_address|billing_address"
            "|home_address|postal_address|history|findings|allergies|symptoms|diagnosis|memo|feedback|terms"
            "|purpose|abstract|transcript"
        ),
        "text",
    ),
    _rule("phone|phone_number|mobile|mobile_number|telephone|fax|tel|contact_number", "string", 5, 32),
    _rule(
        (
            "quantity|count|stock|seats|capacity|pages|rooms|floors?|guests|copies|points|score|rank|level"
            "|age"
            "|year|number_of_\\w+|\\w+_count|items|attempts|mileage|odometer|term|term_in_months|months|days"
            "|hours|minutes|duration|seconds|views|likes|votes|stars|units|pieces|bedrooms|people|persons"
            "|players|position_in_list|battery|calories|credits|servings|party_size|shelf_life|inhabitants"
            "|population|bytes|size_in_bytes|laps|goals|steps"
        ),
        "integer",
        0,
        None,
    ),
    _rule("rating", "decimal", 0, 10),
    _rule("latitude|lat", "decimal", -90, 90),
    _rule("longitude|lon|lng", "decimal", -180, 180),
    _rule(
        "percent|percentage|share|rate|ratio|discount|vat_rate|interest|interest_rate|probability|confidence",
        "decimal",
        0,
        None,
    ),
    _rule(
        (
            "weight|height|width|length|depth|distance|area|volume|temperature|pressure|speed|humidity"
            "|moisture"
            "|power|voltage|current|energy|dose|concentration|value|reading|measurement|elevation|altitude"
            "|diameter|thickness|size_in_\\w+|storage_temperature|consumption|mass|ph|radius|velocity"
            "|amount_of_\\w+|rainfall|dosage_in_\\w+|odds|yield"
        ),
        "decimal",
    ),
    _rule(
        (
            "(?:is|has|was)_\\w+|active|enabled|paid|confirmed|approved|verified|archived|visible|published"
            "|available|deleted|done|completed|subscribed|accessible|urgent|public|private|shared"
            "|optional_flag"
            "|flag|consent|newsletter|in_stock|taxable|allergic|neutered|blocked|present"
        ),
        "boolean",
    ),
    _rule(
        (
            "metadata|attributes|settings|payload|tags|labels|properties|parameters|coordinates|geometry"
            "|options"
            "|preferences|extra_data|raw_data|answers|specs|specifications"
        ),
        "json",
    ),
    _rule("uuid|guid|external_id|\\w+_uuid", "uuid"),
    _rule("currency|currency_code", "string", 3, 3),
    _rule("country|country_code", "string", 2, 60),
    _rule("colou?r", "string", 1, 40),
    _rule("iban", "string", 15, 34),
    _rule("isbn", "string", 10, 17),
    _rule("vin", "string", 11, 17),
    _rule("(?:licen[cs]e_)?plate|plate_number|licen[cs]e_plate|registration_plate", "string", 2, 20),
    _rule("postal_code|postcode|zip|zip_code|plz", "string", 2, 16),
    _rule(
        (
            "number|code|sku|barcode|serial|serial_number|reference|reference_number|tracking_number"
            "|insurance_number|\\w+_number|\\w+_code|\\w+_reference|qr_code|slug|identifier|key|token"
            "|policy_number"
        ),
        "string",
        1,
        64,
    ),
)

_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "priority": ("low", "medium", "high", "urgent"),
    "severity": ("low", "medium", "high", "critical"),
    "gender": ("female", "male", "diverse", "unknown"),
    "sex": ("female", "male", "diverse", "unknown"),
    "blood_group": ("a", "b", "ab", "zero"),
    "blood_type": ("a", "b", "ab", "zero"),
    "payment_method": ("card", "bank_transfer", "direct_debit", "cash", "wallet"),
    "size": ("small", "medium", "large"),
    "difficulty": ("easy", "medium", "hard"),
    "frequency": ("daily", "weekly", "monthly", "yearly"),
    "billing_period": ("monthly", "quarterly", "yearly"),
    "direction": ("inbound", "outbound"),
    "unit": ("piece", "kilogram", "litre", "metre"),
    "visibility": ("private", "shared", "everyone"),
}
_UNIQUE: Final = listed(
    "sku barcode isbn vin serial_number tracking_number licence_plate license_plate slug iban policy_number"
)
_DESCRIBES_ITSELF: Final = frozenset({"number", "code", "reference_number", "reference"})


def field_named(name: str) -> Field:
    """Return a typed field for a name in snake_case; a name that no rule knows is a short string.

    Example: ``birth_date`` is a date, ``total`` money from 0 up, ``priority`` an enum.
    """
    choices = _CHOICES.get(name)
    if choices:
        return Field(name, "enum", choices=choices)
    for pattern, kind, low, high in _RULES:
        if pattern.search(name) or pattern.search(_singular(name)):
            unique = name in _UNIQUE or name in _DESCRIBES_ITSELF
            return bounded(
                Field(name, kind, unique=unique and kind == "string", required=kind not in _OPTIONAL),
                low,
                high,
            )
    return bounded(Field(name, "string"))


_OPTIONAL: Final = frozenset({"text", "json", "url"})


def _singular(name: str) -> str:
    head, _, last = name.rpartition("_")
    return f"{head}_{singular_word(last)}" if head else singular_word(last)
