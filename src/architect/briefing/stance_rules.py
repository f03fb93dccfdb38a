"""The words that tell a stance: what stands before a mention, what after, and where clauses and lists end."""

import re
from typing import Final, Literal

Stance = Literal[
    "wanted", "current", "avoided", "unneeded", "replaced", "later", "asked", "option", "foreign", "known"
]

Rules = tuple[tuple[Stance, re.Pattern[str]], ...]

NOT_SENT: Final = re.compile(
    r"\b(?:(?:must|may|can|shall|should|will|do|does|is|are)(?: not|n't|not)|can't|won't|never|without"
    r"|nothing|no (?!problem|objection|preference|reason|issue|need)[\w-]+)"
    r"(?: (?!and\b|but\b|or\b)[\w-]+){0,3}? (?:sent|sends?|sending|given|gives?|go|goes|going|pass\w*"
    r"|shared?|shares|sharing|leak\w*|upload\w*|hand\w*|disclos\w*)"
    r"(?: (?!and\b|but\b|or\b)[\w-]+){0,4}? (?:to|with)\s*$"
)
"""What stands before whoever no text may be sent to."""

BEFORE: Final[Rules] = (
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
    ("avoided", NOT_SENT),
    ("replaced", re.compile(
        r"\b(?:instead of|rather than|prefer\w*\b[^.;,]{0,40}\bover|in place of|as opposed to|replac(?:e|es"
        r"|ing)|(?:mov|migrat|switch|port|convert|chang|transition)(?:e|es|ed"
        r"|ing) (?:\w+ ){0,3}?(?:away )?from|away from"
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

AFTER: Final[Rules] = (
    ("unneeded", re.compile(
        r"^[^,;:.()]{0,24}?\b(?:(?:is|are|would be|seems?|feels?|looks) (?:not (?:needed|necessary|required"
        r"|relevant|applicable|an issue|a requirement)|unnecessary|overkill|too (?:much|heavy|big|expensive"
        r"|complex)|irrelevant|optional)|(?:isn't|aren't|not) (?:needed|necessary|required|relevant"
        r"|applicable|an issue)|not (?:needed|required|necessary|relevant)|n/a\b|na$|(?:does not|doesn't"
        r"|do not|don't) apply|(?:is|are) (?:(?:(?:[\w-]+ ){0,3}?[\w-]+'s?|their|somebody else'?s?"
        r"|someone else'?s?|not our)"
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
    ("option", re.compile(
        r"^\s*(?:is fine too|would (?:also )?(?:be (?:ok|okay|fine|possible)|work)|would also do"
        r"|or (?:similar"
        r"|something|whatever|equivalent|anything|the like|so)|(?:or|/) (?:another|any other))"
    )),
    ("foreign", re.compile(
        r"^[^,;:.()]{0,16}?\b(?:(?:is|are) (?:used|owned|run) by (?:another|the other|others|someone else"
        r"|a different)|monolith|app (?:in|on|from) the past)\b"
    )),
)  # fmt: skip

SOFT_CURRENT = re.compile(
    r"\b(?:stays?|stay on|keep|keeps|keeping|remains?|still|already here|not negotiable|non-negotiable"
    r"|bleibt|bleiben|fixed|given)\b"
)
CLAUSE = re.compile(
    r"[;:()]|(?<!anything)(?<!everything)(?<!nothing)(?<!all),? but |,? however,? | - |, (?=(?:so|and|then"
    r"|which|who|because|since|as|while|although"
    r"|otherwise|use|we|i|it|they|please|for|not|no|never|maybe|later|someday|eventually)\b)|,? (?:and"
    r"|so) (?=(?:we|i|it|they|please|then|use|not)\b)|\.\s|\? "
)
COMMA = re.compile(r",\s")
JOINS = re.compile(
    r"\s*(?:,|/|\+|&|and/or|and|or|nor|und|oder|y|e|o|ou|et|plus|noch|ni|as well as|,\s*(?:and|or|nor|und"
    r"|oder)|\s)*\s*(?:a |an |the |any |our )?"
)
ALTERNATIVE = re.compile(r"\b(?:or|oder|o|ou|nor|ni|noch|and/or)\b|/")
EITHER = re.compile(r"\b(?:or|oder|o|ou)\b")
KNOWS = re.compile(
    r"\b(?:knows?|know|fluent (?:in|with)|experienced? (?:in|with|using)|experience (?:in|with)"
    r"|familiar with|comfortable (?:with|in)|proficient (?:in|with)|skilled (?:in|with)"
    r"|(?:strong|versed|solid|confident) (?:in|with|at|on)|good (?:at|with)"
    r"|at home (?:in|with)"
    r"|expertise (?:in|with)|experts? (?:in|on|with|at)|worked (?:with|on)|have (?:all )?(?:used|done)"
    r"|trained (?:in|on)|kennen|kennt|beherrschen|erfahrung mit|conocen|conoce|conocemos|saben|dominan"
    r"|experiencia (?:con|en)|connaissent|connaît|connaissons|maîtrisent|expérience (?:avec|en)|conoscono"
    r"|conhecem|kennen)\b[^;:.]{0,50}$"
)
KNOWN_AFTER = re.compile(
    r"^[^,;:.()]{0,40}?\b(?:(?:is|are) what (?:i|we|they|everybody|everyone|the team|my \w+|our \w+) knows?"
    r"|is all (?:i|we) know|(?:inside out|in our sleep))"
    r"|^\s*(?:experts?|experience|expertise|knowledge|background|skills|people|folks|veterans?|shop|know-how"
    r"|kenntnisse|developers?|devs)\b(?! (?:jobs?|tasks?|workers?))"
)
ALL_I_KNOW = re.compile(
    r"^[^,;:.()]{0,12}?\b(?:(?:is|are) what (?:i|we|the team|everybody|everyone) knows?|is all (?:i"
    r"|we) know)\b"
)
NOT_KNOWN = re.compile(
    r"\b(?:no(?:body|one| one| experience)|none of us|don't|do not|doesn't|not|never|little|hardly|niemand"
    r"|nadie|personne|kein\w*)\b[^,;:.]{0,40}$"
)
