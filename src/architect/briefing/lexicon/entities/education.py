"""Entities of schools, libraries and courses: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Student": (
        "full_name string 1..200; student_number string 1..40 unique; email email unique; birth_date date?; enrolled_on date; year_group string? 1..40",
        "enrolled | graduate: enrolled>graduated | suspend: enrolled>suspended | reinstate: suspended>enrolled | leave_school: enrolled,suspended>left",
        "pupil, schüler, schülerin, studenten, estudiante, alumno, étudiant, élève, studente, leerling",
    ),
    "Teacher": (
        "full_name string 1..200; staff_number string 1..40 unique; email email unique; subject string 1..120; employed_since date?",
        "",
        "instructor, lecturer, tutor, professor, lehrer, lehrerin, lehrkraft, profesor, maestro, professeur, enseignant, insegnante",
    ),
    "Course": (
        "code string 1..32 unique; title string 1..200; description text?; teacher -> Teacher?; credits integer? 0..60; starts_on date; ends_on date?; capacity integer? 1..",
        "draft | publish: draft>open | close: open>closed | cancel: draft,open>cancelled",
        "kurs, lehrgang, curso, cours, corso, cursus",
    ),
    "SchoolClass": (
        "code string 1..32 unique; title string 1..120; teacher -> Teacher?; school_year string 4..12; room string? 1..40; student_count integer =0 0..",
        "",
        "class, classes, klasse, clase, classe",
    ),
    "Lesson": (
        "course -> Course!; title string 1..200; content text?; rank integer =1 1..; duration_minutes integer =45 1..600; video_url url?; published boolean =false",
        "",
        "lecture, unterricht, lektion, lección, leçon, lezione",
    ),
    "Enrolment": (
        "student -> Student!; course -> Course!; enrolled_on date; completed_on date?; progress_percent decimal =0 0..100",
        "requested | confirm: requested>active | complete: active>completed | withdraw: requested,active>withdrawn",
        "enrollment, registration, einschreibung, anmeldung zum kurs, matrícula, inscripción, inscription",
    ),
    "Grade": (
        "student -> Student!; course -> Course!; score decimal 0..100; weight_percent decimal =100 0..100; graded_on date; remark text?",
        "",
        "mark, note, noten, zensur, calificación, nota, voto",
    ),
    "Assignment": (
        "course -> Course!; title string 1..200; instructions text; due_at datetime; maximum_points integer =100 1..1000",
        "draft | publish: draft>published | close: published>closed",
        "homework, coursework, hausaufgabe, tarea, devoir",
    ),
    "Submission": (
        "assignment -> Assignment!; student -> Student!; content text?; file_url url?; submitted_at datetime; points decimal? 0..1000",
        "submitted | grade_it: submitted>graded | send_back: submitted>sent_back",
        "hand-in, abgabe, entrega de tarea",
    ),
    "Quiz": (
        "title string 1..200; course -> Course?; question_count integer =0 0..; time_limit_minutes integer? 1..600; pass_percent decimal =60 0..100; published boolean =false",
        "",
        "quizzes, prüfungsfragen, cuestionario",
    ),
    "Exam": (
        "title string 1..200; course -> Course?; held_at datetime; duration_minutes integer 1..600; room string? 1..60; maximum_points integer =100 1..1000",
        "planned | start: planned>running | finish: running>finished | cancel: planned>cancelled",
        "test exam, prüfung, klausur, examen, esame",
    ),
    "Question": (
        "survey -> Survey!; quiz -> Quiz?; wording text; answer_kind enum(single_choice|multiple_choice|free_text|number|scale) =single_choice; rank integer =1 1..; mandatory boolean =true",
        "",
        "frage, pregunta, domanda",
    ),
    "Answer": (
        "question -> Question!; respondent_code string? 1..80; content text; given_at datetime; correct boolean?",
        "",
        "antwort, respuesta, réponse",
    ),
    "Book": (
        "title string 1..300; author_name string 1..200; isbn string? 10..17 unique; publisher string? 1..200; published_in_year integer? 1400..2100; copies_total integer =1 0..; price money?",
        "",
        "buch, bücher, libro, livre, boek",
    ),
    "Author": (
        "full_name string 1..200; birth_date date?; biography text?; website url?; country_code string? 2..2",
        "",
        "writer, autor, autorin, auteur, autore",
    ),
    "Member": (
        "full_name string 1..200; email email unique; member_number string 1..40 unique; joined_on date; phone string? 5..32",
        "active | suspend: active>suspended | reinstate: suspended>active | leave_club: active,suspended>left",
        "mitglied, mitglieder, miembro, socio, membre, adhérent, lid",
    ),
    "Loan": (
        "book -> Book!; member -> Member!; lent_on date; due_on date; brought_back_on date?; fine_amount money?",
        "active | extend_loan: active>extended | give_back: active,extended>given_back | lose: active,extended>lost",
        "lending, borrowing, ausleihe, ausleihen, préstamo, prêt, prestito",
    ),
    "Copy": (
        "barcode string 4..64 unique; book -> Book!; shelf string? 1..40; condition enum(fine_state|good|worn|damaged) =good; acquired_on date?",
        "available | lend: available>lent | take_back: lent>available | withdraw: available>withdrawn",
        "book copy, exemplar, ejemplar, exemplaire",
    ),
    "School": (
        "name string 1..200; code string 1..32 unique; address text; phone string? 5..32; email email?; student_count integer? 0..",
        "",
        "university, college, schule, universität, escuela, colegio, universidad, école, université",
    ),
    "Certificate": (
        "number string 1..60 unique; holder_name string 1..200; title string 1..200; issued_on date; expires_on date?; file_url url?",
        "issued | revoke: issued>revoked | expire: issued>expired",
        "diploma, zertifikat, zeugnis, certificado, certificat",
    ),
    "Attendance": (
        "student -> Student!; lesson -> Lesson?; taken_on date; present boolean; remark string? 1..300; minutes_late integer =0 0..600",
        "",
        "attendance record, anwesenheit, asistencia, présence",
    ),
    "Deck": (
        "title string 1..200; description text?; subject string? 1..120; card_count integer =0 0..; shared boolean =false",
        "",
        "card deck, stapel",
    ),
    "Card": (
        "deck -> Deck?; board_list string? 1..120; headline string 1..300; content text?; rank integer =1 1..; due_at datetime?",
        "open | finish: open>finished | archive: open,finished>archived",
        "flashcard, karte, tarjeta, carte",
    ),
    "Exhibit": (
        "inventory_number string 1..40 unique; title string 1..200; description text; room string? 1..60; acquired_on date?; on_display boolean =true",
        "",
        "exhibition piece, exponat, pieza",
    ),
    "Scholarship": (
        "name string 1..200; amount money; sponsor string 1..200; deadline_on date; criteria text",
        "open | close: open>closed | award: closed>awarded",
        "grant, stipendium, beca, bourse",
    ),
}
