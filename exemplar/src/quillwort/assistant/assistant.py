"""The assistant as a whole: what entry points are given of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.answering import Answerer
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_access import OWNER, DefaultReaders
from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.observation import SILENT, AnswerObserver, ObservedAnswerer
from quillwort.assistant.question_service import QuestionService
from quillwort.assistant.search_service import SearchService


@dataclass(frozen=True, slots=True)
class Assistant:
    """One service a use."""

    documents: DocumentService
    search: SearchService
    questions: QuestionService
    answers: AnswerService

    @classmethod
    def over(
        cls,
        corpus: Corpus,
        search: SearchService,
        answerer: Answerer,
        runs: AnswerRuns,
        submitted: Callable[[], None],
        observer: AnswerObserver = SILENT,
        readers: DefaultReaders = OWNER,
    ) -> Self:
        """Return the services over a corpus; `submitted` is called after a document came in.

        `readers` says for whom a document is that names no readers.
        """
        documents = DocumentService(corpus, submitted, readers)
        questions = QuestionService(search, ObservedAnswerer(answerer, observer), runs)
        return cls(documents, search, questions, AnswerService(runs, documents))
