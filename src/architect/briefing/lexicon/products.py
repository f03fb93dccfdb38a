"""What a text may name by a word of its own: products, protocols, schemes, regimes, targets, clouds.

A row is ``name: (roles, spellings, what it implies)``. Spellings are lower-case words, separated by commas; a
blank in a spelling stands for a blank, a hyphen, a dot or a slash. A spelling with a capital is read only when it is
written so (``Go``, ``Render``), since the word means something else too. Roles:

framework, database, cache, broker, vector_store  what ``prefer`` holds
interface, authentication, compliance, target, cloud  the brief's fields of that name; the name is the value
known      a product that no field of the brief holds, still useful in ``knows`` and ``avoid``

The first role is what the product is taken for when the text does not say.
"""

from typing import Final

from architect.briefing.lexicon.platforms import CLOUDS, KNOWN, TARGETS, Row

FRAMEWORKS: Final[dict[str, Row]] = {
    "fastapi": ("framework", "fastapi, fast api", {"interface": "rest"}),
    "flask": ("framework", "flask", {"interface": "rest"}),
    "django": (
        "framework",
        "django, django rest framework, django rest, django ninja, drf",
        {"interface": "rest"},
    ),
    "starlette": ("framework", "starlette", {}),
    "litestar": ("framework", "litestar, starlite", {}),
    "aiohttp": ("framework", "aiohttp", {}),
    "tornado": ("framework", "tornado", {}),
    "sanic": ("framework", "sanic", {}),
    "falcon": ("framework", "Falcon", {}),
    "quart": ("framework", "Quart", {}),
    "bottle": ("framework", "Bottle framework, bottle py", {}),
    "pyramid": ("framework", "Pyramid", {}),
    "robyn": ("framework", "robyn", {}),
    "blacksheep": ("framework", "blacksheep", {}),
    "connexion": ("framework", "connexion", {}),
}

DATABASES: Final[dict[str, Row]] = {
    "postgresql": (
        "database",
        "postgresql, postgres, postgre, postgre sql, pg, psql, pgsql, postgresdb, postgres sql, postgresql db, supabase postgres",
        {},
    ),
    "mysql": ("database", "mysql, my sql", {}),
    "mariadb": ("database", "mariadb, maria db", {}),
    "sqlite": ("database", "sqlite, sqlite3, sql lite, sqlite 3", {}),
    "sqlserver": (
        "database",
        "sql server, ms sql, mssql, sqlserver, ms sql server, microsoft sql server",
        {},
    ),
    "oracle": ("database", "oracle, oracle db, oracle database", {}),
    "db2": ("database", "db2, ibm db2", {}),
    "mongodb": ("database", "mongodb, mongo, mongo db, mongodb atlas", {}),
    "cassandra": ("database", "cassandra, apache cassandra", {}),
    "scylladb": ("database", "scylladb, scylla, scylla db", {}),
    "dynamodb": ("database", "dynamodb, dynamo, dynamo db, aws dynamodb, amazon dynamodb", {"cloud": "aws"}),
    "cockroachdb": ("database", "cockroachdb, cockroach db, cockroach, crdb", {}),
    "yugabytedb": ("database", "yugabytedb, yugabyte, yugabyte db", {}),
    "tidb": ("database", "tidb", {}),
    "timescaledb": ("database", "timescaledb, timescale, timescale db", {}),
    "influxdb": ("database", "influxdb, influx, influx db", {}),
    "questdb": ("database", "questdb", {}),
    "clickhouse": ("database", "clickhouse, click house", {}),
    "couchdb": ("database", "couchdb, couch db", {}),
    "couchbase": ("database", "couchbase", {}),
    "firestore": ("database", "firestore, cloud firestore, firebase firestore", {"cloud": "gcp"}),
    "spanner": ("database", "Spanner, cloud spanner, google spanner", {"cloud": "gcp"}),
    "bigtable": ("database", "bigtable, big table, cloud bigtable", {"cloud": "gcp"}),
    "cosmosdb": ("database", "cosmosdb, cosmos db, Cosmos, azure cosmos db", {"cloud": "azure"}),
    "aurora": ("database", "amazon aurora, aws aurora, Aurora, aurora mysql", {"cloud": "aws"}),
    "neo4j": ("database", "neo4j", {}),
    "arangodb": ("database", "arangodb, arango", {}),
    "aerospike": ("database", "aerospike", {}),
    "rethinkdb": ("database", "rethinkdb", {}),
    "firebird": ("database", "firebird", {}),
    "duckdb": ("database", "duckdb", {}),
    "surrealdb": ("database", "surrealdb", {}),
    "edgedb": ("database", "edgedb", {}),
    "planetscale": ("database", "planetscale", {}),
    "supabase": ("database", "supabase", {}),
    "riak": ("database", "riak", {}),
    "hbase": ("database", "hbase", {}),
    "foundationdb": ("database", "foundationdb", {}),
    "eventstoredb": ("database", "eventstoredb, eventstore db, kurrentdb", {}),
    "memgraph": ("database", "memgraph", {}),
}

CACHES_AND_BROKERS: Final[dict[str, Row]] = {
    "redis": ("cache, broker, database", "redis, elasticache, redis cluster, upstash", {}),
    "valkey": ("cache, broker, database", "valkey", {}),
    "keydb": ("cache, broker, database", "keydb", {}),
    "dragonfly": ("cache, broker, database", "dragonflydb, Dragonfly, dragonfly db", {}),
    "memcached": ("cache", "memcached, memcache", {}),
    "hazelcast": ("cache", "hazelcast", {}),
    "kafka": ("broker", "kafka, apache kafka, confluent kafka, confluent cloud, msk, amazon msk", {}),
    "redpanda": ("broker", "redpanda, red panda", {}),
    "rabbitmq": ("broker", "rabbitmq, rabbit mq, rabbit, amqp", {}),
    "nats": ("broker", "nats, nats jetstream, jetstream, nats io", {}),
    "pulsar": ("broker", "pulsar, apache pulsar", {}),
    "activemq": ("broker", "activemq, active mq, apache activemq, artemis", {}),
    "ibmmq": ("broker", "ibm mq, ibmmq, websphere mq, mq series, mqseries", {}),
    "zeromq": ("broker", "zeromq, zmq, 0mq", {}),
    "sqs": ("broker", "sqs, amazon sqs, aws sqs, sns/sqs, sns", {"cloud": "aws"}),
    "kinesis": ("broker", "kinesis, aws kinesis, amazon kinesis", {"cloud": "aws"}),
    "eventbridge": ("broker", "eventbridge, event bridge", {"cloud": "aws"}),
    "pubsub": (
        "broker",
        "google pub sub, google pubsub, gcp pub sub, gcp pubsub, cloud pub sub, cloud pubsub",
        {"cloud": "gcp"},
    ),
    "servicebus": ("broker", "azure service bus, service bus, servicebus", {"cloud": "azure"}),
    "eventhubs": (
        "broker",
        "event hubs, eventhub, event hub, eventhubs, azure event hubs",
        {"cloud": "azure"},
    ),
    "mosquitto": ("broker", "mosquitto", {}),
    "emqx": ("broker", "emqx", {}),
    "hivemq": ("broker", "hivemq", {}),
}

VECTOR_STORES: Final[dict[str, Row]] = {
    "pgvector": ("vector_store", "pgvector, pg vector, pg_vector", {}),
    "qdrant": ("vector_store", "qdrant", {}),
    "weaviate": ("vector_store", "weaviate", {}),
    "milvus": ("vector_store", "milvus, zilliz", {}),
    "pinecone": ("vector_store", "pinecone", {}),
    "chroma": ("vector_store", "chromadb, Chroma, chroma db", {}),
    "faiss": ("vector_store", "faiss", {}),
    "lancedb": ("vector_store", "lancedb", {}),
    "elasticsearch": ("known, vector_store", "elasticsearch, elastic search, Elastic, elk", {}),
    "opensearch": ("known, vector_store", "opensearch, open search", {}),
}

INTERFACES: Final[dict[str, Row]] = {
    "rest": (
        "interface",
        (
            "rest, restful, rest api, rest apis, restful api, json api, http api, http json, rest interface, json over http, json http, "
            "http endpoint, http endpoints, rest endpoint, rest endpoints, rest schnittstelle, api rest, openapi, open api, http rest, web api"
        ),
        {},
    ),
    "grpc": ("interface", "grpc, g rpc, grpc web, protobuf api, protobuf over http2", {}),
    "graphql": ("known", "graphql, graph ql", {}),
    "soap": ("known", "soap", {}),
    "websocket": ("known", "websocket, websockets, web socket, web sockets", {}),
    "mqtt": ("known", "mqtt", {}),
}

AUTHENTICATION: Final[dict[str, Row]] = {
    "oidc": (
        "authentication",
        "oidc, openid connect, openid, open id connect, open id, openidconnect",
        {},
    ),
    "jwt": (
        "authentication",
        "jwt, jwts, json web token, json web tokens, jwt token, jwt tokens, jwt auth",
        {},
    ),
    "api_key": (
        "authentication",
        "api key, api keys, apikey, apikeys, api token, api tokens, x api key, api schlüssel, clave api, clave de api, claves de api, clé api, clés api, clé d'api",
        {},
    ),
    "mtls": (
        "authentication",
        (
            "mtls, m tls, mutual tls, mutual ssl, two way tls, 2 way tls, client certificate, client certificates, client certs, client cert, "
            "tls client certificates, clientzertifikate, certificats clients, certificados de cliente, x 509 certificates, x509 client certificates"
        ),
        {},
    ),
    "saml": ("known", "saml, saml2, saml 2", {}),
    "oauth2": ("known", "oauth, oauth2, oauth 2, oauth 2 0, oauth2 0", {"authentication": "oidc"}),
    "sso": ("known", "sso, single sign on, single sign-on", {"authentication": "oidc"}),
    "bearer": ("known", "bearer token, bearer tokens, bearer auth", {"authentication": "jwt"}),
    "okta": ("known", "okta", {"authentication": "oidc", "sso": "okta"}),
    "keycloak": ("known", "keycloak, key cloak", {"authentication": "oidc", "sso": "keycloak"}),
    "auth0": ("known", "auth0, auth 0", {"authentication": "oidc", "sso": "auth0"}),
    "cognito": (
        "known",
        "cognito, aws cognito, amazon cognito",
        {"authentication": "oidc", "sso": "cognito", "cloud": "aws"},
    ),
    "entra_id": (
        "known",
        "azure ad, azuread, azure active directory, entra id, microsoft entra, microsoft entra id, entra, aad, azure ad b2c",
        {"authentication": "oidc", "sso": "entra_id"},
    ),
    "google_login": (
        "known",
        "google login, google sign in, login with google, sign in with google, log in with google, google accounts, google account, google oauth, google sso",
        {"authentication": "oidc", "sso": "google"},
    ),
    "microsoft_login": (
        "known",
        "microsoft accounts, microsoft account, microsoft login, login with microsoft, sign in with microsoft",
        {"authentication": "oidc", "sso": "microsoft"},
    ),
    "authentik": ("known", "authentik", {"authentication": "oidc", "sso": "authentik"}),
    "zitadel": ("known", "zitadel", {"authentication": "oidc", "sso": "zitadel"}),
    "ory": ("known", "ory hydra, ory kratos, Ory", {"authentication": "oidc", "sso": "ory"}),
    "onelogin": ("known", "onelogin", {"authentication": "oidc", "sso": "onelogin"}),
    "ping_identity": (
        "known",
        "ping identity, pingfederate",
        {"authentication": "oidc", "sso": "ping_identity"},
    ),
    "firebase_auth": (
        "known",
        "firebase auth, firebase authentication",
        {"authentication": "oidc", "sso": "firebase"},
    ),
    "ldap": ("known", "ldap", {}),
    "active_directory": ("known", "active directory, kerberos", {}),
}

COMPLIANCE: Final[dict[str, Row]] = {
    "gdpr": (
        "compliance",
        "gdpr, dsgvo, rgpd, avg gdpr, general data protection regulation, datenschutz grundverordnung, eu gdpr, uk gdpr",
        {},
    ),
    "hipaa": ("compliance", "hipaa, hippa", {}),
    "pci_dss": ("compliance", "pci dss, pci, pcidss, pci compliance, pci compliant", {}),
    "soc2": ("compliance", "soc 2, soc2, soc 2 type ii, soc 2 type 2, soc2 type 2, soc ii, soc 2 type i", {}),
    "iso27001": ("compliance", "iso 27001, iso27001, iso iec 27001", {}),
    "ccpa": ("compliance", "ccpa, cpra", {}),
    "ferpa": ("compliance", "ferpa", {}),
    "coppa": ("compliance", "coppa", {}),
    "sox": ("compliance", "sox, sarbanes oxley", {}),
    "fedramp": ("compliance", "fedramp", {}),
    "nis2": ("compliance", "nis2, nis 2", {}),
    "dora": ("compliance", "DORA", {}),
    "lgpd": ("compliance", "lgpd", {}),
    "pipeda": ("compliance", "pipeda", {}),
    "glba": ("compliance", "glba", {}),
    "psd2": ("compliance", "psd2", {}),
    "hitrust": ("compliance", "hitrust", {}),
    "fips140": ("compliance", "fips 140, fips 140 2, fips 140 3", {}),
    "gxp": ("compliance", "gxp, 21 cfr part 11", {}),
    "tisax": ("compliance", "tisax", {}),
    "c5": ("compliance", "bsi c5", {}),
    "cjis": ("compliance", "cjis", {}),
    "eu_ai_act": ("compliance", "eu ai act, ai act", {}),
    "iso9001": ("compliance", "iso 9001, iso9001", {}),
    "iso13485": ("compliance", "iso 13485, iso13485", {}),
    "nist_800_53": ("compliance", "nist 800 53", {}),
}

TABLES: Final = (
    FRAMEWORKS,
    DATABASES,
    CACHES_AND_BROKERS,
    VECTOR_STORES,
    INTERFACES,
    AUTHENTICATION,
    COMPLIANCE,
    TARGETS,
    CLOUDS,
    KNOWN,
)
