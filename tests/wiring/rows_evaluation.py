"""Evaluation: the edit that removes each of its features."""

from wiring_harness import Edit, Row

EVALUATION = "src/quillwort/assistant/evaluation"
MAIN = "src/quillwort/entrypoints/evaluation/__main__.py"

ROWS = (
    Row(
        "evaluation_measures",
        "rankings are marked by judgements",
        (
            Edit(
                f"{EVALUATION}/judged.py",
                "met = [judgement for judgement in left if judgement.met(document, text)]",
                "met = left[:1]",
            ),
        ),
        says="counts as found",
    ),
    Row(
        "evaluation_measures",
        "judgements that no longer hold are told",
        (Edit(MAIN, "stale=judged.stale,", "stale=(),"),),
        says="is not told",
    ),
    Row(
        "evaluation_measures",
        "judgements that no longer hold do not count",
        (
            Edit(
                f"{EVALUATION}/retrieval.py",
                "            if any(judgement.met(document, text) for document, text in passages)\n",
            ),
        ),
        says="no passage meets counts",
    ),
    Row(
        "evaluation_measures",
        "proposed questions do not count",
        (
            Edit(
                f"{EVALUATION}/judged.py",
                "return self.answerable and not self.proposed",
                "return self.answerable",
            ),
        ),
        says="a proposed question counts",
    ),
    Row(
        "questions_proposed",
        "headings ask for their passages",
        (Edit(f"{EVALUATION}/proposing.py", "elif kept.chunk.headings:", "elif False:"),),
        says="a heading proposes no question",
    ),
    Row(
        "questions_proposed",
        "codes ask for their passages",
        (Edit(f"{EVALUATION}/proposing.py", "if kept.number in codes:", "if False:"),),
        says="a code that stands in one passage",
    ),
    Row(
        "questions_proposed",
        "codes of one passage alone",
        (Edit(f"{EVALUATION}/proposing.py", "if len(numbers) == 1:", "if numbers:"),),
        says="stands in two passages",
    ),
    Row(
        "settings_fitted",
        "the weight that fits",
        (
            Edit(
                f"{EVALUATION}/tuning.py",
                "return self.chosen if self.worth else self.present",
                "return self.present",
            ),
        ),
        says="do not make keywords weigh more",
    ),
    Row(
        "settings_fitted",
        "fewer passages that find as much",
        (
            Edit(
                f"{EVALUATION}/tuning.py",
                "return replace(tried, worth=True,",
                "return replace(tried,",
            ),
        ),
        says="fewer passages",
    ),
    Row(
        "chance_fits_nothing",
        "the randomisation test",
        (
            Edit(
                f"{EVALUATION}/tuning.py",
                "worth = would_be.mean > was.mean and chance < SIGNIFICANT",
                "worth = would_be.mean > was.mean",
            ),
        ),
        says="a weight is recommended",
    ),
    Row(
        "chance_fits_nothing",
        "one half chooses and the other tells",
        (
            Edit(
                f"{EVALUATION}/tuning.py",
                "return shuffled[::2], shuffled[1::2]",
                "return shuffled, shuffled",
            ),
        ),
        says="a weight is recommended",
    ),
    Row(
        "chance_fits_nothing",
        "too few questions fit nothing",
        (Edit(f"{EVALUATION}/tuning.py", "LEAST_QUESTIONS: Final = 50", "LEAST_QUESTIONS: Final = 5"),),
        says="settings are fitted to",
    ),
)
