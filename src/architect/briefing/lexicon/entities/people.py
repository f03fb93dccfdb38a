"""Entities of staff, teams and customers: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Employee": (
        "full_name string 1..200; staff_number string 1..40 unique; email email unique; department string? 1..120; job_title string 1..120; hired_on date; salary money?",
        "active | suspend: active>on_leave | resume: on_leave>active | leave_company: active,on_leave>left",
        "staff member, colleague, coworker, mitarbeiter, mitarbeiterin, angestellte, empleado, employé, salarié, dipendente, werknemer",
    ),
    "Department": (
        "code string 1..32 unique; name string 1..120; head_name string? 1..200; cost_centre string? 1..40; active boolean =true",
        "",
        "division, abteilung, departamento, département, reparto",
    ),
    "LeaveRequest": (
        "employee -> Employee!; kind enum(vacation|sick|parental|unpaid|other) =vacation; starts_on date; ends_on date; reason text?",
        "submitted | approve: submitted>approved | reject: submitted>rejected | withdraw: submitted,approved>withdrawn",
        "leave application, time off request, holiday request, vacation request, absence, urlaubsantrag, solicitud de vacaciones, demande de congé",
    ),
    "Approval": (
        "subject string 1..200; approver_name string 1..200; outcome enum(approved|rejected|needs_changes); decided_at datetime; remark text?",
        "",
        "sign-off, freigabe, aprobación, approbation",
    ),
    "Shift": (
        "title string 1..120; starts_at datetime; ends_at datetime; place string? 1..200; needed_people integer =1 1..1000; notes text?",
        "planned | publish: planned>published | start: published>running | finish: running>finished | cancel: planned,published>cancelled",
        "duty, roster entry, schicht, dienst, turno, équipe horaire",
    ),
    "SignUp": (
        "shift -> Shift!; volunteer -> Volunteer!; signed_up_at datetime; note string? 1..500",
        "requested | approve: requested>approved | decline: requested>declined | withdraw: requested,approved>withdrawn",
        "signup, sign up, sign ups, eintragung",
    ),
    "Volunteer": (
        "full_name string 1..200; email email unique; phone string? 5..32; skills text?; joined_on date; emergency_contact string? 1..200",
        "",
        "helper, freiwillige, ehrenamtliche, voluntario, bénévole",
    ),
    "Candidate": (
        "full_name string 1..200; email email unique; phone string? 5..32; cv_url url?; experience_years integer? 0..70; available_from date?",
        "new_candidate | screen: new_candidate>screening | invite: screening>interviewing | offer: interviewing>offered | hire: offered>hired | reject: new_candidate,screening,interviewing>rejected",
        "job seeker, kandidat, kandidaten, candidato, candidat",
    ),
    "Job": (
        "title string 1..200; description text; place string? 1..200; employment enum(full_time|part_time|temporary|internship) =full_time; salary_from money?; closes_on date?",
        "draft | publish: draft>open | fill: open>filled | close: open>closed",
        "vacancy, job ad, job posting, position opening, opening, stelle, stellenanzeige, vacante, oferta de empleo, offre d'emploi, offerta di lavoro",
    ),
    "Application": (
        "candidate -> Candidate!; job -> Job!; applicant -> Applicant?; submitted_at datetime?; cover_letter text?; score integer? 0..100",
        "draft | submit: draft>submitted | review_it: submitted>under_review | accept_application: under_review>accepted | reject: submitted,under_review>rejected | withdraw: draft,submitted,under_review>withdrawn",
        "job application, bewerbung, antrag, solicitud, candidatura, candidature, demande",
    ),
    "Interview": (
        "candidate -> Candidate!; application -> Application?; starts_at datetime; duration_minutes integer =60 5..600; interviewer_name string 1..200; rating integer? 1..5; notes text?",
        "planned | hold: planned>held | cancel: planned>cancelled",
        "vorstellungsgespräch, entrevista, entretien, colloquio",
    ),
    "Contact": (
        "full_name string 1..200; email email?; phone string? 5..32; company -> Company?; job_title string? 1..120; last_contacted_on date?; notes text?",
        "",
        "contact person, kontakt, contacto, contatto",
    ),
    "Company": (
        "name string 1..200 unique; registration_number string? 3..60; website url?; industry string? 1..120; country_code string? 2..2; employee_count integer? 0..",
        "",
        "business, organisation, organization, firm, firma, unternehmen, empresa, entreprise, société, azienda, bedrijf",
    ),
    "Deal": (
        "title string 1..200; company -> Company!; contact -> Contact?; amount money; probability_percent integer =50 0..100; expected_close_on date?",
        "open | qualify: open>qualified | propose: qualified>proposed | win: proposed>won | lose: open,qualified,proposed>lost",
        "opportunity, sales opportunity, geschäft, verkaufschance, oportunidad, affaire",
    ),
    "Lead": (
        "full_name string 1..200; email email?; phone string? 5..32; company_name string? 1..200; source_name string 1..80; captured_at datetime; notes text?",
        "fresh | contact: fresh>contacted | qualify: contacted>qualified | convert: qualified>converted | discard: fresh,contacted,qualified>discarded",
        "sales lead, prospect, interessent, prospecto",
    ),
    "User": (
        "display_name string 1..120; email email unique; locale string? 2..10; last_seen_at datetime?; newsletter boolean =false",
        "active | suspend: active>suspended | reinstate: suspended>active | close_account: active,suspended>closed",
        "end user, registered user, benutzer, nutzer, usuario, utilisateur, utente, gebruiker",
    ),
    "Profile": (
        "display_name string 1..120; headline string? 1..200; biography text?; birth_date date?; picture_url url?; city string? 1..120; visible boolean =true",
        "",
        "user profile, profil, perfil, profilo",
    ),
    "Team": (
        "name string 1..120 unique; purpose text?; lead_name string? 1..200; member_count integer =0 0..; founded_on date?",
        "",
        "squad, crew, mannschaft, equipo, équipe, squadra",
    ),
    "Membership": (
        "member -> Member!; plan_name string 1..120; price money; starts_on date; ends_on date?; renews_automatically boolean =true",
        "active | pause: active>paused | resume: paused>active | cancel: active,paused>cancelled | expire: active>expired",
        "mitgliedschaft, membresía, adhésion, abbonamento palestra",
    ),
    "Client": (
        "full_name string 1..200; email email?; phone string? 5..32; address text?; birth_date date?; client_since date?; notes text?",
        "",
        "klient, mandant, mandantin",
    ),
    "Visit": (
        "client -> Client!; pet -> Pet!; patient -> Patient?; starts_at datetime; duration_minutes integer =30 1..1440; purpose string? 1..300; notes text?",
        "planned | start: planned>started | finish: started>finished | cancel: planned>cancelled | miss: planned>missed",
        "house call, besuch, visita a domicilio",
    ),
    "Agent": (
        "full_name string 1..200; email email unique; phone string? 5..32; region string? 1..120; commission_percent decimal? 0..100; active boolean =true",
        "",
        "sales rep, representative, berater, makler, agente",
    ),
    "Skill": (
        "name string 1..120 unique; category string? 1..80; description text?; certifiable boolean =false",
        "",
        "competence, fähigkeit, habilidad, compétence",
    ),
    "Goal": (
        "title string 1..200; description text?; target_value decimal?; current_value decimal =0; due_on date",
        "open | reach: open>reached | drop_it: open>dropped",
        "objective, key result, ziel, objetivo, objectif",
    ),
    "Payslip": (
        "employee -> Employee!; period_start date; period_end date; gross_amount money; net_amount money; file_url url?",
        "draft | issue: draft>issued | correct_it: issued>corrected",
        "pay slip, payroll entry, lohnabrechnung, nómina, bulletin de paie",
    ),
}
