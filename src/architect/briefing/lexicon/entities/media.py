"""Entities of publishing, games and communities: fields, states, other words for them (see ``notation.py`` for how a row is read)."""

from typing import Final

Row = tuple[str, str, str]

ENTITIES: Final[dict[str, Row]] = {
    "Article": (
        "headline string 1..300; slug string 1..160 unique; teaser string? 1..500; body_text text; author_name string 1..200; published_at datetime?; language_code string =en 2..8",
        "draft | submit: draft>in_review | publish: in_review,draft>published | archive: published>archived",
        "blog post, news article, story, zeitungsartikel, noticia, beitrag",
    ),
    "Post": (
        "title string? 1..300; body_text text; author_name string 1..120; published_at datetime?; like_count integer =0 0..; pinned boolean =false",
        "draft | publish: draft>published | hide: published>hidden | restore: hidden>published",
        "forum post, publicación, message post",
    ),
    "Comment": (
        "author_name string 1..120; body_text text; posted_at datetime; post -> Post?; article -> Article?; like_count integer =0 0..",
        "visible | hide: visible>hidden | restore: hidden>visible",
        "reply, kommentar, comentario, commentaire, commento",
    ),
    "Tag": (
        "label string 1..60 unique; slug string 1..60 unique; colour string? 4..9; usage_count integer =0 0..; description text?",
        "",
        "keyword, schlagwort, etiqueta, étiquette",
    ),
    "Show": (
        "title string 1..200; slug string 1..160 unique; description text; host_name string 1..200; language_code string =en 2..8; explicit_content boolean =false; cover_url url?",
        "active | pause: active>paused | resume: paused>active | end_show: active,paused>ended",
        "podcast, programme, radio programme, tv show, sendung, programa, émission",
    ),
    "Episode": (
        "show -> Show!; title string 1..200; number integer? 0..; duration_seconds integer 1..; audio_url url; published_at datetime?; summary_text text?",
        "draft | publish: draft>published | withdraw: published>withdrawn",
        "folge, episodio, épisode",
    ),
    "Listener": (
        "display_name string 1..120; email email unique; country_code string? 2..2; premium boolean =false; joined_on date",
        "",
        "hörer, oyente, auditeur",
    ),
    "Track": (
        "title string 1..200; artist_name string 1..200; album string? 1..200; duration_seconds integer 1..; isrc string? 12..12 unique; released_on date?",
        "",
        "song, tune, titel, lied, canción, chanson, canzone",
    ),
    "Play": (
        "track_title string 1..200; artist_name string 1..200; played_at datetime; programme string? 1..200; duration_seconds integer? 1..",
        "",
        "track played, tracks played, spin",
    ),
    "Playlist": (
        "name string 1..200; description text?; track_count integer =0 0..; shared boolean =false; cover_url url?",
        "",
        "mixtape, wiedergabeliste, lista de reproducción",
    ),
    "Album": (
        "title string 1..200; artist_name string 1..200; released_on date?; track_count integer =0 0..; label string? 1..120; cover_url url?",
        "",
        "record album, disco",
    ),
    "Photo": (
        "caption string? 1..300; file_url url; taken_at datetime?; width_pixels integer 1..; height_pixels integer 1..; photographer string? 1..200",
        "",
        "picture, image, foto, fotografía, photographie",
    ),
    "Video": (
        "title string 1..200; file_url url; duration_seconds integer 1..; description text?; published_at datetime?; view_count integer =0 0..",
        "uploaded | transcode: uploaded>ready | publish: ready>published | take_down: published>taken_down",
        "clip, film, movie, vídeo, vidéo",
    ),
    "Movie": (
        "title string 1..300; original_title string? 1..300; released_on date?; runtime_minutes integer? 1..; genre string? 1..80; rating decimal? 0..10",
        "",
        "feature film, spielfilm, película",
    ),
    "Player": (
        "nickname string 1..60 unique; email email?; level integer =1 1..; rating integer =1000 0..; country_code string? 2..2; last_seen_at datetime?",
        "active | ban: active>banned | pardon: banned>active",
        "gamer, spieler, jugador, joueur, giocatore",
    ),
    "Game": (
        "title string 1..200; minimum_players integer =1 1..; maximum_players integer =4 1..; duration_minutes integer? 1..; genre string? 1..80; owned_copies integer =1 0..",
        "",
        "board game, spiel, juego, jeu, gioco",
    ),
    "GameMatch": (
        "home_side string 1..200; away_side string 1..200; starts_at datetime; home_score integer? 0..; away_score integer? 0..; venue string? 1..200",
        "scheduled | start: scheduled>running | finish: running>finished | abandon: running>abandoned | cancel: scheduled>cancelled",
        "match, matches, fixture, spielpaarung, partido",
    ),
    "GameSession": (
        "title string 1..200; starts_at datetime; place string? 1..200; player_count integer =1 1..; notes text?",
        "planned | start: planned>running | finish: running>finished | cancel: planned>cancelled",
        "game night, play session",
    ),
    "Score": (
        "player -> Player!; points integer 0..; achieved_at datetime; board string =global 1..80; verified boolean =false",
        "",
        "leaderboard entry, leaderboard, high score, highscore, punktestand, puntuación",
    ),
    "Tournament": (
        "name string 1..200; starts_on date; ends_on date?; format_kind enum(knockout|league|swiss) =knockout; prize_money money?; player_limit integer? 2..",
        "announced | open_registration: announced>open | start: open>running | finish: running>finished | cancel: announced,open>cancelled",
        "competition, turnier, torneo, tournoi",
    ),
    "Board": (
        "name string 1..120; description text?; background_colour string? 4..9; archived boolean =false; card_count integer =0 0..",
        "",
        "kanban board, tablero, tableau de bord",
    ),
    "Channel": (
        "name string 1..120 unique; topic string? 1..300; member_count integer =0 0..; restricted boolean =false; last_activity_at datetime?",
        "",
        "chat room, kanal, canal",
    ),
    "ChatMessage": (
        "sender_name string 1..120; body_text text; sent_at datetime; channel -> Channel?; edited boolean =false",
        "sent | deliver: sent>delivered | read_it: delivered>read | withdraw: sent,delivered,read>withdrawn",
        "message, messages, direct message, nachricht, mensaje",
    ),
    "Notification": (
        "recipient_address string 1..254; channel_kind enum(email|sms|push|in_app) =email; headline string 1..200; body_text text; send_at datetime",
        "queued | send_out: queued>sent | deliver: sent>delivered | fail: queued,sent>failed",
        "reminder, benachrichtigung, notificación, rappel",
    ),
    "Campaign": (
        "name string 1..200; goal_amount money?; starts_on date; ends_on date?; description text; channel_kind enum(email|social|print|events) =email",
        "draft | launch: draft>running | pause: running>paused | resume: paused>running | finish: running,paused>finished",
        "fundraiser, marketing campaign, kampagne, campaña, campagne",
    ),
    "Subscriber": (
        "email email unique; full_name string? 1..200; language_code string =en 2..8; subscribed_at datetime; source_name string? 1..80",
        "pending | confirm: pending>confirmed | unsubscribe: pending,confirmed>unsubscribed",
        "newsletter subscriber, abonnent, suscriptor, abonné",
    ),
    "Newsletter": (
        "subject string 1..200; body_text text; send_at datetime?; recipient_count integer =0 0..; open_percent decimal? 0..100",
        "draft | schedule: draft>scheduled | send_out: scheduled>sent",
        "mailing, rundbrief, boletín",
    ),
    "Composer": (
        "full_name string 1..200; birth_year integer? 1000..2100; death_year integer? 1000..2100; nationality_code string? 2..2; biography text?",
        "",
        "komponist, compositor, compositeur",
    ),
    "Edition": (
        "title string 1..300; publisher string 1..200; published_in_year integer? 1400..2100; language_code string? 2..8; pages integer? 1..; isbn string? 10..17",
        "",
        "ausgabe, edición, édition",
    ),
    "Work": (
        "title string 1..300; composer_name string? 1..200; catalogue_number string? 1..60; composed_in_year integer? 1000..2100; genre string? 1..80; duration_minutes integer? 1..",
        "",
        "piece, musical work, werk, obra musical, œuvre",
    ),
    "Poll": (
        "title string 1..300; description text?; closes_at datetime; anonymous boolean =true; multiple_choice boolean =false",
        "draft | open_poll: draft>open | close: open>closed",
        "umfrage, abstimmung, encuesta, sondage, sondaggio",
    ),
    "PollOption": (
        "poll -> Poll!; label string 1..200; rank integer =1 1..; vote_count integer =0 0..",
        "",
        "choice, antwortoption",
    ),
    "Vote": (
        "poll -> Poll!; option -> PollOption?; voter_code string 1..80; cast_at datetime; weight integer =1 1..",
        "",
        "ballot, stimme, voto, vote",
    ),
    "Survey": (
        "title string 1..300; introduction text?; opens_on date; closes_on date?; anonymous boolean =true; target_responses integer? 1..",
        "draft | publish: draft>open | close: open>closed | archive: closed>archived",
        "questionnaire, befragung, cuestionario de opinión, enquête",
    ),
    "SurveyResponse": (
        "survey -> Survey!; respondent_code string? 1..80; submitted_at datetime; score integer? 0..100; answers json",
        "started | submit: started>submitted | discard: started,submitted>discarded",
        "response, responses, réponse à l'enquête",
    ),
}
