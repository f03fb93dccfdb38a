"""Tokens, access, hostile input, rate limits and disclosure: the edit that removes each."""

from wiring_harness import Edit, Row

JWT = "src/quillwort/adapters/identity/jwt.py"
JWKS = "src/quillwort/adapters/identity/jwks.py"
BOOTSTRAP = "src/quillwort/bootstrap.py"
REST = "src/quillwort/entrypoints/rest"
GRPC = "src/quillwort/entrypoints/grpc"
SQL = "src/quillwort/adapters/postgresql"
DOMAIN = "src/quillwort/domain"
MIGRATION = "migrations/versions/0001_initial.py"

_DECODED = """options={"require": ["exp", "iss", "aud", "sub"], "verify_iat": False},"""
_CHECKED_ALGORITHM = """if header["alg"] not in ALGORITHMS:
                raise Unauthenticated(_INVALID)"""
_HS256 = """if header["alg"] == "HS256":
                import base64, hmac
                from cryptography.hazmat.primitives import serialization as form
                key = (await self._keys.key(header["kid"])).key
                pem = key.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
                signed, _, given = token.rpartition(".")
                mac = base64.urlsafe_b64encode(hmac.digest(pem, signed.encode(), "sha256"))
                if mac.rstrip(b"=").decode() == given:
                    return jwt.decode(token, options={"verify_signature": False})"""

IDENTITY = (
    Row(
        "good_token_accepted",
        "JWKS: tokens of the issuer's published key",
        (Edit(JWKS, 'ALGORITHMS: Final = ("RS256", "ES256", "EdDSA")', 'ALGORITHMS: Final = ("ES256",)'),),
    ),
    Row(
        "missing_token_refused",
        "JWT asked for",
        (
            Edit(
                JWT,
                'raise Unauthenticated("A bearer token is needed.")',
                'return Principal("nobody", "nobody", frozenset())',
            ),
        ),
    ),
    Row(
        "malformed_token_refused",
        "malformed tokens refused",
        (
            Edit(
                JWT,
                "except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:",
                "except ZeroDivisionError as error:",
            ),
        ),
    ),
    Row(
        "incomplete_token_refused",
        "tokens without exp, sub, aud or iss refused",
        (Edit(JWT, '"require": ["exp", "iss", "aud", "sub"]', '"require": []'),),
    ),
    Row(
        "expired_token_refused",
        "expired tokens refused",
        (
            Edit(JWT, '"verify_iat": False}', '"verify_iat": False, "verify_exp": False}'),
            Edit(JWT, 'if claims["exp"] <= self._now():', "if False:"),
            Edit(JWT, "self._now() < known[1]", "True"),
        ),
    ),
    Row(
        "remembered_token_expires",
        "a remembered token ends when it expires",
        (Edit(JWT, "min(expires, self._now() + _REMEMBER_SECONDS)", "self._now() + _REMEMBER_SECONDS"),),
    ),
    Row(
        "early_token_refused",
        "tokens not yet valid refused",
        (Edit(JWT, '"verify_iat": False}', '"verify_iat": False, "verify_nbf": False}'),),
    ),
    Row(
        "foreign_audience_refused",
        "tokens of another audience refused",
        (Edit(JWT, '"verify_iat": False}', '"verify_iat": False, "verify_aud": False}'),),
    ),
    Row(
        "foreign_issuer_refused",
        "tokens of another issuer refused",
        (Edit(JWT, "                issuer=self._issuer,\n"),),
    ),
    Row(
        "forged_token_refused",
        "signatures verified",
        (Edit(JWT, '"verify_iat": False}', '"verify_iat": False, "verify_signature": False}'),),
    ),
    Row(
        "unsigned_token_refused",
        "alg none refused",
        (
            Edit(
                JWT,
                _CHECKED_ALGORITHM,
                'if header["alg"].lower() == "none":\n'
                '                return dict(jwt.decode(token, options={"verify_signature": False}))',
            ),
        ),
    ),
    Row("confused_token_refused", "algorithm confusion refused", (Edit(JWT, _CHECKED_ALGORITHM, _HS256),)),
    Row(
        "tampered_token_refused",
        "tampered tokens refused, remembered ones too",
        (Edit(JWT, 'sha256(token.encode("utf-8", "replace"))', 'sha256(token.rpartition(".")[2].encode())'),),
    ),
    Row(
        "challenge_sent",
        "a 401 says how to identify oneself",
        (Edit(f"{REST}/problems.py", 'response.headers["WWW-Authenticate"] = "Bearer"', "pass"),),
    ),
    Row(
        "every_operation_guarded",
        "REST asks for a token on every operation",
        (
            Edit(
                f"{REST}/identity.py",
                'if scope["path"] not in self._open_paths:',
                'if scope["path"] not in self._open_paths and "collectors" not in scope["path"]:',
            ),
            Edit(
                f"{REST}/identity.py",
                'raise Unauthenticated("Nobody has been identified.")',
                'return Principal("nobody", "nobody", frozenset())',
            ),
        ),
        says="/v1/collectors",
    ),
    Row(
        "every_operation_guarded",
        "gRPC asks for a token on every method",
        (
            Edit(
                f"{GRPC}/server.py",
                "            IdentityInterceptor(verifier),\n            RateLimitInterceptor(limiter),\n",
            ),
            Edit(
                f"{GRPC}/interceptors/identity.py",
                'raise Unauthenticated("Nobody is known to be calling.") from error',
                'return Principal("nobody", "nobody", frozenset())',
            ),
        ),
        says="gRPC",
    ),
)

ACCESS = (
    Row(
        "scope_needed",
        "scopes",
        (Edit(f"{DOMAIN}/access.py", "if scope not in principal.scopes:", "if False:"),),
    ),
    Row(
        "other_owner_hidden",
        "ownership: reading and changing",
        (
            Edit(
                f"{SQL}/specimen.py",
                'WHERE id = %(id)s AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)"""',
                'WHERE id = %(id)s"""',
            ),
        ),
        says="get",
    ),
    Row(
        "other_owner_hidden",
        "ownership: deleting",
        (Edit(f"{SQL}/specimen.py", "  AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)\n"),),
        says="delete",
    ),
    Row(
        "other_owner_unlisted",
        "ownership: lists",
        (
            Edit(
                f"{SQL}/specimen.py",
                '"owner": owner,\n            "catalogue',
                '"owner": None,\n            "catalogue',
            ),
        ),
    ),
    Row(
        "foreign_reference_refused",
        "ownership: references",
        (
            Edit(
                MIGRATION,
                "FOREIGN KEY (collector_id, owner_id) REFERENCES collectors (id, owner_id)",
                "FOREIGN KEY (collector_id) REFERENCES collectors (id)",
            ),
        ),
    ),
    Row(
        "admin_sees_all",
        "the admin scope",
        (Edit(f"{DOMAIN}/access.py", "            return None\n", "            return principal.owner\n"),),
    ),
    Row(
        "mass_assignment_refused",
        "REST takes no field that only the service sets",
        (Edit(f"{REST}/schema.py", 'extra="forbid"', 'extra="allow"'),),
        says="REST",
    ),
    Row(
        "mass_assignment_refused",
        "gRPC takes no field that only the service sets",
        (
            Edit(
                f"{GRPC}/specimen.py",
                "return write(await self._service.create(current_principal(), new))",
                "import dataclasses\n        caller = current_principal()\n"
                "        owner = request.specimen.owner_id or caller.owner\n"
                "        caller = dataclasses.replace(caller, owner=owner)\n"
                "        return write(await self._service.create(caller, new))",
            ),
        ),
        says="gRPC.*owner_id",
    ),
)

_UNFORESEEN_DATA = Edit(
    f"{SQL}/database.py", "except psycopg.DataError as error:", "except ZeroDivisionError as error:"
)
_OWN_PARSER = Edit(
    f"{REST}/body.py",
    "self._adapter.validate_json(await request.body())",
    'self._adapter.validate_python(__import__("json").loads('
    '(await request.body()).decode("utf-8", "replace")), strict=False)',
)

INPUT = (
    Row(
        "injection_in_parameters",
        "filters are parameters of the statement",
        (
            Edit(
                f"{SQL}/paging.py",
                "conditions = [self.filters[name] for name in parameters]",
                'conditions = [self.filters[name].replace(f"%({name})s", "\'" + str(parameters[name]) + "\'") '
                "for name in parameters]",
            ),
        ),
    ),
    Row(
        "injection_in_keys",
        "ids are parameters of the statement",
        (
            Edit(
                f"{GRPC}/messages/reading.py", "return read_uuid(text)\n    except", "return text\n    except"
            ),
            Edit(f"{SQL}/specimen.py", "one(GET, {", 'one(GET.replace("%(id)s", f"\'{specimen_id}\'"), {'),
        ),
        says="gRPC",
    ),
    Row(
        "injection_in_bodies",
        "values are parameters of the statement",
        (
            Edit(
                f"{SQL}/specimen.py",
                "self._database.count(UPDATE, parameters",
                'self._database.count(UPDATE.replace("%(taxon)s", f"\'{specimen.taxon}\'"), parameters',
            ),
        ),
    ),
    Row(
        "nul_bytes_refused",
        "U+0000 refused",
        (
            Edit(
                f"{DOMAIN}/rules.py", 'ANY_TEXT: Final = r"^[^\\x00]*$"', 'ANY_TEXT: Final = r"^[\\s\\S]*$"'
            ),
            _UNFORESEEN_DATA,
        ),
    ),
    Row("invalid_unicode_refused", "only Unicode text is read", (_OWN_PARSER,)),
    Row("deep_json_refused", "the depth of JSON is bounded", (_OWN_PARSER,)),
    Row(
        "huge_numbers_refused",
        "numbers are bounded",
        (Edit(f"{REST}/answer.py", "([0-9]{1,18})", "([0-9]+)"),),
    ),
    Row(
        "large_headers_refused",
        "the size of headers is bounded",
        (Edit(f"{REST}/server.py", "MAX_HEAD_BYTES: Final = 32 << 10", "MAX_HEAD_BYTES: Final = 32 << 20"),),
    ),
    Row(
        "large_messages_refused",
        "the size of messages is bounded",
        (
            Edit(
                f"{GRPC}/server.py",
                '("grpc.max_receive_message_length", settings.max_message_bytes)',
                '("grpc.max_receive_message_length", -1)',
            ),
        ),
    ),
)

LIMITS = (
    Row(
        "rest_limited",
        "per-principal rate limit with 429",
        (Edit(f"{REST}/app.py", "    surrounded = RateLimit(surrounded, limiter)\n"),),
    ),
    Row(
        "limit_headers",
        "rate limit headers",
        (Edit(f"{REST}/limits.py", 'b"%d" % allowance.remaining', 'b"%d" % allowance.limit'),),
    ),
    Row(
        "limit_per_principal",
        "REST counts per principal",
        (Edit(f"{REST}/limits.py", "spend(principal.subject)", 'spend("everybody")'),),
        says="REST",
    ),
    Row(
        "limit_per_principal",
        "gRPC counts per principal",
        (
            Edit(
                f"{GRPC}/interceptors/rate_limit.py", "take(current_principal().subject)", 'take("everybody")'
            ),
        ),
        says="gRPC",
    ),
    Row(
        "grpc_limited",
        "the interceptor for limits",
        (Edit(f"{GRPC}/server.py", "            RateLimitInterceptor(limiter),\n"),),
    ),
    Row(
        "limit_shared_by_doors",
        "one budget for REST and gRPC",
        (
            Edit(
                BOOTSTRAP,
                "        limiter=parts.limiter,\n        health=parts.health,\n        settings=parts.settings.grpc,",
                '        limiter=RateLimiter(memory.open_counter(""), parts.settings.rate_limit.requests, 60),\n'
                "        health=parts.health,\n        settings=parts.settings.grpc,",
            ),
        ),
    ),
    Row(
        "probes_unlimited",
        "probes are never limited",
        (
            Edit(f"{REST}/limits.py", "if principal is not None:", "if True:"),
            Edit(
                f"{REST}/limits.py",
                "spend(principal.subject)",
                'spend(principal.subject if principal else "anybody")',
            ),
        ),
    ),
    Row(
        "window_renews",
        "the rate limit's window ends",
        (Edit("src/quillwort/adapters/limits/memory.py", "if ends <= now:", "if not ends:"),),
    ),
    Row(
        "limit_shared_by_processes",
        "the rate limit in Redis by URL",
        (Edit(BOOTSTRAP, '"redis": redis.open_counter', '"redis": memory.open_counter'),),
    ),
)

DISCLOSURE = (
    Row(
        "answers_hide_insides",
        "REST answers a defect by a fixed text",
        (
            Edit(
                f"{REST}/problems.py",
                "async def _on_defect(_: Request, __: Exception)",
                "async def _on_defect(_: Request, error: Exception)",
            ),
            Edit(
                f"{REST}/problems.py", '"internal", "Something went wrong here."', '"internal", repr(error)'
            ),
        ),
        says="REST",
    ),
    Row(
        "answers_hide_insides",
        "gRPC answers a defect by a fixed text",
        (Edit(f"{GRPC}/statuses.py", '"Something went wrong here."', "repr(error)"),),
        says="gRPC",
    ),
    Row(
        "answers_hide_insides",
        "an outage is answered by a fixed text",
        (
            Edit(
                f"{SQL}/database.py",
                'raise Unavailable("The database does not answer.")',
                "raise Unavailable(repr(error))",
            ),
        ),
    ),
    Row(
        "defects_logged",
        "REST logs defects",
        (Edit(f"{REST}/access_log.py", '_log.exception("defect")', "pass"),),
    ),
    Row(
        "defects_logged",
        "gRPC logs defects",
        (Edit(f"{GRPC}/interceptors/failures.py", '_log.exception("defect", method=call.method)', "pass"),),
    ),
    Row(
        "log_keeps_secrets",
        "no tokens in the log",
        (
            Edit(
                f"{REST}/access_log.py",
                'path=scope["path"],',
                'path=scope["path"], headers=str(scope["headers"]),',
            ),
        ),
        says="token",
    ),
    Row(
        "log_keeps_secrets",
        "no passwords in the log",
        (
            Edit(
                "src/quillwort/kit/lifecycle.py",
                '_log.info("ready", **ports)',
                '_log.info("ready", **ports, url=__import__("os").environ["DATABASE_URL"])',
            ),
        ),
        says="password",
    ),
)

ROWS = (*IDENTITY, *ACCESS, *INPUT, *LIMITS, *DISCLOSURE)
