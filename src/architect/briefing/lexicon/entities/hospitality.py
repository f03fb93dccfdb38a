"""Entities of hotels, restaurants and events: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Hotel": (
        "name string 1..200; address text; stars integer? 1..5; check_in_hour integer =15 0..23; check_out_hour integer =11 0..23; phone string? 5..32; email email?",
        "",
        "inn, lodge, hostel, hôtel, albergo",
    ),
    "Guest": (
        "full_name string 1..200; email email?; phone string? 5..32; nationality_code string? 2..2; birth_date date?; document_number string? 3..40; notes text?",
        "",
        "gast, gäste, huésped, invitado, hôte, ospite",
    ),
    "Reservation": (
        "guest -> Guest!; room -> Room!; customer -> Customer?; check_in_on date; check_out_on date; guest_count integer =1 1..100; total_price money?; special_wishes text?",
        "requested | confirm: requested>confirmed | check_in: confirmed>checked_in | check_out: checked_in>checked_out | cancel: requested,confirmed>cancelled | miss: confirmed>no_show",
        "reservierung, reserva, réservation, prenotazione, reservering",
    ),
    "Booking": (
        "reference_code string 4..40 unique; customer -> Customer!; player -> Player!; court -> Court!; starts_at datetime; ends_at datetime; party_size integer =1 1..1000; price money?; notes text?",
        "requested | confirm: requested>confirmed | complete: confirmed>completed | cancel: requested,confirmed>cancelled | miss: confirmed>missed",
        "buchung, buchungen, boeking",
    ),
    "Restaurant": (
        "name string 1..200; address text; cuisine string? 1..80; phone string 5..32; seat_count integer? 0..; delivers boolean =false",
        "open | close: open>closed | reopen: closed>open",
        "diner, eatery, gaststätte, restaurante, ristorante, kitchen",
    ),
    "DiningTable": (
        "label string 1..20 unique; seats integer =4 1..100; section string? 1..60; outdoor boolean =false",
        "free | seat: free>occupied | clear: occupied>free | reserve: free>reserved | release: reserved>free",
        "table, tables, tisch, tische, mesa, mesas, tavolo",
    ),
    "Menu": (
        "name string 1..120; restaurant -> Restaurant!; valid_from date; valid_until date?; description text?; published boolean =false",
        "",
        "speisekarte, carta, menú, karte des restaurants",
    ),
    "MenuItem": (
        "menu -> Menu!; name string 1..200; description text?; price money; vegetarian boolean =false; allergens string? 1..200; available boolean =true",
        "",
        "dish, meal, gericht, speise, plato, plat, piatto",
    ),
    "Recipe": (
        "title string 1..200; servings integer =4 1..100; preparation_minutes integer 1..2880; difficulty enum(easy|medium|hard) =easy; instructions text; picture_url url?",
        "draft | publish: draft>published | archive: published>archived",
        "rezepte, kochrezept, receta de cocina, recette, ricetta",
    ),
    "Ingredient": (
        "name string 1..120 unique; unit enum(gram|millilitre|piece|spoon) =gram; allergen boolean =false; calories_per_unit decimal? 0..; storage_hint string? 1..200",
        "",
        "zutat, zutaten, ingrediente, ingrédient",
    ),
    "Event": (
        "title string 1..200; venue -> Venue?; starts_at datetime; ends_at datetime?; capacity integer? 1..; ticket_price money?; description text?",
        "draft | publish: draft>published | sell_out: published>sold_out | cancel: draft,published,sold_out>cancelled | finish: published,sold_out>finished",
        "concert, show event, veranstaltung, evento, événement",
    ),
    "Venue": (
        "name string 1..200; address text; capacity integer 1..; contact_email email?; accessible boolean =true; latitude decimal? -90..90; longitude decimal? -180..180",
        "",
        "hall, stadium, veranstaltungsort, recinto, salle de concert",
    ),
    "Participant": (
        "full_name string 1..200; email email unique; event -> Event?; ticket_code string? 4..64 unique; registered_at datetime; dietary_needs string? 1..200",
        "registered | check_in: registered>checked_in | cancel: registered>cancelled",
        "attendee, registrant, teilnehmer, participante, participant",
    ),
    "Speaker": (
        "full_name string 1..200; email email; biography text?; picture_url url?; topic string 1..200",
        "invited | confirm: invited>confirmed | decline: invited>declined",
        "presenter, redner, referent, ponente, conférencier",
    ),
    "Exhibitor": (
        "company_name string 1..200 unique; booth string 1..20; contact_email email; package_level enum(basic|standard|premium) =standard; website url?",
        "",
        "aussteller, expositor, exposant",
    ),
    "Tour": (
        "title string 1..200; guide_name string? 1..200; starts_at datetime; duration_minutes integer 1..1440; price money?; capacity integer 1..1000; description text?",
        "planned | open_sale: planned>on_sale | sell_out: on_sale>sold_out | finish: on_sale,sold_out>finished | cancel: planned,on_sale,sold_out>cancelled",
        "guided tour, führung, visita guiada, visite guidée",
    ),
    "Court": (
        "label string 1..40 unique; surface enum(clay|hard|grass|carpet|artificial) =hard; indoor boolean =false; hourly_rate money?; floodlit boolean =false",
        "open | close: open>closed | reopen: closed>open",
        "squash court, tennis court, padel court, platz, cancha, pista",
    ),
    "Wine": (
        "name string 1..200; producer string 1..200; vintage integer? 1800..2100; region string 1..120; grape string? 1..120; colour enum(red|white|rose|sparkling|sweet) =red; drink_by_year integer? 1900..2200",
        "",
        "wein, vino, vin",
    ),
    "Bottle": (
        "wine -> Wine!; barcode string? 4..64 unique; size_millilitres integer =750 50..30000; purchased_on date?; purchase_price money?; shelf string? 1..40",
        "stored | open_bottle: stored>opened | give_away: stored>given_away | spoil: stored>spoiled",
        "flasche, botella, bouteille, bottiglia",
    ),
    "Tasting": (
        "wine -> Wine!; tasted_on date; score decimal 0..100; taster_name string? 1..200; notes text?",
        "",
        "degustation, verkostung, cata, dégustation",
    ),
}
