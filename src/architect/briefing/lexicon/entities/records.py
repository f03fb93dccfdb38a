"""Entities of offices, cases and public services: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Task": (
        "title string 1..200; description text?; priority enum(low|medium|high) =medium; assignee_name string? 1..200; due_on date?; estimated_hours decimal? 0..",
        "open | start: open>in_progress | finish: in_progress,open>done | reopen: done>open | cancel: open,in_progress>cancelled",
        "todo, todo item, to-do, action item, aufgabe, tarea pendiente, tâche, compito, taak",
    ),
    "Document": (
        "title string 1..300; file_url url?; media_type string =application/pdf 3..120; size_bytes integer? 0..; received_on date?; confidential boolean =false; summary_text text?",
        "draft | publish: draft>published | archive: published>archived",
        "file, attachment, record document, dokument, dokumente, documento, fichier",
    ),
    "Contract": (
        "number string 1..60 unique; title string 1..300; counterparty string 1..200; starts_on date; ends_on date?; amount money?; notice_days integer =30 0..1000",
        "draft | sign: draft>active | terminate: active>terminated | expire: active>expired",
        "agreement, vertrag, verträge, contrato, contrat, contratto",
    ),
    "LegalCase": (
        "reference_code string 1..60 unique; title string 1..300; court_name string? 1..200; opened_on date; value_in_dispute money?; lead_counsel string? 1..200; summary_text text?",
        "open | suspend: open>suspended | resume: suspended>open | close: open,suspended>closed",
        "case, cases, matter, lawsuit, fall, akte, caso, expediente, dossier",
    ),
    "CitizenRequest": (
        "number string 1..40 unique; category enum(roads|lighting|waste|parks|noise|other) =other; description text; address text?; citizen_email email?; reported_at datetime; photo_url url?",
        "submitted | assign: submitted>assigned | resolve: assigned>resolved | reject: submitted,assigned>rejected | close: resolved>closed",
        "citizen report, service request, pothole report, bürgeranliegen, solicitud ciudadana",
    ),
    "Complaint": (
        "number string 1..40 unique; subject string 1..200; description text; complainant_name string 1..200; complainant_email email?; received_on date; severity enum(low|medium|high) =medium",
        "received | investigate: received>investigating | settle: investigating>settled | reject: received,investigating>rejected",
        "beschwerde, reklamation, queja, reclamación, réclamation",
    ),
    "Incident": (
        "number string 1..40 unique; title string 1..200; severity enum(low|medium|high|critical) =medium; detected_at datetime; resolved_at datetime?; description text; affected_component string? 1..200",
        "open | acknowledge: open>acknowledged | mitigate: acknowledged>mitigated | resolve: acknowledged,mitigated>resolved",
        "outage, störung, vorfall, incidente, incident",
    ),
    "Registration": (
        "number string 1..40 unique; holder_name string 1..200; registered_on date; expires_on date?; office string? 1..120; fee money?",
        "applied | register: applied>registered | refuse: applied>refused | cancel: registered>cancelled",
        "register entry, zulassung, registro oficial, immatriculation",
    ),
    "Declaration": (
        "number string 1..40 unique; declarant string 1..200; submitted_at datetime; goods_value money; tariff_code string 4..14; country_of_origin string 2..2; gross_weight_kilograms decimal? 0..",
        "submitted | review_it: submitted>under_review | accept_declaration: submitted,under_review>accepted | reject: submitted,under_review>rejected",
        "customs declaration, zollanmeldung, declaración, déclaration",
    ),
    "Licence": (
        "number string 1..40 unique; holder_name string 1..200; category string 1..80; issued_on date; expires_on date?; conditions text?",
        "issued | suspend: issued>suspended | reinstate: suspended>issued | revoke: issued,suspended>revoked",
        "license, lizenz, licencia",
    ),
    "Citizen": (
        "full_name string 1..200; national_number string? 4..40 unique; birth_date date; address text; email email?; phone string? 5..32",
        "",
        "resident, bürger, einwohner, ciudadano, citoyen, habitant",
    ),
    "Election": (
        "name string 1..200; held_on date; level enum(national|regional|local) =local; eligible_voters integer? 0..; turnout_percent decimal? 0..100",
        "planned | open_polls: planned>open | close_polls: open>counting | certify: counting>certified",
        "wahl, elección, élection",
    ),
    "PollingStation": (
        "code string 1..40 unique; name string 1..200; address text; eligible_voters integer 0..; accessible boolean =true",
        "",
        "polling place, wahllokal, mesa electoral, bureau de vote",
    ),
    "ElectionResult": (
        "polling_station -> PollingStation!; party string 1..120; votes integer 0..; reported_at datetime; invalid_votes integer =0 0..",
        "entered | confirm: entered>confirmed | correct_it: confirmed>entered",
        "vote count, wahlergebnis",
    ),
    "Result": (
        "reference_code string 1..64; test_name string? 1..200; outcome enum(passed|failed|inconclusive) =inconclusive; measured_value decimal?; unit string? 1..40; recorded_at datetime; remarks text?",
        "preliminary | confirm: preliminary>confirmed | reject: preliminary>rejected",
        "outcome, ergebnis, resultado, résultat, risultato",
    ),
    "Note": (
        "title string? 1..200; body_text text; written_at datetime; pinned boolean =false; colour string? 4..9",
        "",
        "memo, notiz, anotación",
    ),
    "Report": (
        "title string 1..300; period_start date?; period_end date?; author_name string 1..200; body_text text?; file_url url?; generated_at datetime?",
        "draft | submit: draft>submitted | approve: submitted>approved | reject: submitted>rejected",
        "bericht, informe, reporte, rapport, relazione",
    ),
    "AuditEntry": (
        "actor string 1..200; action string 1..120; subject string 1..200; happened_at datetime; details json?; source_address string? 3..64",
        "",
        "audit log entry, audit record, log entry, protokolleintrag",
    ),
    "Meeting": (
        "title string 1..200; starts_at datetime; ends_at datetime; place string? 1..200; organiser_email email; agenda text?; minutes_url url?",
        "planned | hold: planned>held | cancel: planned>cancelled",
        "session meeting, besprechung, sitzung, reunión, réunion, riunione",
    ),
    "Reminder": (
        "title string 1..200; due_at datetime; recipient_email email; repeat enum(never|daily|weekly|monthly|yearly) =never; note text?",
        "open | finish: open>done | snooze: open>snoozed | wake: snoozed>open",
        "erinnerung, recordatorio",
    ),
    "Template": (
        "code string 1..60 unique; name string 1..120; subject string? 1..200; body_text text; language_code string =en 2..8; active boolean =true",
        "",
        "vorlage, plantilla, modèle",
    ),
    "Translation": (
        "source_text text; target_text text; source_language string 2..8; target_language string 2..8; translator_name string? 1..200; translated_at datetime?",
        "draft | review_it: draft>reviewed | approve: reviewed>approved",
        "übersetzung, traducción, traduction",
    ),
    "Translator": (
        "full_name string 1..200; email email unique; source_language string 2..8; target_language string 2..8; rate_per_word money?; certified boolean =false",
        "",
        "interpreter, übersetzer, traductor, traducteur",
    ),
    "Segment": (
        "position_number integer 0..; source_text text; target_text text?; language_pair string 5..20; match_percent decimal? 0..100",
        "draft | translate: draft>translated | approve: translated>approved",
        "translation unit, textsegment",
    ),
    "Glossary": (
        "name string 1..200 unique; source_language string 2..8; target_language string 2..8; subject string? 1..120; term_count integer =0 0..",
        "",
        "term base, glossar, glosario, glossaire",
    ),
    "Address": (
        "recipient_name string 1..200; street string 1..200; postal_code string 2..16; city string 1..120; country_code string 2..2; verified boolean =false",
        "",
        "postal address, adresse, dirección, indirizzo",
    ),
    "ShortLink": (
        "code string 3..40 unique; target_url url; expires_on date?; click_count integer =0 0..; active boolean =true",
        "",
        "short url, link, redirect, short link, url",
    ),
    "Webhook": (
        "target_url url; event_name string 1..120; secret_hint string? 1..40; active boolean =true; last_called_at datetime?",
        "",
        "callback, web hook",
    ),
    "TariffCode": (
        "code string 4..14 unique; description text; duty_percent decimal 0..1000; valid_from date; valid_until date?",
        "",
        "hs code, zolltarifnummer",
    ),
    "Beekeeper": (
        "full_name string 1..200; email email unique; phone string? 5..32; membership_number string? 1..40; hive_count integer =0 0..",
        "",
        "imker, apicultor, apiculteur",
    ),
}
