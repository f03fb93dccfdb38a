"""How a text stands to what it names: wanted, avoided, put off, only asked about, or somebody else's.

A stance is read from the words around a mention, inside its clause. Mentions that are joined to a list
("no Kafka, Redis or NATS") share what stands before or after the whole list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from architect.briefing.passage import Sentence
from architect.briefing.terms import Mention

Stance = Literal[
    "wanted", "current", "avoided", "unneeded", "replaced", "later", "asked", "option", "foreign", "known"
]

_Rules = tuple[tuple[Stance, re.Pattern[str]], ...]

_BEFORE: Final[_Rules] = (
    ("wanted", re.compile(
        r"\b(?:no problem (?:with|using)|not only|nothing (?:but|other than|except)|why not"
        r"|no reason not to use|don't mind|not opposed to|wouldn't mind|instead of \w+,? (?:use|take|with)"
        r"|no \w+ (?:preference|objection)s? (?:to|against))\s+(?:a |an |the |using )?$"
        r"|(?:(?:would|we|i|they|you|people|also|really)(?:'d)? (?:really |also )?|'d )(?:like"
        r"|love)\s+(?:to (?:use|have|see|go with)\s+)?(?:a |an |the )?$"
    )),
    ("avoided", re.compile(
        r"\b(?:anything (?:but|except|other than)|everything (?:but|except)|any \w+ (?:but|except"
        r"|other than)|(?:please )?avoid(?:ing)?|stay(?:ing)? (?:away|clear) (?:from|of)|steer clear of"
        r"|(?:do not|don't|dont|does not|doesn't|did not|didn't|will not|won't|wont|must not|mustn't"
        r"|shall not|should not|shouldn't|can not|cannot|can't|cant|may not|never) "
        r"(?:want(?: to)?|ever |really |wish to |like(?: to)?|use|using|touch|introduce|add|adopt|accept"
        r"|allow|rely on|be using|depend on|run|run on|have|support|go (?:with|for)|trust"
        r"|let us use)(?: (?:use|see|run|run on|have|touch|adopt|go near|any|another|a|an|the|using))*"
        r"|fed up with|sick of|tired of|burn(?:ed|t) by|had enough of|hate|hates|refuse|ban|bans|banned"
        r"|forbids?|forbidden|prohibits?|vetoed|allergic to|no more|never again"
        r"|not|no|without|w/o|nor|neither|never|ohne|kein|keine|keinen|keinem|nicht|niemals|sin|nada de|sans"
        r"|pas de|pas d'|jamais|aucun|aucune|senza|niente|sem|nada de|geen|zonder|minus)"
        r"(?: (?:any|a|an|the|using|use of|such thing as|more|please|need for any kind of))*\s*$"
    )),
    ("unneeded", re.compile(
        r"\b(?:(?:do not|don't|dont|does not|doesn't|won't|wouldn't|will not|shouldn't|needn't) (?:really "
        r"|actually |think we |even )?(?:need|require|call for|warrant|justify)"
        r"|no (?:need|reason|use|point|room) (?:for|to use|to run|in|of)|no use for|can (?:do|live) without"
        r"|there is no need for|not (?:going to )?need(?:ing)?|brauchen (?:wir )?(?:kein|keine|keinen)"
        r"|no necesitamos|pas besoin de)"
        r"(?: (?:any|a|an|the|another|something like|to use|to have|to run|to))*\s*$"
    )),
    ("replaced", re.compile(
        r"\b(?:instead of|rather than|prefer\w*\b[^.;,]{0,40}\bover|in place of|as opposed to|replac(?:e|es"
        r"|ing)|(?:mov|migrat|switch|port|convert|chang|transition)(?:e|es|ed|ing) (?:\w+ ){0,3}?(?:away )?from|away from"
        r"|moving off(?: of)?|off(?: of)?"
        r"|get(?:ting)? rid of|drop(?:ping)?|ditch(?:ing)?|retir(?:e|ing)|phas(?:e|ing) out"
        r"|port(?:ing)? \w* ?from|anstatt|statt|en lugar de|en vez de|au lieu de)"
        r"(?: (?:our|the|a|an|old|legacy|existing|current|using|plain|that))*\s*$"
    )),
    ("option", re.compile(
        r"\b(?:not sure (?:about|if|whether|of)|unsure (?:about|whether)|undecided (?:about|between)"
        r"|whether(?: to use| we use| or not to use)?|either|between|torn between|(?<![-\w])like|such as"
        r"|similar to|something like|e\.g\.?|kind of like|think of|open to|thinking (?:about|of)|considering"
        r"|evaluating|looking (?:at|into)|could be|even|if (?:you|we) (?:\w+ )?(?:want|need|use|choose))"
        r"(?: (?:a|an|the|using|of|to use))*\s*$"
    )),
    ("later", re.compile(
        r"\b(?:maybe|perhaps|possibly|potentially|eventually|someday|some day|one day|later(?: on)?"
        r"|in (?:the |a )?(?:near |distant )?future|down the (?:road|line)|at some point|phase (?:2|two|3"
        r"|three)|next (?:year|quarter|phase)"
        r"|might|may|could|would be nice|nice to have|optional(?:ly)?|if we (?:ever|grow)|once we (?:grow"
        r"|scale)|vielleicht|später|irgendwann|eventuell|tal vez|quizás?|más adelante|en el futuro|peut-être"
        r"|plus tard|à terme|forse|in futuro|talvez|misschien|future|future-proof)\b[^,;:()]{0,40}$"
    )),
    ("foreign", re.compile(
        r"(?:\b(?:competitors?|rival|other (?:team|department|company|project|product|services?)s?"
        r"|another (?:team|department|company|project)|sister (?:team|company)|parent company|"
        r"(?:they|their \w+|the vendor|the supplier|a friend|my friend|friends?)(?: of (?:mine"
        r"|ours))? (?:\w+ ){0,2}?(?:use[sd]?|runs?|ran|are on|is on|has|have|had|swears? by|rely|relies"
        r"|went with|chose|works? with)|predecessor|previous (?:team|developer|agency|system|version"
        r"|company)|former|formerly|used to|legacy|old (?:one|system|version|service|app|stack|backend|code"
        r"|solution)|the old|previously|inherited|back then|in the past|was (?:built|written|made"
        r"|done) (?:with|in|on|using)|"
        r"data warehouse team|analytics team|netflix|uber|google uses|konkurrenz|altsystem|früher"
        r"|bisher(?:ige)?|antiguo|ancien(?:ne)?)\b[^.;:()]{0,50}$)"
    )),
    ("current", re.compile(
        r"\b(?:currently|today|at the moment|right now|these days|so far|as of now|existing|already"
        r"|at present|aktuell|derzeit|heute|actualmente|hoy|actuellement|aujourd'hui|we have an?|is an?"
        r"|our current|the current)\b[^,;:()]{0,40}$"
    )),
)  # fmt: skip

_AFTER: Final[_Rules] = (
    ("unneeded", re.compile(
        r"^[^,;:.()]{0,24}?\b(?:(?:is|are|would be|seems?|feels?|looks) (?:not (?:needed|necessary|required"
        r"|relevant|applicable|an issue|a requirement)|unnecessary|overkill|too (?:much|heavy|big|expensive"
        r"|complex)|irrelevant|optional)|(?:isn't|aren't|not) (?:needed|necessary|required|relevant"
        r"|applicable|an issue)|not (?:needed|required|necessary|relevant)|n/a\b|na$|(?:does not|doesn't"
        r"|do not|don't) apply|(?:is|are) (?:(?:(?:[\w-]+ ){0,3}?[\w-]+'s?|their|somebody else'?s?|someone else'?s?|not our)"
        r" (?:problem|job|business|concern|responsibility|headache)|handled by|covered by|taken care of)"
        r"|not applicable|irrelevant|nicht (?:nötig|notwendig|erforderlich|relevant)"
        r"|no (?:es necesario|hace falta)|n'est pas nécessaire|pas nécessaire|needed\?)"
    )),
    ("avoided", re.compile(
        r"^[^,;:.()]{0,24}?\b(?:(?:is|are) (?:not (?:an option|allowed|permitted|possible|acceptable"
        r"|welcome)|out(?: of the question)?(?=[\s,.!]|$)|off the table|forbidden|banned|prohibited|a no-go"
        r"|ruled out|excluded|no option)|(?:isn't|aren't) (?:an option|allowed|possible|acceptable)"
        r"|not allowed|no thanks|no way|is dead to us|burned us|bit us|(?:must|may|shall|should"
        r"|can) ?not be used|(?:mustn't|can't|cannot|shouldn't) be used)"
    )),
    ("replaced", re.compile(
        r"^[^,;:.()]{0,24}?\b(?:was (?:wrong|a mistake|too slow|too expensive|a bad idea|painful)|(?:has"
        r"|have) to go|will be (?:retired|replaced|dropped|switched off)|is being (?:retired|replaced"
        r"|phased out)|is going away|(?:is|gets) replaced|no longer|anymore|any more|is end of life|is eol)"
    )),
    ("later", re.compile(
        r"^(?:[^,;:.()]{0,30}?\b(?:later|someday|some day|one day|eventually|next (?:year|quarter|phase"
        r"|release)|in (?:the )?future|at some point|down the (?:road|line)|in phase (?:2|two|3|three)"
        r"|phase (?:2|two)|in v2|when we grow|might come|may come|maybe|perhaps|would be nice"
        r"|is a nice to have|nice to have|if time permits|später|irgendwann|más adelante|plus tard"
        r"|mais tarde)\b|\s*\((?:later|maybe|optional|future|phase 2|nice to have)[^)]*\)|\?)"
    )),
    ("option", re.compile((
        r"^\s*(?:is fine too|would (?:also )?(?:be (?:ok|okay|fine|possible)|work|do)|or (?:similar"
        r"|something|whatever|equivalent|anything|the like|so)|(?:or|/) (?:another|any other))"
    ))),
    ("foreign", re.compile((
        r"^[^,;:.()]{0,16}?\b(?:(?:is|are) (?:used|owned|run) by (?:another|the other|others|someone else"
        r"|a different)|monolith|app (?:in|on|from) the past)\b"
    ))),
)  # fmt: skip

_SOFT_CURRENT = re.compile(
    r"\b(?:stays?|stay on|keep|keeps|keeping|remains?|still|already here|not negotiable|non-negotiable"
    r"|bleibt|bleiben|fixed|given)\b"
)
_CLAUSE = re.compile(
    r"[;:()]|(?<!anything)(?<!everything)(?<!nothing)(?<!all),? but |,? however,? | - |, (?=(?:so|and|then|which|who|because|since|as|while|although"
    r"|otherwise|use|we|i|it|they|please|for|not|no|never|maybe|later|someday|eventually)\b)|,? (?:and"
    r"|so) (?=(?:we|i|it|they|please|then|use|not)\b)|\.\s|\? "
)
_COMMA = re.compile(r",\s")
_JOINS = re.compile(
    r"\s*(?:,|/|\+|&|and/or|and|or|nor|und|oder|y|e|o|ou|et|plus|noch|ni|as well as|,\s*(?:and|or|nor|und"
    r"|oder)|\s)*\s*(?:a |an |the |any |our )?"
)
_ALTERNATIVE = re.compile(r"\b(?:or|oder|o|ou|nor|ni|noch|and/or)\b|/")
_EITHER = re.compile(r"\b(?:or|oder|o|ou)\b")
_KNOWS = re.compile(
    r"\b(?:knows?|know|fluent (?:in|with)|experienced? (?:in|with|using)|experience (?:in|with)"
    r"|familiar with|comfortable (?:with|in)|proficient (?:in|with)|skilled (?:in|with)|good (?:at|with)"
    r"|at home (?:in|with)"
    r"|expertise (?:in|with)|experts? (?:in|on|with|at)|worked (?:with|on)|have (?:all )?(?:used|done)"
    r"|trained (?:in|on)|kennen|kennt|beherrschen|erfahrung mit|conocen|conoce|conocemos|saben|dominan"
    r"|experiencia (?:con|en)|connaissent|connaît|connaissons|maîtrisent|expérience (?:avec|en)|conoscono"
    r"|conhecem|kennen)\b[^;:.]{0,50}$"
)
_KNOWN_AFTER = re.compile(
    r"^[^,;:.()]{0,40}?\b(?:(?:is|are) what (?:i|we|they|everybody|everyone|the team|my \w+|our \w+) knows?"
    r"|is all (?:i|we) know|(?:inside out|in our sleep))"
    r"|^\s*(?:experts?|experience|expertise|knowledge|background|skills|people|folks|veterans?|shop|know-how"
    r"|kenntnisse|developers?|devs)\b(?! (?:jobs?|tasks?|workers?))"
)
_ALL_I_KNOW = re.compile(
    r"^[^,;:.()]{0,12}?\b(?:(?:is|are) what (?:i|we|the team|everybody|everyone) knows?|is all (?:i"
    r"|we) know)\b"
)
_NOT_KNOWN = re.compile(
    r"\b(?:no(?:body|one| one| experience)|none of us|don't|do not|doesn't|not|never|little|hardly|niemand"
    r"|nadie|personne|kein\w*)\b[^,;:.]{0,40}$"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention and how the text stands to it; ``alternative`` when it is one of several that would do."""

    mention: Mention
    stance: Stance
    alternative: bool = False
    kept: bool = False
    """True when the text insists on what is there: "MySQL stays"."""


def judge(mentions: Sequence[Mention]) -> list[Judged]:
    """Return each mention with its stance.

    Example: in "no Kafka, use NATS" Kafka is avoided and NATS wanted.
    """
    judged: list[Judged] = []
    for group in _lists(mentions):
        judged += _judge_list(group)
    return judged


def stance_at(sentence: Sentence, start: int, end: int) -> Stance:
    """Return how the sentence stands to what it names between two places.

    Example: ``"maybe gRPC later"`` at ``gRPC`` is ``"later"``.
    """
    whole = _whole(sentence)
    if whole is not None:
        return whole
    before, after = _clause(sentence.plain, start, end)
    return _by(_BEFORE, before) or _by(_AFTER, after) or "wanted"


def _whole(sentence: Sentence) -> Stance | None:
    """Return the stance of a sentence as a whole: under a heading, or a question."""
    if sentence.section == "out":
        return "unneeded"
    if sentence.section == "later":
        return "later"
    if _LABELLED_OLD.match(sentence.plain):
        return "foreign"
    if _LABELLED_NOW.match(sentence.plain):
        return "current"
    return "asked" if sentence.asks and not sentence.requests else None


_FROM = re.compile(
    r"\b(?:(?:mov|migrat|switch|port|convert|chang|upgrad|transition|go|com)\w*\b[^;.]{0,60}\bfrom|(?:replicat|copy|copie|sync|mirror|load|convert|migrat|port|mov|turn)\w*)(?: (?:our|the|a|an|old|legacy|existing|current|using|plain|that))*\s*$"
)
_ARROW = re.compile(r"\s*(?:-+>|=+>|→)\s*\w")
_TO = re.compile(r"^\s*(?:[\w-]+ ){0,3}?(?:to|into|nach|a|hacia|vers)\s+\w")


def _left_behind(before: str, after: str) -> Stance | None:
    """Return ``replaced`` for what is moved away from: "moving from MySQL to PostgreSQL", "replicate DB2 into Postgres"."""
    return "replaced" if _ARROW.match(after) or (_FROM.search(before) and _TO.search(after)) else None


_LABELLED_OLD = re.compile(
    r"\W*(?:the )?(?:legacy|old (?:stack|system|one|version)|as[- ]is|previous(?:ly)?|competitors?|altsystem|bisher|antes|avant)\b[^:]{0,20}:"
)
_LABELLED_NOW = re.compile(
    r"\W*(?:the )?(?:today|now|currently|current (?:stack|state|system|setup)|existing(?: \w+)?|status quo|ist-zustand|actual|actuel)\b[^:]{0,20}:"
)


def _by(rules: _Rules, text: str) -> Stance | None:
    for stance, pattern in rules:
        if pattern.search(text):
            return stance
    return None


def _clause(plain: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a place, within its clause."""
    first = 0
    for match in _CLAUSE.finditer(plain, max(0, start - 160), start):
        first = match.end()
    following = _CLAUSE.search(plain, end, end + 160)
    last = following.start() if following else min(len(plain), end + 160)
    if following and following.group() in ("(", "? "):
        last = following.end() + (40 if following.group() == "(" else 0)
    return plain[max(first, start - 160) : start], plain[end:last]


def _lists(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions with those of one list together ("Kafka, Redis or NATS")."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        joined = (
            last is not None
            and last.sentence is mention.sentence
            and _JOINS.fullmatch(mention.sentence.plain, last.end, mention.start) is not None
        )
        if joined:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _judge_list(group: list[Mention]) -> list[Judged]:
    first, last = group[0], group[-1]
    sentence = first.sentence
    plain = sentence.plain
    whole = _whole(sentence)
    before, _ = _clause(plain, first.start, first.end)
    _, after = _clause(plain, last.start, last.end)
    leading, trailing = _by(_BEFORE, before) or _left_behind(before, plain[last.end :]), _by(_AFTER, after)
    knowing = _knowing(before, after)
    between = plain[first.end : last.start]
    alternative = len(group) > 1 and _EITHER.search(between) is not None
    judged: list[Judged] = []
    for at, mention in enumerate(group):
        stance: Stance = "wanted"
        insisted = False
        if whole is not None:
            stance = whole
        elif knowing:
            stance = "known"
            insisted = _ALL_I_KNOW.search(after) is not None
        elif leading and (at == 0 or _shared(leading, group, at)):
            stance = leading
        elif trailing and (mention is last or _ends_with(group, at)):
            stance = trailing
        elif len(group) > 1 and (own := _own(mention, first, last)):
            stance = own
        if stance in ("wanted", "current") and alternative and _same_role(group):
            stance = "option"
        near = plain[max(0, mention.start - 30) : mention.end + 30]
        kept = insisted or _SOFT_CURRENT.search(near) is not None
        judged.append(Judged(mention, stance, alternative=alternative, kept=kept))
    return judged


def _own(mention: Mention, first: Mention, last: Mention) -> Stance | None:
    """Return what a single item of a list has of its own: "Postgres, maybe Redis"."""
    plain = mention.sentence.plain
    before = plain[first.start : mention.start].rpartition(",")[2]
    after = plain[mention.end : last.end + 30].partition(",")[0]
    return _by(_BEFORE, before) or (_by(_AFTER, after) if mention is not last else None)


def _knowing(before: str, after: str) -> bool:
    if _KNOWS.search(before):
        return _NOT_KNOWN.search(before) is None
    return _KNOWN_AFTER.search(after) is not None and not _by(_BEFORE[1:3], before)


def _shared(leading: Stance, group: list[Mention], at: int) -> bool:
    """True when what stands before a list holds for its item at ``at`` too."""
    plain = group[0].sentence.plain
    between = plain[group[0].end : group[at].start]
    rest = plain[group[0].end : group[-1].start]
    if leading in ("wanted", "foreign", "current"):
        return True
    if _ALTERNATIVE.search(rest):
        return True
    if leading in ("replaced", "option"):
        return "," not in between
    joined_by_and = "," not in between and re.search(r"\b(?:and|und|y|et|e)\b|&", between) is not None
    return joined_by_and and leading in ("later", "unneeded", "avoided")


def _ends_with(group: list[Mention], at: int) -> bool:
    """True when only an "and" stands between the item at ``at`` and the end of its list."""
    plain = group[0].sentence.plain
    between = plain[group[at].end : group[-1].start]
    return "," not in between and re.search(r"\b(?:and|or|und|oder|nor)\b|&", between) is not None


def _same_role(group: list[Mention]) -> bool:
    roles = {mention.term.roles[0] for mention in group}
    return len(roles) == 1 or roles <= {"database", "broker", "cache", "vector_store", "known"}
