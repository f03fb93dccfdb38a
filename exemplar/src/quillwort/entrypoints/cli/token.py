"""`token`: prints a token of the development issuer."""

import sys
from argparse import ArgumentParser, Namespace

from quillwort.adapters.identity.development import DevelopmentIssuer, scope_claim
from quillwort.entrypoints.cli.command import CommandError
from quillwort.kit.settings import Environment
from quillwort.rights import ACCESS
from quillwort.settings import Settings


class Token:
    """Signs a token with the key under .local/, which only a development process believes."""

    help = "print a token for development"

    def configure(self, parser: ArgumentParser) -> None:
        """Take what the token is to say."""
        parser.add_argument("--subject", default="developer", help="who it is for")
        parser.add_argument("--owner", help="whose rows it reaches; default: the subject's")
        parser.add_argument("--scope", action="append", help="a right; default: all everyday ones")
        parser.add_argument("--group", action="append", help="a group that they belong to")
        parser.add_argument("--seconds", type=int, default=3600, help="how long it is good for")

    def run(self, settings: Settings, arguments: Namespace) -> None:
        """Print it.

        Raises:
            CommandError: in production, or when another issuer is configured.
        """
        auth = settings.auth
        if auth.jwks_url or settings.process.environment is Environment.PRODUCTION:
            raise CommandError("tokens come from the issuer of AUTH_JWKS_URL, not from here")
        scopes = arguments.scope or [scope for access in ACCESS for scope in access.everyday]
        claims: dict[str, str | list[str]] = {
            auth.groups_claim: arguments.group or [],
            auth.owner_claim: arguments.owner or arguments.subject,
        }
        claims |= {"sub": arguments.subject, "scope": scope_claim(scopes)}
        token = DevelopmentIssuer().token(auth.issuer, auth.audience, claims, arguments.seconds)
        sys.stdout.write(f"{token}\n")
