"""The language-model part: what it does, over how many documents, how often it is asked."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from architect.briefing.claims import Claim
from architect.briefing.passage import Sentence
from architect.briefing.reading import ASSISTANT, READERS, TASKS, Reading, claim

DOCUMENTS: Final = "assistant.documents"
QUESTIONS: Final = "assistant.questions_per_day"
STREAMING: Final = "assistant.streaming"

_MODEL = re.compile(
    r"\b(?:llms?|language models?|gpt[-\w]*|openai|anthropic|claude|mistral|gemini|rag"
    r"|retrieval[- ]augmented|embeddings?|chat-?bots?|ai (?:assistant|agent|chat\w*|search|model)|assistant"
    r"|copilot|semantic|generative|gen ?ai|pgvector|qdrant|weaviate|milvus|pinecone|chroma(?:db)?"
    r"|vector (?:store|database|search|db)|natural[- ]language|model calls?|model costs?|bot|sprachmodell\w*"
    r"|\bki\b|citations?|cite[sd]?|prompts?)\b"
)
_QUESTIONS_OVER = re.compile(
    r"\b(?:(?:ask|answer|pose|answers|answering|asking)\w*\s+(?:[\w']+\s+){0,3}?questions?|questions? (?:and"
    r"|&) answers?|q ?(?:&|and|/) ?a\b|question[- ]answering|answers?\b[^.;]{0,40}\b(?:with )?(?:citations?"
    r"|sources|cite)|fragen (?:zu|über|an|beantwort\w*)|beantwortet? fragen|responde\w* preguntas"
    r"|hacer preguntas|répond\w* aux questions|poser des questions|cite the|faq bot|help ?desk bot"
    r"|knowledge base (?:bot|assistant)|(?:types?|enters?|puts?|has|have|with|poses?) (?:an?|their|his|her"
    r"|the) questions?\b[^.;]{0,60}\banswers?)"
)
_CHAT = re.compile(
    r"\b(?:chat-?bots?|chat (?:assistant|interface|with (?:it|the|our|your|an?|users|staff|customers))"
    r"|chats? with|conversational|virtual assistant|chat-?assistent\w*|asistente (?:virtual|conversacional)"
    r"|assistant conversationnel|multi-turn|dialogue system|\(chat\b)"
)
_CHAT_OVER = re.compile(
    r"\bchat(?:s|ting)? (?:over|about|on|to|with) (?:[\w,.#'-]+ ){0,5}(?:documents?|docs|pages|pdfs?"
    r"|hand-?books?|manuals?|contracts?|polic(?:y|ies)|wiki|knowledge ?base|articles|reports?|guidelines)\b"
)
_SEARCH = re.compile(
    r"\b(?:semantic(?:ally)? search\w*|vector search|search(?:ing|able|es)? (?:by meaning|semantically"
    r"|over embeddings|with embeddings)|similarity search|neural search|find similar|semantische suche"
    r"|búsqueda semántica|recherche sémantique|natural[- ]language search|search by meaning"
    r"|embedding search)\b"
)
_SEARCH_WITH = re.compile(
    r"\bsearch\b[^.;]{0,50}\b(?:embeddings?|vectors?|qdrant|weaviate|milvus|pinecone|pgvector|semantic)\b"
    r"|\b(?:embeddings?|vectors?)\b[^.;]{0,30}\bsearch"
)
_SEARCH_BY_KEYWORDS = re.compile(
    r"\bsearch\w*\b[^.;]{0,30}\b(?:documents?|docs|contracts?|articles?|pages|files|pdfs?|manuals?|policies"
    r"|papers?|reports?|transcripts?|letters?|guidelines)\b[^.;]{0,30}\b(?:bm25|key-?words? (?:only|alone)"
    r"|only (?:by |with )?key-?words?)\b"
)
_SUMMARISE = re.compile(
    r"\b(?:summari[sz]\w+|summar(?:y|ies)|tl;?dr|digests? of|zusammenfass\w+|zusammengefasst|resum(?:ir|en|e"
    r"|an|ido)\w*|resúmenes|résum\w+|riassum\w+)\b"
)
_EXTRACT = re.compile(
    r"\b(?:extract\w*|pull(?:s|ing)? (?:out )?[\w ,]{0,40} (?:from|out of)|parse\w* (?:invoices|receipts"
    r"|contracts|documents|cvs|résumés|resumes|pdfs|e-?mails|letters)|extrah\w+|extrae\w*|extraer"
    r"|extrai\w*)\b"
)
_CLASSIFY = re.compile(
    r"\b(?:tag(?:s|ging)? (?:them|it|each|every|incoming|new)|sort(?:s|ing)? (?:them|incoming|new|each) "
    r"|assign\w* (?:an? |the )?(?:category|label|topic|department|priority)|decid\w+ which (?:team"
    r"|department|queue)|detect\w* (?:the )?(?:language|sentiment|topic|intent)|classif\w+|categori[sz]\w+"
    r"|triag\w+|label(?:s|ling)? (?:incoming|each|every)|auto-?tag\w*"
    r"|klassifizier\w+|clasific\w+|classer|sentiment|rout(?:e|es|ing) (?:incoming )?(?:tickets|e-?mails"
    r"|messages|requests) (?:to|by|with))\b"
)
_SUMMARY_OF = re.compile(
    r"\b(?:executive|monthly|daily|weekly|order|sales|account|invoice|payment|cart) summar"
)
_STREAM = re.compile(
    r"\b(?:stream(?:ed|s|ing)?(?: (?:the |its |their )?(?:answers?|tokens?|responses?|replies|output))?"
    r"|token by token|as (?:they|it) (?:are|is) (?:generated|written|produced)|word by word|gestreamt)\b"
)
_STREAM_OF_ANSWERS = re.compile(
    r"\b(?:answers?|tokens?|respon\w+|repl(?:y|ies)|chat|assistant|bot|generated|llm|summar\w+|output"
    r"|antwort\w*)\b"
)
_NO_STREAM = re.compile(
    r"\b(?:no|without|not|don't need|needn't be|need not be) (?:any |be )?stream\w*|\bno need (?:for"
    r"|to) stream\w*|\bstreaming (?:is )?not (?:needed|required)"
)
_DOCUMENTS = re.compile(
    r"(?P<n>#+)\s+(?:(?:of (?:our|the|these)|our|pages? of|[\w-]{2,20})\s+){0,2}?(?P<what>documents?|docs"
    r"|contracts?|articles?|pages?|files?|pdfs?|manuals?|policies|papers?|reports?|tickets?|e-?mails?"
    r"|patents?|letters?|faqs?|books?|cases?|judgments?|judgements?|rulings?|decisions|posts?|transcripts?"
    r"|protocols?|guidelines|recipes|notes|chunks?|dokumente\w*|verträge\w*|artikel\w*|seiten|documentos"
    r"|contratos|artículos|páginas|contrats|articles|manuels|brochures|listings?|products|regulations"
    r"|standards|laws|minutes|wikis?|guides|datasheets|specs|specifications|records|brevets|interviews"
    r"|reviews|abstracts|leaflets|theses|items|webpages|catalogues?|letters|medical records|publications)\b"
)
_PER_DAY = re.compile(
    r"(?P<n>#+)\s+(?:[\w'-]{1,20}\s+){0,2}?(?:questions?|queries|chats?|conversations?|prompts?|searches"
    r"|requests|fragen|preguntas|questions|domande|perguntas|vragen)\s*(?:are asked\s*)?(?:/|per|an?|each"
    r"|every|pro|am|al|por|par)\s*(?:(?P<day>days?|tag|día|dia|jour|giorno|dag|working day|workday)"
    r"|(?P<week>weeks?|woche|semana|semaine)|(?P<month>months?|monat|mes|mois)|(?P<hour>hours?|stunde|hora"
    r"|heure))\b"
)
_PER_SECOND = re.compile(
    r"(?P<n>#+)\s*(?:[\w'-]{1,20}\s+){0,2}?(?:(?:questions?|chats?|conversations?|prompts?|searches"
    r"|(?P<any>queries))\s*(?:are asked\s*)?(?:/|per|an?|each|every)\s*(?:(?P<second>s|secs?|seconds?)"
    r"|(?P<minute>mins?|minutes?))|(?P<qps>qps))\b"
)
_OF_DOCUMENTS = re.compile(r"\b(?:rag|retrieval|search\w*|semantic|embeddings?|passages?|questions?)\b")
"""What makes queries those of an assistant."""
_DAILY = re.compile(
    r"(?P<n>#+)\s+daily\s+(?:questions?|queries|chats?|conversations?)|(?P<m>#+)\s+(?:questions?|queries"
    r"|chats?|conversations?)\s+(?:daily|täglich)"
)
_FLOW = re.compile(
    r"\s*(?:/|per\b|an? (?:second|minute|hour|day|week|month|year)|each\b|every\b|daily|weekly|monthly|pro\b"
    r"|am tag)"
)
PEAK_SHARE: Final = 0.15
"""Of a day's questions, those of its busiest hour, as the tables of the design have it."""
_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.0, "hour": 1 / 24}


_RAG = re.compile(
    r"\b(?:RAG|[Rr]etrieval[- ][Aa]ugmented|rag[- ](?:pipeline|system|service|bot|chatbot|app\w*|assistant"
    r"|backend|stack|api|setup|architecture))\b"
)


@READERS.register(ASSISTANT)
def read(reading: Reading) -> Iterator[Claim]:
    """Claim tasks and volumes, only in texts that speak of language models."""
    spoken = _MODEL.search(reading.passage.plain) is not None
    about = spoken or _QUESTIONS_OVER.search(reading.passage.plain) is not None
    wished = [sentence for sentence in reading.sentences if _wished(sentence)]
    tasks = list(_tasks(wished, spoken=spoken)) or list(_supposed(reading.sentences))
    yield from tasks
    if not about and not tasks:
        return
    for sentence, match in _inside(wished, _DOCUMENTS):
        if not _FLOW.match(sentence.plain, match.end()) and sentence.value(match) >= 10:  # noqa: PLR2004 - a corpus
            yield claim(sentence, match, DOCUMENTS, int(sentence.value(match)), weight=1)
    for sentence, match in _inside(wished, _PER_DAY):
        unit = next(name for name in _DAYS if match[name])
        yield claim(sentence, match, QUESTIONS, round(sentence.value(match) / _DAYS[unit], 4))
    for sentence, match in _inside(wished, _DAILY):
        yield claim(sentence, match, QUESTIONS, sentence.value(match, "n" if match["n"] else "m"))
    for sentence, match in _inside(wished, _PER_SECOND):
        yield from _at_the_peak(sentence, match)
    yield from _streaming(wished)


def _at_the_peak(sentence: Sentence, match: re.Match[str]) -> Iterator[Claim]:
    """Claim the questions of a day whose busiest hour is asked so many in a second or a minute."""
    if (match["any"] or match["qps"]) and not _OF_DOCUMENTS.search(sentence.plain):
        return
    rate = sentence.value(match) / (60 if match["minute"] else 1)
    because = f"{sentence.words(match)}, in the busiest hour with {PEAK_SHARE:.0%} of a day's questions"
    yield claim(
        sentence, match, QUESTIONS, round(rate * 3600 / PEAK_SHARE, 4), "inferred", because, weight=-1
    )


def _wished(sentence: Sentence) -> bool:
    return not sentence.section and not (sentence.asks and not sentence.requests)


def _inside(sentences: list[Sentence], pattern: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in sentences:
        for match in pattern.finditer(sentence.shadow):
            yield sentence, match


def _tasks(sentences: list[Sentence], *, spoken: bool) -> Iterator[Claim]:
    for sentence, match in _inside(sentences, _QUESTIONS_OVER):
        yield claim(
            sentence,
            match,
            TASKS,
            "question_answering",
            "stated" if spoken or _corpus(sentence) else "inferred",
        )
    for pattern in (_SEARCH, _SEARCH_WITH, _SEARCH_BY_KEYWORDS):
        for sentence, match in _inside(sentences, pattern):
            yield claim(sentence, match, TASKS, "search")
    for sentence, match in _inside(sentences, _CHAT_OVER):
        if not _later(sentence, match):
            yield claim(sentence, match, TASKS, "chat")
    for pattern, task in (
        (_CHAT, "chat"),
        (_SUMMARISE, "summarise"),
        (_EXTRACT, "extract"),
        (_CLASSIFY, "classify"),
    ):
        for sentence, match in _inside(sentences, pattern):
            if _later(sentence, match) or _SUMMARY_OF.search(sentence.plain):
                continue
            if spoken:
                yield claim(sentence, match, TASKS, task)


def _supposed(sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """Claim the task of a text that speaks of RAG and names none, in a question too."""
    for sentence in sentences:
        found = None if sentence.section else _RAG.search(sentence.original)
        if found and not _later(sentence, found):
            because = f"{sentence.words(found)}: questions answered from documents"
            yield claim(sentence, found, TASKS, "question_answering", "inferred", because)


def _corpus(sentence: Sentence) -> bool:
    return (
        _DOCUMENTS.search(sentence.shadow) is not None
        or re.search(r"\b(?:over|about|from) (?:our|the|their)\b", sentence.plain) is not None
    )


def _later(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.plain[max(0, match.start() - 40) : match.start()]
    return (
        re.search(
            r"\b(?:later|maybe|someday|eventually|no|not|without|in future|perhaps)\b[^.;,]{0,30}$", before
        )
        is not None
    )


def _streaming(sentences: list[Sentence]) -> Iterator[Claim]:
    for sentence, match in _inside(sentences, _NO_STREAM):
        yield claim(sentence, match, STREAMING, value=False, weight=2)
    for sentence, match in _inside(sentences, _STREAM):
        if _STREAM_OF_ANSWERS.search(sentence.plain):
            yield claim(sentence, match, STREAMING, value=True)
