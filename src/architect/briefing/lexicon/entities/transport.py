"""Entities of vehicles, parcels and travel: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Shipment": (
        "tracking_number string 6..64 unique; carrier -> Carrier?; origin_address text; destination_address text; weight_kilograms decimal? 0..100000; expected_on date?; shipped_at datetime?",
        "created | pick_up: created>in_transit | deliver: in_transit>delivered | lose: in_transit>lost | send_back: in_transit>sent_back | cancel: created>cancelled",
        "consignment, sendung, envío, expédition, spedizione, zending, delivery shipment",
    ),
    "Parcel": (
        "tracking_number string 6..64 unique; recipient_name string 1..200; destination_address text; weight_grams integer 1..; length_millimetres integer? 1..; insured_value money?",
        "registered | hand_over: registered>in_transit | deliver: in_transit>delivered | send_back: in_transit>sent_back",
        "package, paket, pakete, paquete, colis, pacco",
    ),
    "Checkpoint": (
        "shipment -> Shipment!; place string 1..200; reached_at datetime; remark string? 1..300; latitude decimal? -90..90; longitude decimal? -180..180",
        "",
        "waypoint, milestone, kontrollpunkt, punto de control",
    ),
    "Carrier": (
        "code string 1..20 unique; name string 1..200; contact_email email?; phone string? 5..32; tracking_url url?; active boolean =true",
        "",
        "haulier, freight forwarder, spediteur, frachtführer, transportista, transporteur, corriere",
    ),
    "Delivery": (
        "order -> Order?; courier -> Courier?; address text; scheduled_for datetime; delivered_at datetime?; instructions text?",
        "planned | dispatch: planned>on_the_way | complete: on_the_way>delivered | fail: on_the_way>failed",
        "drop-off, lieferung, entrega, livraison, consegna",
    ),
    "Courier": (
        "full_name string 1..200; phone string 5..32 unique; vehicle_kind enum(bicycle|scooter|car|van|on_foot) =bicycle; joined_on date?; rating decimal? 0..5",
        "offline | start_shift: offline>available | assign: available>busy | release: busy>available | end_shift: available>offline",
        "rider courier, kurier, mensajero, coursier, repartidor",
    ),
    "Vehicle": (
        "licence_plate string 2..20 unique; manufacturer string 1..80; model_name string 1..80; vin string? 11..17 unique; built_in_year integer? 1900..2100; mileage_kilometres integer =0 0..; registered_on date?",
        "active | send_to_repair: active>in_repair | bring_back: in_repair>active | retire: active,in_repair>retired",
        "car, truck, van, bus, lorry, fahrzeug, fahrzeuge, auto, lkw, vehículo, coche, véhicule, voiture, veicolo, voertuig, motorbike",
    ),
    "Driver": (
        "full_name string 1..200; licence_number string 3..40 unique; phone string 5..32; email email?; licence_expires_on date; rating decimal? 0..5",
        "available | assign: available>driving | release: driving>available | suspend: available>suspended | reinstate: suspended>available",
        "chauffeur, fahrer, conductor, chófer, conducteur, autista, motorista",
    ),
    "Rider": (
        "full_name string 1..200; phone string 5..32 unique; email email unique; rating decimal? 0..5; joined_on date?",
        "",
        "passenger app user, mitfahrer",
    ),
    "Passenger": (
        "full_name string 1..200; email email; phone string? 5..32; document_number string? 4..40; birth_date date?; assistance_needed boolean =false",
        "",
        "traveller, traveler, fahrgast, passagier, pasajero, passager",
    ),
    "Trip": (
        "vehicle -> Vehicle?; driver -> Driver!; rider -> Rider?; origin string 1..200; destination string 1..200; started_at datetime?; ended_at datetime?; distance_kilometres decimal? 0..; fare money?",
        "requested | accept: requested>accepted | start: accepted>under_way | finish: under_way>finished | cancel: requested,accepted>cancelled",
        "ride, journey, fahrt, viaje, trajet, course, viaggio, corsa",
    ),
    "Route": (
        "code string 1..40 unique; name string 1..200; origin string 1..200; destination string 1..200; distance_kilometres decimal? 0..; duration_minutes integer? 1..; active boolean =true",
        "",
        "delivery route, strecke, tour, ruta, itinéraire, rotta",
    ),
    "Stop": (
        "code string 1..32 unique; name string 1..200; latitude decimal -90..90; longitude decimal -180..180; sheltered boolean =false; accessible boolean =true",
        "",
        "bus stop, tram stop, haltestelle, parada, arrêt, fermata",
    ),
    "Line": (
        "code string 1..20 unique; name string 1..200; mode enum(bus|tram|metro|train|ferry) =bus; colour string? 4..9; operating boolean =true",
        "",
        "transit line, bus line, linie, línea, ligne",
    ),
    "Departure": (
        "stop -> Stop!; line -> Line!; scheduled_at datetime; expected_at datetime?; platform string? 1..20; delay_minutes integer =0 0..",
        "scheduled | delay: scheduled>delayed | leave: scheduled,delayed>departed | cancel: scheduled,delayed>cancelled",
        "abfahrt, salida, départ, partenza",
    ),
    "Position": (
        "vehicle -> Vehicle!; latitude decimal -90..90; longitude decimal -180..180; recorded_at datetime; speed_kmh decimal? 0..1500; heading_degrees decimal? 0..360",
        "",
        "gps position, location fix, standort, posición",
    ),
    "FuelReceipt": (
        "vehicle -> Vehicle!; driver -> Driver?; filled_at datetime; litres decimal 0..10000; total money; station_name string? 1..200; odometer_kilometres integer? 0..",
        "",
        "refuelling, fuel entry, tankbeleg",
    ),
    "Maintenance": (
        "vehicle -> Vehicle?; title string 1..200; due_on date; performed_on date?; cost money?; workshop string? 1..200; notes text?",
        "planned | start: planned>ongoing | finish: ongoing>finished | cancel: planned>cancelled",
        "service appointment, maintenance job, wartung, mantenimiento, entretien",
    ),
    "Container": (
        "number string 4..20 unique; size_feet integer 10..60; content string? 1..300; gross_weight_kilograms decimal? 0..; seal_number string? 1..40; arrived_at datetime?",
        "empty | load: empty>loaded | seal_up: loaded>sealed | unload: loaded,sealed>empty",
        "freight container, contenedor, conteneur",
    ),
    "Vessel": (
        "imo_number string 7..10 unique; name string 1..120; flag_country_code string 2..2; deadweight_tonnes integer? 0..; built_in_year integer? 1850..2100",
        "",
        "ship, boat, schiff, buque, barco, navire, bateau",
    ),
    "PortCall": (
        "vessel -> Vessel!; port_code string 5..5; expected_arrival_at datetime; arrived_at datetime?; departed_at datetime?; berth string? 1..40",
        "announced | arrive: announced>in_port | depart: in_port>departed | cancel: announced>cancelled",
        "hafenanlauf, escala",
    ),
    "Flight": (
        "number string 3..8; origin_code string 3..3; destination_code string 3..3; departs_at datetime; arrives_at datetime; seat_count integer 1..1000",
        "scheduled | board: scheduled>boarding | depart: boarding>departed | land: departed>landed | cancel: scheduled,boarding>cancelled",
        "flug, vuelo, vol, volo",
    ),
    "Ticket": (
        "number string 1..40 unique; subject string 1..200; description text; priority enum(low|medium|high|urgent) =medium; requester_email email; assignee_name string? 1..200; due_at datetime?",
        "open | start: open>in_progress | wait: in_progress>waiting | resolve: in_progress,waiting,open>resolved | close: resolved>closed | reopen: resolved,closed>open",
        "support ticket, case ticket, tickets, incident ticket, tique",
    ),
    "CarPark": (
        "code string 1..20 unique; name string 1..200; address text; space_count integer 1..; hourly_rate money; covered boolean =false",
        "",
        "parking lot, car park, parking garage, parkhaus, parkplatz, aparcamiento",
    ),
    "ParkingSession": (
        "car_park -> CarPark!; licence_plate string 2..20; entered_at datetime; left_at datetime?; fee money?",
        "running | finish: running>finished | pay: finished>paid",
        "parking stay, parkvorgang",
    ),
    "Permit": (
        "number string 1..40 unique; holder_name string 1..200; valid_from date; valid_until date; area string? 1..120; fee money?",
        "applied | grant_permit: applied>granted | refuse: applied>refused | revoke: granted>revoked | expire: granted>expired",
        "genehmigung, bewilligung, permiso, permis, autorisation",
    ),
    "ChargingStation": (
        "code string 1..40 unique; name string 1..200; address text; latitude decimal -90..90; longitude decimal -180..180; power_kilowatts decimal 0..2000",
        "available | fault: available>faulted | repair: faulted>available | retire: available,faulted>retired",
        "charge point, charger, ladestation, ladesäule",
    ),
    "Connector": (
        "station -> Station!; number integer 1..100; plug enum(type2|ccs|chademo|schuko) =type2; power_kilowatts decimal 0..2000",
        "available | plug_in: available>charging | unplug: charging>available | fault: available,charging>faulted | repair: faulted>available",
        "plug, socket, stecker",
    ),
    "ChargingSession": (
        "connector -> Connector!; started_at datetime; ended_at datetime?; energy_kilowatt_hours decimal =0 0..; price money?; vehicle_tag string? 1..60",
        "running | finish: running>finished | bill: finished>billed",
        "ladevorgang",
    ),
    "Tariff": (
        "code string 1..40 unique; name string 1..120; price_per_unit money; unit string 1..40; valid_from date; valid_until date?",
        "",
        "rate plan, fare table, tarif, tarifa",
    ),
    "Seat": (
        "label string 1..20; row_label string? 1..10; section string? 1..60; price money?; accessible boolean =false",
        "free | hold: free>held | sell: free,held>sold | release: held>free",
        "sitzplatz, asiento, siège",
    ),
}
