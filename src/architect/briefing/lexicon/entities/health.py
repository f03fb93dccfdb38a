"""Entities of hospitals, practices and care: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Patient": (
        "full_name string 1..200; birth_date date; sex enum(female|male|diverse|unknown) =unknown; insurance_number string? 3..40 unique; email email?; phone string? 5..32; notes text?",
        "",
        "patienten, patientin, paciente, patient, paziente",
    ),
    "Doctor": (
        "full_name string 1..200; licence_number string 3..40 unique; specialty string 1..120; email email unique; phone string? 5..32; accepts_new_patients boolean =true",
        "",
        "physician, clinician, dentist, surgeon, therapist, practitioner, arzt, ärzte, ärztin, médico, médecin, medico",
    ),
    "Nurse": (
        "full_name string 1..200; staff_number string 1..40 unique; email email unique; qualification enum(assistant|registered|specialist) =registered; employed_since date?",
        "",
        "carer, caregiver, pflegekraft, enfermera, enfermero, infirmière",
    ),
    "Appointment": (
        "patient -> Patient!; doctor -> Doctor!; starts_at datetime; duration_minutes integer =30 5..600; reason string? 1..300; room string? 1..60; notes text?",
        "requested | confirm: requested>confirmed | check_in: confirmed>checked_in | complete: checked_in,confirmed>completed | cancel: requested,confirmed>cancelled | miss: confirmed>missed",
        "arzttermin, termin, termine, cita, citas, rendez-vous, appuntamento, consulta, afspraak, booking slot",
    ),
    "Prescription": (
        "patient -> Patient!; doctor -> Doctor?; medicine string 1..200; dosage string 1..200; quantity integer 1..1000; issued_on date; expires_on date?; refills integer =0 0..24",
        "issued | dispense: issued>dispensed | revoke: issued>revoked | expire: issued>expired",
        "rezept, receta, ordonnance, prescrizione",
    ),
    "Medicine": (
        "name string 1..200; active_ingredient string 1..200; strength string 1..60; form enum(tablet|capsule|liquid|injection|cream|other) =tablet; national_code string? 3..40 unique; prescription_only boolean =true",
        "",
        "medication, drug, medikament, arzneimittel, medicamento, médicament",
    ),
    "Treatment": (
        "patient -> Patient!; title string 1..200; started_on date; ended_on date?; cost money?; outcome text?; notes text?",
        "planned | start: planned>ongoing | finish: ongoing>finished | abort: planned,ongoing>aborted",
        "therapy, procedure, behandlung, tratamiento, traitement",
    ),
    "TreatmentNote": (
        "patient -> Patient!; author_name string 1..200; written_at datetime; body_text text; confidential boolean =true",
        "",
        "clinical note, progress note, medical note",
    ),
    "Diagnosis": (
        "patient -> Patient!; code string 2..16; description text; diagnosed_on date; certainty enum(suspected|confirmed|excluded) =suspected",
        "",
        "diagnose, diagnóstico, diagnostic",
    ),
    "Vaccination": (
        "pet -> Pet?; patient -> Patient?; vaccine string 1..200; batch_number string 1..60; given_on date; next_due_on date?; given_by string? 1..200",
        "",
        "immunisation, immunization, vaccine, impfung, vacuna, vaccination",
    ),
    "LabResult": (
        "sample -> Sample!; test_name string 1..200; measured_value decimal; unit string 1..40; reference_low decimal?; reference_high decimal?; measured_at datetime; abnormal boolean =false",
        "preliminary | finalise: preliminary>final | amend: final>amended",
        "lab report, laboratory result, laborwert",
    ),
    "Sample": (
        "barcode string 4..64 unique; material enum(blood|urine|tissue|swab|water|soil|other) =other; collected_at datetime; storage_temperature_celsius decimal? -200..60; notes text?",
        "registered | receive: registered>received | analyse: received>analysed | discard: received,analysed>discarded",
        "specimen, probe, muestra, échantillon",
    ),
    "LabTest": (
        "code string 1..40 unique; name string 1..200; method string? 1..200; price money?; turnaround_hours integer? 0..2000; active boolean =true",
        "",
        "test, assay, laborprobe",
    ),
    "MedicalRecord": (
        "patient -> Patient!; number string 1..40 unique; opened_on date; summary text; confidential boolean =true",
        "open | close: open>closed | reopen: closed>open",
        "health record, chart, patient record, krankenakte, patientenakte, historia clínica, dossier médical",
    ),
    "CarePlan": (
        "client -> Client!; patient -> Patient?; title string 1..200; goals text; starts_on date; review_on date?",
        "draft | approve: draft>active | complete: active>completed | revoke: draft,active>revoked",
        "pflegeplan, plan de cuidados, plan de soins",
    ),
    "Clinic": (
        "name string 1..200; registration_number string? 3..60 unique; address text; phone string? 5..32; email email?; accepts_walk_ins boolean =false",
        "",
        "practice, hospital, surgery, klinik, praxis, clínica, clinique, krankenhaus",
    ),
    "Ward": (
        "code string 1..20 unique; name string 1..120; bed_count integer 0..; floor string? 1..20; isolation boolean =false",
        "",
        "station im krankenhaus",
    ),
    "Bed": (
        "code string 1..20 unique; ward -> Ward?; room string? 1..40; equipment text?",
        "free | occupy: free>occupied | vacate: occupied>cleaning | release: cleaning>free",
        "bett, cama",
    ),
    "Admission": (
        "patient -> Patient!; admitted_at datetime; discharged_at datetime?; reason string 1..300; urgency enum(elective|urgent|emergency) =elective",
        "admitted | transfer: admitted>transferred | discharge: admitted,transferred>discharged",
        "hospitalisation, aufnahme, ingreso",
    ),
    "Donor": (
        "full_name string 1..200; email email unique; phone string? 5..32; birth_date date?; blood_group enum(a|b|ab|zero|unknown) =unknown; anonymous boolean =false",
        "",
        "spender, donante, donateur",
    ),
    "BloodUnit": (
        "barcode string 4..64 unique; blood_group enum(a|b|ab|zero); rhesus_positive boolean; donated_on date; expires_on date; volume_millilitres integer 1..1000",
        "stored | reserve: stored>reserved | issue: stored,reserved>issued | discard: stored,reserved>discarded",
        "blood bag, blutkonserve",
    ),
    "Pet": (
        "name string 1..120; species enum(dog|cat|bird|rabbit|horse|reptile|other); breed string? 1..120; birth_date date?; owner -> Owner!; chip_number string? 4..40 unique; weight_kilograms decimal? 0..2000",
        "",
        "animal, haustier, tier, mascota, animal de compagnie",
    ),
    "Owner": (
        "full_name string 1..200; email email?; phone string 5..32; address text?; customer_since date?",
        "",
        "halter, besitzer, propietario, propriétaire, pet owner",
    ),
    "Caregiver": (
        "full_name string 1..200; email email unique; phone string? 5..32; relationship string? 1..80; emergency_contact boolean =false",
        "",
        "guardian, betreuer, cuidador",
    ),
    "Exercise": (
        "name string 1..200; muscle_group string? 1..80; difficulty enum(easy|medium|hard) =medium; instructions text; video_url url?",
        "",
        "übung, ejercicio, exercice",
    ),
    "Workout": (
        "title string 1..200; started_at datetime; duration_minutes integer 1..1440; calories integer? 0..; notes text?",
        "planned | finish: planned>finished | skip: planned>skipped",
        "training session, entrenamiento",
    ),
    "InsuranceClaim": (
        "policy_number string 1..40; claimant_name string 1..200; loss_date date; amount money; description text?",
        "submitted | review_claim: submitted>under_review | approve: under_review>approved | reject: under_review>rejected | settle: approved>settled",
        "claim, claims, schadenfall, siniestro, sinistre, insurance case",
    ),
}
