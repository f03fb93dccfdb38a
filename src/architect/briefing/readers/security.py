"""Tenancy, personal data, compliance: "each clinic sees only its own", "HIPAA applies"."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.reading import READERS, Reading, claim, claim_of

TENANCY: Final = "security.tenancy"
PERSONAL: Final = "security.personal_data"
COMPLIANCE: Final = "security.compliance"

_MULTI = re.compile(
    r"\b(?:multi-?(?: |-)?tenan(?:t|ts|cy)|multitenan(?:t|cy)|mandantenfähig\w*|mandantentrennung"
    r"|multi-?inquilino|multi-?locataires?|per[- ]tenant|tenant isolation|(?:each|every) \w+(?: \w+)? (?:is"
    r"|as|being) a (?:separate )?tenant|one tenant per|tenants? (?:are|is|must be|should be) (?:isolated"
    r"|separated))\b"
)
_OWN_ONLY = re.compile(
    r"\b(?:each|every|jede[rs]?|cada|chaque|(?:the )?\w+s)\b(?: \w+){0,3}? (?:must|may|can|should|shall|will"
    r"|has to|have to|is|are|sees?|gets?|darf|solo|only|,|to|ever|be)[\w ,']{0,50}?\b(?:only|solely|just"
    r"|exclusively|ever|nur|sólo|solo|que|own)\b[\w ,']{0,40}?\b(?:its|their|his|her|the)? ?(?:own|eigenen?"
    r"|propi[oa]s|propres?)\b"
)
_EACH_ONLY = re.compile(r"\beach (?:\w+ ){0,2}?only (?:sees? |gets? |has )?(?:their|its|his|her)\b")
_EACH_OF_OWN = re.compile(
    r"\b(?:each|every) (?!user\b|customer\b|driver\b|nurse\b|person\b|employee\b|member\b"
    r"|service\b)(?P<who>\w+) (?:must (?:only )?|may (?:only )?|can (?:only )?|should (?:only )?"
    r"|shall (?:only )?|only )?(?:ever )?(?:sees?|access(?:es)?|reads?|manages?|gets?) (?:only )?(?:its"
    r"|their) own\b"
)
_EACH_SEES = re.compile(
    r"\beach (?:one |of them )?(?:only |must only )?(?:sees?|has access to|accesses|manages?|gets?"
    r"|can see) (?:only )?(?:its|their) own\b"
)
_SEPARATED = re.compile(
    r"\b(?:strictly|completely|fully|hard|physically|logically)? ?(?:separated?|isolated?|segregated"
    r"|partitioned|getrennt) (?:from (?:the |each )?others?|per (?:customer|client|tenant|company|clinic"
    r"|school|organi[sz]ation)|by (?:customer|tenant|company|client))\b"
    r"|\b(?:customers?|clients?|compan(?:y|ies)|tenants?|clinics?|schools?|organi[sz]ations?|merchants?"
    r"|hotels?|shops?|stores?|agenc(?:y|ies)|teams?) (?:must|may|can|should|shall)(?: not|not|n't"
    r"| never) (?:ever )?(?:see|access|read) (?:each other's|the data of|another|other|one another's"
    r"|data of)|\b\w+s (?:must|may|should|shall|can)(?: not|n't| never) (?:ever )?(?:see|access|read"
    r"|touch) (?:each |one an)other's\b"
)
_SINGLE = re.compile(
    r"\b(?:single[- ]tenan(?:t|cy)|one (?:instance|deployment|installation|database) (?:per|for each"
    r"|for every) (?:customer|client|tenant|company)|not multi-?tenant|no multi-?tenan(?:t|cy)"
    r"|only one (?:tenant|organi[sz]ation|company|customer))\b"
)
_SAAS = re.compile(r"\b(?:saas|white[- ]label|b2b platform)\b")
_GROUPS: Final = (
    r"(?:clinic|school|compan(?:y|ies)|compan|firm|branch|customer|client|tenant|hospital|hotel|shop|store"
    r"|restaurant|site|merchant|organi[sz]ation|organisation|agency|club|department|municipality|office"
    r"|practice|lab|exhibitor|franchise|farm|bank|brand|team|region|station|dealer|garage|landlord|partner"
    r"|vendor|publisher|association|charity|congregation|gym|studio|kanton|praxis|schule|firma|kunde)"
)
_GROUP = re.compile(_GROUPS)

_PERSONAL = re.compile(
    r"\b(?:personal(?:ly identifiable)? (?:data|information|details)|pii|personenbezogene\w*"
    r"|persönliche daten|datos personales|données personnelles|dati personali|dados pessoais"
    r"|persoonsgegevens|sensitive (?:personal|health|patient) data|health (?:data|records|information)"
    r"|medical (?:data|records|histor\w+)|patient (?:data|records|names?)|phi\b)"
)
_NOT_PERSONAL = re.compile(
    r"\b(?:(?:no|without|not any|contains? no|holds? no|not|never|zero|keine|ohne|sin|sans|aucune|ningún|non"
    r"|nenhum)\s+(?:\w+\s+){0,2}?(?:personal(?:ly identifiable)? (?:data|information)|pii)\b"
    r"(?! (?:may|must|can|should|shall|is allowed|leaves?|goes|in (?:the )?(?:logs?|prompts?)))"
    r"|\b(?:no|without|keine|ohne|sin|sans|aucune|non|nenhum)\s+(?:\w+\s+){0,2}?"
    r"(?:personenbezogene\w*(?: daten)?|datos personales|données personnelles)|(?:everything|all(?: data)?"
    r"|data) is (?:fully |already )?(?:anonymi[sz]ed|hashed|pseudonymi[sz]ed)|fully anonymous data"
    r"|only anonymi[sz]ed data)"
)
_PERSONAL_IS = re.compile(
    r"\b(?:data|records|information|names?) (?:is|are|counts? as|being) (?:considered )?(?:personal"
    r"|sensitive|private)\b"
)
_PERSON_FIELDS = re.compile(
    r"\b(?:birth ?dates?|dates? of birth|social security|passport (?:number|no)|home address(?:es)?"
    r"|phone numbers?|email addresses|e-mail addresses|insurance numbers?|salar(?:y|ies)|geburtsdat\w+"
    r"|fecha de nacimiento|date de naissance|patient names?|customer names?|national id|diagnos[ei]s"
    r"|medical history)\b"
)
_IMPLY_PERSONAL: Final = frozenset({"gdpr", "hipaa", "ccpa", "ferpa", "coppa", "lgpd", "pipeda"})


@READERS.register("security")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim tenancy, personal data and regimes."""
    yield from _tenancy(reading)
    yield from _personal_data(reading)
    yield from _compliance(reading)


def _tenancy(reading: Reading) -> Iterator[Claim]:
    for sentence, match in reading.matches(_SINGLE):
        yield claim(sentence, match, TENANCY, "single", weight=2)
    for sentence, match in reading.matches(_MULTI):
        negated = re.search(r"\b(?:no|not|without|keine)\W+(?:\w+\W+)?$", sentence.plain[: match.start()])
        yield claim(sentence, match, TENANCY, "single" if negated else "multi", weight=1)
    for pattern in (_OWN_ONLY, _EACH_ONLY, _EACH_OF_OWN, _EACH_SEES, _SEPARATED):
        for sentence, match in reading.matches(pattern):
            stated = _GROUP.search(sentence.plain) is not None
            because = sentence.said
            if stated:
                yield claim(sentence, match, TENANCY, "multi", because=because)
    for sentence, match in reading.matches(_SAAS):
        yield claim(
            sentence,
            match,
            TENANCY,
            "multi",
            "inferred",
            f"{sentence.words(match)}: many customers on one system",
        )


def _personal_data(reading: Reading) -> Iterator[Claim]:
    for sentence, match in reading.matches(_NOT_PERSONAL):
        yield claim(sentence, match, PERSONAL, value=False, weight=3)
    for pattern in (_PERSONAL, _PERSONAL_IS):
        for sentence, match in reading.matches(pattern):
            yield claim(sentence, match, PERSONAL, value=True, weight=1)
    for sentence, match in reading.matches(_PERSON_FIELDS):
        because = f"{sentence.words(match)} tell who somebody is"
        yield claim(sentence, match, PERSONAL, value=True, provenance="inferred", because=because)
    for judged in reading.having("compliance"):
        if judged.mention.term.name in _IMPLY_PERSONAL:
            yield claim_of(
                judged,
                PERSONAL,
                value=True,
                provenance="inferred",
                because=f"{judged.mention.words} is about personal data",
            )


def _compliance(reading: Reading) -> Iterator[Claim]:
    for judged in reading.having("compliance"):
        yield claim_of(judged, COMPLIANCE, judged.mention.term.name)
