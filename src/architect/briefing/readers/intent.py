"""What is asked of the tool: build something, answer a question, review what there is."""

import re
from collections.abc import Iterator
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import READERS, Reading
from architect.model.brief import Intent

PATH: Final = "intent"

_PLACE: Final = (
    r"(?:(?:\.{1,2}|~)/[\w./-]*|(?<![\w/:])/(?:[\w.-]+/)*[\w.-]+|\b(?:services|src|apps?|packages|backend"
    r"|api|svc|libs?|modules|cmd|lib)/[\w./-]+|git@[\w.:/-]+|https?://[^\s]*(?:git|bitbucket|codeberg)[^\s]*"
    r"|\b[\w.-]+\.(?:py|git|zip)\b)"
)
_CODE: Final = (
    r"(?:repo(?:sitory|s|sitories)?|code ?base|(?:my|our|this|the|your|its|existing|source|python"
    r"|backend) code(?! (?:is|for|to|they|that))"
    r"|(?<!qr )(?<!bar)(?<!zip )(?<!promo )(?<!discount )code (?:in|under|at|of)|source(?: code)?"
    r"|pull request|pr"
    r"|implementation|project(?! (?:for|to))|(?:my|our|this|the|existing"
    r"|current) (?:[\w-]+ ){0,2}?(?:service|app|application|backend|api|module|package|monolith|architecture"
    r"|schema|setup|endpoints?))"
)
_REVIEW_VERB: Final = (
    r"(?:(?:code[- ])?review(?:ing)?|audit(?:ing)?|(?:have|take) a (?:\w+ )?look (?:at|over|into|through)"
    r"|look(?:ing)? (?:at|over|through|into)|check(?:ing)?(?: out)?|inspect|analy[sz]e|scan|critique"
    r"|critici[sz]e|assess|evaluate|go (?:through|over)|examine|vet|grade|roast|second opinion on"
    r"|feedback on|sanity[- ]check|lint"
    r"|find (?:(?:the|all|any|security|performance) )*(?:bugs?|problems?|issues?|bottlenecks?|holes|flaws"
    r"|weaknesses|vulnerabilit\w+)|prüf\w*|überprüf\w*|schau\w* (?:dir|mal|euch)|begutacht\w*|durchsehen"
    r"|revisa\w*|revisar|audita\w*|analiza\w*|examina\w*|vérifi\w*|relis|relire|examine\w*|analyse\w*"
    r"|auditer|controlla|rivedi|analizza|verifique|analise|bekijk|controleer|beoordeel)"
)
_REVIEW = re.compile(rf"\b{_REVIEW_VERB}\b[^.;!?\n]{{0,80}}?(?:{_PLACE}|\b{_CODE}\b)")
_REVIEW_OF = re.compile(
    r"(?:^|\b)(?:(?:code |security |architecture )?(?:review|audit) (?:of|for)|reviewing|code review"
    rf"|what(?:'s| is| are)? (?:wrong|bad|broken|missing|weak|insecure|slow)\b[^.?]{{0,24}}\b(?:with|about"
    r"|in)|(?:is there )?anything (?:wrong|bad|missing|off|insecure) (?:with|in|about)|was ist falsch an"
    rf"|qué (?:falla|está mal) en)\b[^.;!\n]{{0,60}}?(?:{_PLACE}|{_CODE})"
)
_ASKS_OF = re.compile(
    r"\b(?:would|should|could|can|do) (?:you|we|i) (?:change|improve|refactor|rewrite|redo|do differently"
    rf"|worry about|criticise|fix|think of)\b[^.;!\n]{{0,60}}?{_PLACE}"
)
_BARE_REVIEW = re.compile(
    r"^\W*(?:please |pls |can you |could you )?(?:review|audit|check|inspect|scan|analy[sz]e|prüfe|revisa"
    rf"|audita|vérifie)\s+(?:{_PLACE}|(?:my|our|this|the) {_CODE})"
)
_REVIEW_IN = re.compile(
    rf"{_PLACE}[^.;\n]{{0,60}}?\b{_REVIEW_VERB}\b|\btell me what (?:will|would|might|could|can"
    r"|is going to) (?:break|fail|go wrong)"
)

_BUILD_VERB: Final = (
    r"(?:builds?|building|create|creating|makes?|making|write|writing|implement(?:ing)?|design(?:ing)?"
    r"|develop(?:ing)?|set(?:ting)? up|put(?:ting)? together|scaffold|generate|rebuild(?:ing)?|rewrite"
    r"|bootstrap|prototype|add|deliver|code|launch(?:ing)?|pull|extract|split|replace|give me|migrat(?:e"
    r"|ing)|port(?:ing)?|work(?:ing)? on|start(?:ing)?|extend(?:ing)?|spin up|whip up|hack together"
    r"|stand up)"
)
_WISH = re.compile(
    r"\b(?:(?:i|we)(?:'d|'ll| would| will| really| just| also| currently| all| both)* (?:like|love|want"
    r"|need|wish|plan|intend|have(?= to\b)|are planning|are looking|am looking|hope|aim|require)(?: to| for"
    r"| you to"
    r"| someone to| something)?(?! (?:to know|to understand|to learn|to find out|advice|your advice"
    r"|your opinion|an opinion|help (?:understanding|deciding|choosing)))"
    r"|(?:i'm|i am|we're|we are|im) (?:now |currently |about to |going to |planning (?:on|to) |trying to "
    rf"|looking to )*{_BUILD_VERB}|looking (?:for|to)|need(?:s|ed)?(?:\s*:| (?:a|an|to|the|some|help))"
    r"|wants? (?:a|an"
    r"|to)|seeks?\b|invites? tenders?|is seeking|requires? (?:a|an)|shall (?:be|provide|expose|support|have"
    r"|process|authenticate|offer|run)|must (?:be|provide|support|have|run|expose|handle|answer|hold|store)"
    r"|should (?:be able|support|have|run|expose|handle|hold|store|manage)|has to (?:be|keep|store|handle"
    rf"|run|support)|let's {_BUILD_VERB}|pls {_BUILD_VERB}|please {_BUILD_VERB}"
    r"|wir (?:brauchen|möchten|wollen|benötigen|suchen|planen|bauen|entwickeln|hätten gerne)|ich (?:brauche"
    r"|möchte|will|benötige|suche|baue)|gesucht|suchen ein\w*|soll(?:en)? (?:eine?|die|das|der)|erstelle"
    r"|baue|entwickle|schreibe"
    r"|necesit(?:amos|o)|quer(?:emos|o)|quiero|quisiéramos|buscamos|crea(?:r)? un|desarroll(?:a|ar|amos)"
    r"|construye|haz(?:me)?|j'ai besoin|nous (?:voulons|avons besoin|souhaitons|cherchons|développons)"
    r"|je (?:veux|voudrais|souhaite)|crée|il nous faut|on veut|on a besoin"
    r"|vogliamo|voglio|abbiamo bisogno|ho bisogno|crea un|precis(?:amos|o)|quer(?:emos|o)|we willen|ik wil"
    r"|wij zoeken|we hebben .{0,20}nodig|maak een)"
)
_IMPERATIVE = re.compile(
    r"^\W*(?:(?:hi|hey|hello|yo|ok(?:ay)?|so|please|pls|plz|now|also|then|and|good (?:morning|day)"
    rf"|dear \w+)\b[\s,!.:]*)*{_BUILD_VERB}\b"
)
_HELP = re.compile(
    r"\b(?:advice|opinion|help (?:me )?(?:understand|decide|choose)|wondering|curious|i'd like to (?:know"
    r"|understand|learn)|want to (?:know|understand|learn (?:how|about|why|what|when))|need to (?:know"
    r"|understand)|recommend\w*"
    r"|thoughts\b|pros and cons|trade-?offs?|difference between|better than|vs\.?|versus|good idea"
    r"|does it make sense|worth it|best practices?|compare|explain|what do you think|which one|frage mich"
    r"|unterschied)\b"
)
_THING = re.compile(
    r"(?<!your )\b(?:service|backend|api|apis|platform|system|app|application|server|microservices?|endpoint"
    r"|portal|tool|register|gateway|bot|chatbot|database|software|website|dienst|plattform|anwendung"
    r"|servicio|plataforma|aplicación|plateforme|application|servizio|serviço|register|archive|engine|store"
    r"|tracker|dashboard|marketplace|catalogue|catalog|assistant|planner|project)\b"
)
_MENTIONS_WISH: Final = 3


@READERS.register("intent")
def read(reading: Reading) -> Iterator[Claim]:
    """Claim the intent; nothing when the text neither asks nor wishes for a system."""
    sentences = [sentence for sentence in reading.sentences if not sentence.section]
    review = _review(sentences)
    wish = _wish(sentences)
    asked = [sentence for sentence in sentences if _asking(sentence)]
    if review is not None and (wish is None or review.index <= wish.index):
        yield _claim("review", "stated", review)
    elif wish is not None:
        yield _claim("build", "stated", wish)
    elif asked and (trouble := _troubled(sentences)) is not None:
        yield _claim("review", "stated", trouble)
    elif asked and not _by_the_way(reading, sentences, asked):
        yield _claim("question", "stated", asked[0])
    elif review is not None:
        yield _claim("review", "stated", review)
    elif (found := _described(reading, sentences)) is not None:
        yield _claim("build", "inferred", found, "it describes a system")


def _claim(intent: Intent, provenance: str, sentence: Sentence, because: str = "") -> Claim:
    said = f"{because}: {sentence.said}" if because else sentence.said
    return Claim(
        PATH,
        intent,
        "stated" if provenance == "stated" else "inferred",
        said,
        at=sentence.start,
        sentence=sentence.index,
    )


_REVIEW_IT = re.compile(
    r"(?:^|[,;:]|\b(?:please|pls|and|you|to))\W*(?:review|audit|check|inspect|analy[sz]e|assess|examine"
    r"|critique|roast) (?:it|this|that|them)\b"
)
_NO_BUILDING = re.compile(r"\b(?:give me|code|work|start|pull)\b")


def _review(sentences: list[Sentence]) -> Sentence | None:
    placed = any(re.search(_PLACE, sentence.plain) for sentence in sentences)
    for sentence in sentences:
        plain = sentence.plain
        if _BARE_REVIEW.search(plain) or _REVIEW_IN.search(plain):
            return sentence
        if placed and _REVIEW_IT.search(plain):
            return sentence
        found = _REVIEW.search(plain) or _REVIEW_OF.search(plain) or _ASKS_OF.search(plain)
        if (
            found
            and not re.search(rf"\b{_BUILD_VERB}\b", _NO_BUILDING.sub("", plain[: found.start()]))
            and not _WISH.search(plain[: found.start()])
        ):
            return sentence
    return None


_TROUBLE = re.compile(
    r"\b(?:leaks?|bugs?|slow|crash\w*|fall(?:s|ing)? over|break\w*|fail\w*|errors?|race|deadlock\w*|hang\w*"
    r"|wrong|broken|vulnerab\w+|insecure|problem|issue|fix)\b"
)


def _troubled(sentences: list[Sentence]) -> Sentence | None:
    """Return the sentence that places code in trouble: "it leaks, can you find it? src/worker"."""
    trouble = any(_TROUBLE.search(sentence.plain) for sentence in sentences)
    return next((sentence for sentence in sentences if trouble and re.search(_PLACE, sentence.plain)), None)


def _asking(sentence: Sentence) -> bool:
    return (sentence.asks or _HELP.search(sentence.plain) is not None) and not sentence.requests


def _wish(sentences: list[Sentence]) -> Sentence | None:
    questions = sum(1 for sentence in sentences if _asking(sentence))
    for sentence in sentences:
        if sentence.requests:
            return sentence
        if _asking(sentence):
            continue
        if _IMPERATIVE.search(sentence.plain) and not _HELP.search(sentence.plain):
            return sentence
        found = _WISH.search(sentence.plain)
        if found and (
            not questions or _THING.search(sentence.plain) or len(sentences) > _MENTIONS_WISH + questions
        ):
            return sentence
    return None


def _by_the_way(reading: Reading, sentences: list[Sentence], asked: list[Sentence]) -> bool:
    """True when the questions are asides in a description, which goes on and says more than they do."""
    after = [sentence for sentence in sentences if sentence.index > asked[-1].index]
    telling = [
        sentence
        for sentence in sentences
        if sentence not in asked and any(True for _ in reading.inside(sentence))
    ]
    return bool(after) and len(telling) > len(asked) and _described(reading, sentences) is not None


def _described(reading: Reading, sentences: list[Sentence]) -> Sentence | None:
    """Return the first sentence of a text that only describes: "Leaderboard service, 8000 rps, Redis"."""
    for sentence in sentences:
        named = any(
            judged.stance in ("wanted", "current", "later", "avoided", "unneeded", "known")
            for judged in reading.inside(sentence)
        )
        if named or _THING.search(sentence.plain):
            return sentence
    return None
