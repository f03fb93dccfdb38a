"""Outside systems that a service may talk to: by purpose, each with its spellings.

A row is ``(purpose, kind)`` and the names, separated by commas; ``name = spelling / spelling`` where the spelling differs from
the name. A spelling with a capital is read only when it is written so.
"""

from typing import Final

SYSTEMS: Final[dict[tuple[str, str], str]] = {
    ("payments", "http"): (
        "stripe, paypal, adyen, braintree, mollie, klarna, worldline, worldpay, checkout_com = checkout.com, Square, gocardless, "
        "razorpay, paddle = Paddle, authorize_net = authorize.net, twint, datatrans, saferpay, sumup, wise = Wise / transferwise, mercadopago = mercado pago / mercadopago, "
        "redsys, payone, sofort = Sofort, ideal = iDEAL, vipps, swish = Swish, bizum, apple_pay = apple pay, google_pay = google pay, chargebee, recurly, "
        "coinbase, m_pesa = m-pesa / mpesa, cybersource, nexi, stancer, payu, flutterwave, paystack, afterpay, affirm = Affirm, lemonsqueezy = lemon squeezy / lemonsqueezy"
    ),
    (
        "banking",
        "http",
    ): "plaid, truelayer, tink = Tink, finapi, salt_edge = salt edge, yodlee, nordigen, swift = SWIFT, sepa = SEPA, ebics",
    ("messages", "http"): (
        "twilio, vonage, messagebird, sinch, whatsapp, telegram, signal = Signal, plivo, infobip, viber, line = LINE messenger, wechat"
    ),
    ("mail", "http"): (
        "sendgrid, mailgun, postmark, mailchimp, ses = amazon ses / aws ses / SES, mailjet, sparkpost, brevo / sendinblue, mandrill, klaviyo, gmail, outlook = Outlook, resend = Resend"
    ),
    (
        "chat",
        "http",
    ): "slack, discord, mattermost, microsoft_teams = microsoft teams / ms teams / MS-Teams, rocketchat = rocket.chat, google_chat = google chat",
    (
        "push",
        "http",
    ): "firebase = Firebase / firebase cloud messaging / fcm, onesignal, apns, pusher = Pusher, ably, braze = Braze, airship = Airship",
    (
        "crm",
        "http",
    ): "salesforce, hubspot, pipedrive, zoho = Zoho, dynamics_365 = dynamics 365 / ms dynamics / microsoft dynamics, sugarcrm",
    (
        "support",
        "http",
    ): "zendesk, freshdesk, intercom, servicenow, helpscout = help scout, jira_service_management = jira service management, front = Front app, gorgias",
    ("erp", "http"): (
        "sap, netsuite, odoo, microsoft_navision = navision, sage = Sage, abacus = Abacus, datev, lexware, bexio, xero, quickbooks, dynamics_nav = dynamics nav, "
        "infor, exact_online = exact online, fortnox, visma, peoplesoft"
    ),
    (
        "hr",
        "http",
    ): "workday, personio, bamboohr = bamboo hr / bamboohr, successfactors, adp = ADP, gusto = Gusto, rippling = Rippling, deel = Deel, hibob, kenjo",
    (
        "shop",
        "http",
    ): "shopify, woocommerce, magento, shopware, prestashop, bigcommerce, ebay, etsy, amazon_marketplace = amazon marketplace / amazon seller central, zalando, allegro = Allegro, mirakl",
    ("shipping", "http"): (
        "dhl, ups = UPS, fedex, usps, dpd, gls = GLS, hermes, postnl, deutsche_post = deutsche post, swiss_post = swiss post, royal_mail = royal mail, "
        "shippo, easypost, sendcloud, aramex, tnt = TNT, shipstation, la_poste = la poste, correos = Correos, bpost, colissimo, mondial_relay = mondial relay"
    ),
    (
        "maps",
        "http",
    ): "google_maps = google maps, mapbox, openstreetmap = openstreetmap / osm, here_maps = here maps, tomtom, esri, arcgis",
    (
        "work",
        "http",
    ): "jira, asana, trello_api = trello api, confluence = Confluence, notion = Notion, airtable, monday = monday.com, clickup, linear = Linear, basecamp, zapier, github_api = github api, gitlab_api = gitlab api, miro = Miro",
    (
        "calendar",
        "http",
    ): "google_calendar = google calendar, outlook_calendar = outlook calendar, calendly, zoom = Zoom, google_meet = google meet, office_365 = office 365 / microsoft 365, microsoft_graph = microsoft graph",
    (
        "signature",
        "http",
    ): "docusign, hellosign, adobe_sign = adobe sign, skribble, yousign, swisscom_sign = swisscom sign",
    (
        "analytics",
        "http",
    ): "segment = Segment, mixpanel, amplitude = Amplitude, google_analytics = google analytics, posthog, matomo",
    (
        "warehouse",
        "http",
    ): "snowflake, bigquery, redshift, databricks, looker = Looker, tableau = Tableau, power_bi = power bi / powerbi, metabase, fivetran",
    (
        "models",
        "http",
    ): "openai, anthropic, mistral = Mistral, cohere = Cohere, azure_openai = azure openai, gemini = Gemini, hugging_face = hugging face / huggingface, ollama, deepl, elevenlabs, replicate = Replicate",
    (
        "identity_check",
        "http",
    ): "onfido, jumio, veriff, idnow, persona = Persona, sumsub, world_check = world-check, experian, equifax, schufa, creditreform, transunion",
    (
        "health",
        "http",
    ): "epic = Epic, cerner, fhir = fhir / hl7 fhir, hl7, athenahealth, dicom, elga, gematik",
    (
        "education",
        "http",
    ): "moodle, canvas = Canvas LMS, blackboard = Blackboard, google_classroom = google classroom, schoology, powerschool",
    (
        "social",
        "http",
    ): "facebook, instagram, linkedin, twitter, tiktok, youtube, reddit, pinterest, spotify, twitch, strava, garmin = Garmin, fitbit",
    (
        "travel",
        "http",
    ): "booking_com = booking.com, airbnb, expedia, amadeus = Amadeus, sabre = Sabre, tripadvisor, opentable, siteminder, cloudbeds, skyscanner",
    (
        "finance_data",
        "http",
    ): "bloomberg, refinitiv, coingecko, binance, kraken = Kraken, alpha_vantage = alpha vantage, openexchangerates = open exchange rates / openexchangerates, ecb = ECB, reuters, polygon_io = polygon.io, fixer_io = fixer.io",
    (
        "weather",
        "http",
    ): "openweathermap = openweathermap / openweather, meteoswiss = meteoswiss / meteoschweiz, noaa = NOAA, accuweather, weatherapi, dwd = DWD",
    ("tax", "http"): "avalara, taxjar, vertex_tax = Vertex O Series",
    ("storage", "http"): "dropbox, google_drive = google drive, sharepoint, onedrive, box = Box, nextcloud",
    (
        "tracking",
        "http",
    ): "sentry, datadog, new_relic = new relic, pagerduty, opsgenie, splunk, cloudflare, launchdarkly",
    (
        "media",
        "http",
    ): "cloudinary, mux = Mux, vimeo, imgix, contentful, strapi, wordpress, sanity = Sanity, algolia",
    ("fleet", "http"): "samsara, geotab, webfleet, uber = Uber API, here = HERE API, ocpi = OCPI",
    (
        "government",
        "http",
    ): "hmrc = HMRC, irs = IRS, elster, vies = VIES, companies_house = companies house, zefix",
}
