"""What does not leave for a model."""

import time

import pytest

from quillwort.assistant.generation.redaction import REDACTORS, ContactRedaction, NoRedaction


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Write to anna.berg+x@mail.example.org.", "Write to [EMAIL_1]."),
        ("a@example.org, b@example.org, a@example.org", "[EMAIL_1], [EMAIL_2], [EMAIL_1]"),
        ("Call +49 30 1234567 or (030) 123 45 67.", "Call [PHONE_1] or [PHONE_2]."),
        ("Call 555-123-4567 today", "Call [PHONE_1] today"),
        ("Anna,+49 170 1234567,Bonn", "Anna,[PHONE_1],Bonn"),
        ("Tel.030 1234567", "Tel.[PHONE_1]"),
        ("IBAN DE89 3704 0044 0532 0130 00, please", "IBAN [IBAN_1], please"),
        ("IBAN GB82WEST12345698765432", "IBAN [IBAN_1]"),
        ("IBAN NO93 8601 1117 947", "IBAN [IBAN_1]"),
        ("To BE68 5390 0754 7034 BIC GEBABEBB", "To [IBAN_1] BIC GEBABEBB"),
        ("To ES9121000418450200051332 EUR 500", "To [IBAN_1] EUR 500"),
        ("PL61 1090 1014 0000 0712 1981 2874 SWIFT", "[IBAN_1] SWIFT"),
        ("NR12 DE89 3704 0044 0532 0130 00", "NR12 [IBAN_1]"),
        ("BE68 5390 0754 7034 AT61 1904 3002 3457 3201", "[IBAN_1] [IBAN_2]"),
    ],
)
def test_contacts_are_taken_out_and_can_be_put_back(text: str, redacted: str) -> None:
    done = ContactRedaction().redact(text)
    assert done.text == redacted
    for placeholder, original in done.originals.items():
        redacted = redacted.replace(placeholder, original)
    assert redacted == text


@pytest.mark.parametrize(
    "text",
    [
        "On 2024-01-15 the 200 euros of order 4711-2214 were due.",
        "DE00 3704 1044 1532 1130 11 has wrong check digits",
        "Version 10.2.33, § 12, page 7, 09:30, 1,200,000 euros, 0.125 %",
        "1.000.000.000 pieces of 12,0123456 grams, /orders/00123456",
        "The @ sign alone",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert ContactRedaction().redact(text).text == text


def test_no_redaction_is_the_default_and_changes_nothing() -> None:
    assert NoRedaction().redact("a@example.org").text == "a@example.org"
    assert REDACTORS.keys() == {"none", "contacts"}


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{number}@example.org " for number in range(20_000)),
        *(
            run * (100_000 // len(run))
            for run in ("a", "1 ", "0", "a.", "a@", "a@a.", "AA00 ", "(0 ")
        ),
    ],
    ids=lambda text: text[:12],
)
def test_a_long_text_is_read_in_time_that_grows_with_it_alone(text: str) -> None:
    began = time.process_time()
    assert ContactRedaction().redact(text).text
    # It is some hundredths; with a count of all at each it was eight seconds.
    assert time.process_time() - began < 1.0
