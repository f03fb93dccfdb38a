"""Entities of sensors, machines and nature: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Device": (
        "serial_number string 3..60 unique; model_name string 1..120; firmware string? 1..40; installed_on date?; last_seen_at datetime?; battery_percent integer? 0..100",
        "registered | activate: registered>active | lose_contact: active>offline | reconnect: offline>active | retire: registered,active,offline>retired",
        "gerät, geräte, dispositivo, appareil, apparaat, gateway device",
    ),
    "Sensor": (
        "serial_number string 3..60 unique; quantity enum(temperature|humidity|pressure|moisture|flow|light|other) =other; unit string 1..40; site_name string? 1..200; installed_on date; last_reading_at datetime?",
        "active | fault: active>faulty | repair: faulty>active | retire: active,faulty>retired",
        "probe, detector, sensoren, capteur, sensore, hydrophone sensor",
    ),
    "Reading": (
        "sensor -> Sensor?; meter -> Meter?; measured_value decimal; unit string 1..40; measured_at datetime; quality enum(good|uncertain|bad) =good",
        "",
        "sensor reading, messwert, lectura de sensor",
    ),
    "Measurement": (
        "station -> Station!; sensor -> Sensor?; quantity string 1..80; measured_value decimal; unit string 1..40; measured_at datetime; validated boolean =false",
        "",
        "messung, medición, mesure, misurazione, observation",
    ),
    "Station": (
        "code string 1..40 unique; name string 1..200; latitude decimal -90..90; longitude decimal -180..180; elevation_metres decimal? -500..9000; operating boolean =true",
        "active | shut_down: active>shut_down | restart: shut_down>active",
        "weather station, messstation, estación, estazione",
    ),
    "Machine": (
        "serial_number string 3..60 unique; model_name string 1..120; manufacturer string 1..120; site_name string? 1..200; commissioned_on date?; operating_hours integer =0 0..",
        "running | stop: running>stopped | start: stopped>running | break_down: running>broken | repair: broken>stopped",
        "equipment, maschine, anlage maschine, máquina, machine, macchina",
    ),
    "Telemetry": (
        "device -> Device!; metric string 1..80; measured_value decimal; recorded_at datetime; tags json?",
        "",
        "telemetry record, telemetriedaten, telemetría",
    ),
    "Command": (
        "device -> Device!; action string 1..80; parameters json?; issued_at datetime; acknowledged_at datetime?",
        "queued | send_out: queued>sent | acknowledge: sent>acknowledged | fail: queued,sent>failed",
        "befehl, orden al dispositivo, commande appareil",
    ),
    "Geofence": (
        "name string 1..120; latitude decimal -90..90; longitude decimal -180..180; radius_metres integer 1..1000000; active boolean =true; boundary json?",
        "",
        "zone, geozone, geocerca",
    ),
    "Field": (
        "code string 1..40 unique; name string 1..120; area_hectares decimal 0..; crop string? 1..80; soil string? 1..80; sown_on date?",
        "fallow | sow: fallow>sown | harvest: sown>harvested | plough: harvested>fallow",
        "plot, acker, parcela, parcelle",
    ),
    "Crop": (
        "name string 1..120; variety string? 1..120; sown_on date; expected_harvest_on date?; yield_tonnes decimal? 0..",
        "planned | sow: planned>growing | harvest: growing>harvested | lose: growing>lost",
        "kultur, cultivo, culture",
    ),
    "Harvest": (
        "field -> Field!; crop string 1..80; harvested_on date; quantity_kilograms decimal 0..; moisture_percent decimal? 0..100; quality enum(a|b|c) =a",
        "",
        "yield, ernte, cosecha, récolte, raccolto",
    ),
    "Beehive": (
        "code string 1..40 unique; apiary string 1..120; hive_model string? 1..80; queen_marked boolean =false; colony_since date?; frames integer? 0..100",
        "active | weaken: active>weak | recover: weak>active | lose: active,weak>lost",
        "hive, bienenstock, colmena, ruche",
    ),
    "HoneyHarvest": (
        "beehive -> Beehive!; harvested_on date; weight_kilograms decimal 0..1000; honey_sort string? 1..80; moisture_percent decimal? 0..100",
        "",
        "honigernte",
    ),
    "Livestock": (
        "ear_tag string 3..40 unique; species enum(cattle|sheep|goat|pig|poultry|horse) =cattle; breed string? 1..80; birth_date date; weight_kilograms decimal? 0..",
        "alive | sell: alive>sold | slaughter: alive>slaughtered | die: alive>dead",
        "cow, cattle, nutztier, ganado, bétail",
    ),
    "Plant": (
        "name string 1..120; species string 1..200; place string? 1..120; watering_interval_days integer =7 1..365; last_watered_on date?; notes text?",
        "healthy | sicken: healthy>sick | recover: sick>healthy | die: healthy,sick>dead",
        "houseplant, pflanze, planta, plante, pianta",
    ),
    "Hydrophone": (
        "serial_number string 3..60 unique; model_name string 1..120; latitude decimal -90..90; longitude decimal -180..180; depth_metres decimal 0..12000; deployed_on date",
        "deployed | recover: deployed>recovered | lose: deployed>lost",
        "underwater microphone",
    ),
    "Recording": (
        "title string? 1..200; file_url url; started_at datetime; duration_seconds integer 1..; sample_rate_hertz integer? 1..; size_bytes integer? 0..",
        "uploaded | process: uploaded>processed | discard: uploaded,processed>discarded",
        "audio recording, aufnahme, grabación, enregistrement",
    ),
    "Detection": (
        "recording -> Recording!; category string 1..120; confidence_percent decimal 0..100; detected_at datetime; start_second decimal? 0..; verified boolean =false",
        "",
        "sighting, erkennung, detección, détection",
    ),
    "Experiment": (
        "title string 1..200; hypothesis text; started_on date; ended_on date?; lead_name string 1..200; outcome text?",
        "planned | start: planned>running | finish: running>finished | abort: planned,running>aborted",
        "trial, versuch, experimento, expérience",
    ),
    "Dataset": (
        "name string 1..200 unique; description text; owner_name string 1..200; row_count integer? 0..; sensitivity enum(open|internal|confidential) =internal; refreshed_at datetime?",
        "draft | publish: draft>published | deprecate: published>deprecated",
        "data set, datensatz, conjunto de datos, jeu de données",
    ),
    "Model": (
        "name string 1..120; revision string 1..40; framework string? 1..80; trained_at datetime; accuracy_percent decimal? 0..100; artefact_url url?",
        "candidate | deploy: candidate>deployed | retire: candidate,deployed>retired",
        "ml model, machine learning model, modell, modelo",
    ),
    "FeatureFlag": (
        "code string 1..80 unique; description text?; enabled boolean =false; rollout_percent integer =0 0..100; environment enum(development|staging|production) =development; expires_on date?",
        "",
        "flag, feature toggle, toggle",
    ),
    "Deployment": (
        "component string 1..120; revision string 1..80; environment enum(development|staging|production) =staging; deployed_by string 1..200; deployed_at datetime",
        "started | succeed: started>succeeded | fail: started>failed | roll_back: succeeded>rolled_back",
        "release, rollout, despliegue, déploiement",
    ),
}
