"""How long data is kept: "kept for 7 years", "retention: 90 days", "deleted after 6 months"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim

PATH: Final = "data.retention_days"

_UNITS: Final = (
    (r"days?|tage?n?|días?|dias?|jours?|giorn[oi]|dagen", 1),
    (r"weeks?|wochen?|semanas?|semaines?|settiman[ae]|weken", 7),
    (r"months?|mths?|mos?|monate?n?|mes(?:es)?|mois|mes[ei]|meses|maanden", 30),
    (r"years?|yrs?|jahre?n?|años?|ans?|années?|ann[oi]|anos?|jaar|y", 365),
)
_DURATION: Final = (
    r"(?P<n>#+)\s*-?\s*(?:"
    + "|".join(f"(?P<u{index}>{names})" for index, (names, _) in enumerate(_UNITS))
    + r")(?![\w/])"
)
_KEPT: Final = (
    r"(?:keep|keeps|kept|keeping|retain\w*|retention|archiv\w*|preserv\w*|stored?|stays? available|hold|held"
    r"|history|historical|aufbewahr\w*|aufzubewahren|gespeichert|speichern|vorhalt\w*|archivier\w*"
    r"|conserv\w*|guardar\w*|retenci[oó]n|mantener\w*|rétention|garder|gardé\w*|durée de conservation"
    r"|bewaar\w*|bewaren|available for|data for|readings for|records for|logs? of|look back|going back)"
)
_GONE: Final = (
    r"(?:delet\w*|purg\w*|erase\w*|remov\w*|expire\w*|drop(?:ped)?|anonymi[sz]\w*|wiped?|discard\w*|gelöscht"
    r"|löschen|suprim\w*|borra\w*|elimin\w*|supprim\w*|effac\w*)"
)
_BEFORE = re.compile(rf"\b(?P<cue>{_KEPT})\b[^#;]{{0,60}}?{_DURATION}")
_AFTER = re.compile(
    rf"{_DURATION}(?:['s]* (?:of|worth of|long"
    rf"|on)?)?\s*(?:of\s+)?(?:[\w-]{{1,20}}\s+){{0,2}}?(?P<cue>retention|history|online\b|archive"
    r"|aufbewahrung\w*|of data|data\b|histor\w+|retenci[oó]n|de conservation|rétention|lang aufbewahr\w*"
    r"|aufbewahren|readings|back\b)"
)
_GONE_AFTER = re.compile(
    rf"\b(?P<cue>{_GONE})\b[^#;.]{{0,40}}?(?:after|nach|después de|tras|a los|après|au bout de|older than"
    rf"|once older than|within|dopo|após|na)\s+(?:about |around |max\.? |at most )?{_DURATION}"
)
_OLDER = re.compile(rf"(?:after|older than|nach|après|tras)\s+{_DURATION}[^#;.]{{0,40}}?\b(?P<cue>{_GONE})")
_WANTED_FOR = re.compile(
    rf"\b(?:need|want|everything|data|records?)\b[^#;.,]{{0,30}}?\bfor\s+(?:at least |a minimum of "
    rf"|up to )?{_DURATION}"
)
_LABELLED = re.compile(
    rf"(?:^|[;:(-]\s*)(?:all |our |the )?(?:data|records?|entries|documents)\s*[:=]?\s*"
    rf"(?:for )?(?:at least )?{_DURATION}"
)
_OTHER = re.compile(
    r"\b(?:logs?|log files|backups?|dead letters?|tokens?|sessions?(?! (?:records?|data|logs?))|cookies?"
    r"|caches?|cached|metrics|traces"
    r"|invitations?|links?|password|certificates?|trial|contracts? (?:runs?|lasts?)|temporary|otp|cart|carts"
    r"|snapshots|deploy\w*|live in|deadline|launch|experience|warranty|subscription|quotes? in|notice)\b"
)
_PLAN = re.compile(
    r"\b(?:go live|live in|deadline|deliver\w* in|project|roadmap|started|founded|experience|running"
    r"|business for|in business)\b"
)
_YEAR: Final = 365
_MONTHS_A_YEAR: Final = 12
_LONGEST_DAYS: Final = 365 * 200


@READERS.register("retention")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim days: a year is 365, a month 30 unless the months make whole years."""
    for pattern, weight in (
        (_BEFORE, 2),
        (_GONE_AFTER, 2),
        (_OLDER, 2),
        (_AFTER, 1),
        (_WANTED_FOR, 1),
        (_LABELLED, 1),
    ):
        for sentence, match in reading.matches(pattern):
            before = re.split(r"[,;]", sentence.plain[: match.start("n")])[-1]
            if _OTHER.search(before) or (pattern is _AFTER and _PLAN.search(sentence.plain)):
                continue
            if sentence.asks and not sentence.requests:
                continue
            days = _days(sentence.value(match), match)
            if 0 < days <= _LONGEST_DAYS:
                yield claim(sentence, match, PATH, days, weight=weight)


def _days(value: float, match: re.Match[str]) -> int:
    unit = next(days for index, (_, days) in enumerate(_UNITS) if match[f"u{index}"])
    if unit == 30 and value % _MONTHS_A_YEAR == 0:  # noqa: PLR2004 - a month
        return round(value / _MONTHS_A_YEAR * _YEAR)
    return round(value * unit)
