"""Entities of buildings, rooms and leases: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Building": (
        "code string 1..32 unique; name string 1..200; address text; floors integer =1 1..300; built_in_year integer? 1000..2100; energy_class string? 1..4",
        "",
        "house, gebäude, haus, edificio, bâtiment, immeuble",
    ),
    "Apartment": (
        "building -> Building!; number string 1..20; floor integer? -10..300; rooms decimal 0..100; area_square_metres decimal 0..100000; monthly_rent money?",
        "vacant | let_out: vacant>rented | vacate: rented>vacant | renovate: vacant>renovation | finish_renovation: renovation>vacant",
        "flat, unit, condo, wohnung, apartamento, piso, appartement, appartamento",
    ),
    "Tenant": (
        "full_name string 1..200; email email unique; phone string? 5..32; birth_date date?; moved_in_on date?; notes text?",
        "",
        "renter, lessee, mieter, inquilino, arrendatario, locataire",
    ),
    "Landlord": (
        "full_name string 1..200; email email unique; phone string? 5..32; iban string? 15..34; tax_number string? 4..40",
        "",
        "lessor, vermieter, arrendador, bailleur",
    ),
    "Lease": (
        "apartment -> Apartment!; tenant -> Tenant!; starts_on date; ends_on date?; monthly_rent money; deposit money?; notes text?",
        "draft | sign: draft>active | terminate: active>terminated | expire: active>expired",
        "rental contract, tenancy agreement, mietvertrag, contrato de alquiler, arrendamiento, bail",
    ),
    "Property": (
        "reference_code string 1..40 unique; address text; kind enum(apartment|house|office|land|other) =apartment; area_square_metres decimal? 0..; price money?; rooms decimal? 0..1000; available_from date?",
        "draft | publish: draft>listed | reserve: listed>reserved | sell: listed,reserved>sold | withdraw: listed,reserved>withdrawn",
        "real estate, immobilie, objekt, inmueble, propiedad, propriété, bien immobilier, immobile",
    ),
    "Viewing": (
        "property -> Property!; visitor_name string 1..200; visitor_email email; starts_at datetime; agent_name string? 1..200; feedback text?",
        "requested | confirm: requested>confirmed | finish: confirmed>finished | cancel: requested,confirmed>cancelled",
        "showing, besichtigung, visita, visite",
    ),
    "Room": (
        "number string 1..20 unique; name string? 1..120; floor integer? -10..300; capacity integer =2 1..10000; nightly_rate money?; equipment text?; hotel -> Hotel!",
        "available | occupy: available>occupied | clean: occupied>cleaning | release: cleaning>available | close_room: available>closed",
        "hotel room, meeting room, zimmer, raum, habitación, sala, chambre, salle, camera",
    ),
    "Site": (
        "code string 1..32 unique; name string 1..200; address text; latitude decimal? -90..90; longitude decimal? -180..180; manager_name string? 1..200",
        "planned | open_site: planned>open | close: open>closed",
        "construction site, building site, baustelle, standort baustelle, obra, chantier",
    ),
    "Location": (
        "code string 1..32 unique; name string 1..200; address text?; latitude decimal? -90..90; longitude decimal? -180..180; operating boolean =true",
        "",
        "place, venue, standort, ort, ubicación, lugar, lieu, luogo",
    ),
    "Project": (
        "code string 1..32 unique; name string 1..200; client_name string? 1..200; starts_on date; ends_on date?; budget_amount money?; description text?",
        "planned | start: planned>active | hold: active>on_hold | resume: on_hold>active | finish: active>finished | cancel: planned,active,on_hold>cancelled",
        "projekt, proyecto, projet, progetto",
    ),
    "Worker": (
        "full_name string 1..200; staff_number string 1..40 unique; trade string 1..80; phone string? 5..32; hourly_rate money?; employed_since date?",
        "",
        "labourer, tradesman, craftsman, arbeiter, trabajador, obrero, ouvrier",
    ),
    "TimeSheet": (
        "worker -> Worker!; project -> Project?; worked_on date; clocked_in_at datetime; clocked_out_at datetime?; break_minutes integer =0 0..480; note string? 1..500",
        "open | submit: open>submitted | approve: submitted>approved | reject: submitted>rejected",
        "timesheet, time card, stundenzettel, hoja de horas, feuille de temps",
    ),
    "WorkOrder": (
        "number string 1..40 unique; title string 1..200; description text; priority enum(low|medium|high|urgent) =medium; due_on date?; assignee_name string? 1..200; estimated_cost money?",
        "open | assign: open>assigned | start: assigned>in_progress | finish: in_progress>done | close: done>closed | cancel: open,assigned>cancelled",
        "job order, repair order, arbeitsauftrag, orden de trabajo, ordre de travail",
    ),
    "Inspection": (
        "reference_code string 1..40 unique; subject string 1..200; inspector_name string 1..200; inspected_on date; passed boolean?; remarks text?",
        "planned | perform: planned>performed | close: performed>closed | cancel: planned>cancelled",
        "check, survey visit, inspektion, kontrolle, inspección",
    ),
    "Finding": (
        "inspection -> Inspection!; title string 1..200; severity enum(minor|major|critical) =minor; found_on date; due_on date?; description text",
        "open | correct_it: open>corrected | verify: corrected>verified | accept_risk: open>accepted",
        "defect, deviation, mangel, befund, hallazgo, constat",
    ),
    "Component": (
        "part_number string 1..60 unique; name string 1..200; manufacturer string? 1..120; installed_on date?; service_interval_days integer? 1..10000; serial_number string? 1..80",
        "in_service | remove_it: in_service>removed | scrap: in_service,removed>scrapped",
        "part, spare part, bauteil, ersatzteil, componente, pièce, composant",
    ),
    "Meter": (
        "serial_number string 3..60 unique; medium enum(water|electricity|gas|heat) =electricity; address text?; installed_on date; last_reading_at datetime?",
        "active | block: active>blocked | unblock: blocked>active | dismantle: active,blocked>dismantled",
        "smart meter, zähler, contador, compteur, contatore",
    ),
    "MeterReading": (
        "meter -> Meter!; measured_value decimal 0..; unit enum(m3|kwh|litre) =kwh; read_at datetime; estimated boolean =false",
        "",
        "zählerstand, lectura, relevé de compteur",
    ),
    "ServiceContract": (
        "number string 1..40 unique; customer_name string 1..200; starts_on date; ends_on date?; yearly_fee money; response_hours integer =24 0..1000",
        "draft | sign: draft>active | terminate: active>terminated",
        "maintenance contract, wartungsvertrag",
    ),
    "Key": (
        "code string 1..40 unique; holder_name string? 1..200; opens string 1..200; handed_out_on date?; master boolean =false",
        "in_safe | hand_out: in_safe>handed_out | take_back: handed_out>in_safe | lose: handed_out>lost",
        "schlüssel, llave, clé",
    ),
    "Lock": (
        "serial_number string 3..60 unique; door string 1..120; battery_percent integer =100 0..100; firmware string? 1..40; last_seen_at datetime?",
        "locked | unlock: locked>unlocked | lock_up: unlocked>locked",
        "smart lock, schloss, cerradura, serrure",
    ),
}
