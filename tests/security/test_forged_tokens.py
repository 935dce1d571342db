"""Two hundred tokens that were never given out, or not for this: all are refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from interview_coach.accounts import tokens
from interview_coach.kit.clock import now
from interview_coach.kit.hashing import secret_digest
from interview_coach.runtime import runtime
from interview_coach.settings import load_settings
from tests.conftest import PASSWORD, Api, make_client
from tests.support.mail import secret_in, written
from tests.support.workers import work

WANTED = 200
CLAIMS = ("iss", "aud", "typ", "sub", "sid", "iat", "exp")


def _good(api: Api) -> dict[str, Any]:
    token = api.client.headers["Authorization"].removeprefix("Bearer ")
    return jwt.decode(token, options={"verify_signature": False})


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _claims(good: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """Signed as ours, and wrong in what it says."""
    moment = int(now().timestamp())
    for claim in CLAIMS:
        left_out = {name: value for name, value in good.items() if name != claim}
        yield f"without {claim}", jwt.encode(left_out, key, "HS256")
    for minutes in (1, 16, 60, 60 * 24, 60 * 24 * 365):
        past = {**good, "exp": moment - minutes * 60}
        yield f"expired {minutes} minutes ago", jwt.encode(past, key, "HS256")
    for minutes in (5, 60, 60 * 24):
        later = {**good, "iat": moment + minutes * 60, "exp": moment + minutes * 120}
        yield f"issued in {minutes} minutes", jwt.encode(later, key, "HS256")
    wrong: dict[str, list[Any]] = {
        "aud": ["other", "", [], ["other"], "interview-coach", None, "interview-coach-api "],
        "iss": ["other", "", None, "interview-coach-api", "Interview-Coach"],
        "typ": ["refresh", "reset", "verify", "ACCESS", "", None, 1, ["access"]],
        "sid": ["", "unknown", None, 0, 1, True, [], {}, [good["sid"]], {"$ne": ""}, "' OR 1=1 --"],
        "exp": ["tomorrow", None, [], -1, 0],
        "iat": ["yesterday", []],
    }
    for claim, values in wrong.items():
        for value in values:
            yield f"{claim}={value!r}", _encoded({**good, claim: value}, key)


def _encoded(claims: dict[str, Any], key: str) -> str:
    """Signed rightly, without the checks PyJWT makes while it encodes."""
    return jwt.api_jws.encode(json.dumps(claims).encode(), key, "HS256", {"typ": "JWT"})


def _signatures(good: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """Right in what it says, and not signed by us."""
    for other in ("another key of the same length as ours", key[:-1], key + "x", key[::-1]):
        yield f"key of {len(other)} signs", jwt.encode(good, other, "HS256")
    for algorithm in ("HS384", "HS512"):
        yield algorithm, jwt.encode(good, key, algorithm)
    yield "none", jwt.encode(good, None, "none")
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for algorithm in ("RS256", "RS384", "PS256", "PS512"):
        yield algorithm, jwt.encode(good, private, algorithm)
    yield "ES256", jwt.encode(good, ec.generate_private_key(ec.SECP256R1()), "ES256")
    pem = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    unsigned = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(good)}"
    yield "a public key as secret", f"{unsigned}.{base64.urlsafe_b64encode(pem[:32]).decode()}"
    for name in ("none", "None", "NONE", "nOnE", "", "HS1", "HS256 ", "hs256", None, 1, [], {}):
        yield f"alg={name!r} unsigned", f"{_part({'alg': name, 'typ': 'JWT'})}.{_part(good)}."
    for header in ({"jku": "http://example.org/keys"}, {"kid": "../../dev/null"}, {"crit": ["x"]}):
        yield f"with {header}", jwt.encode(good, "-" * 32, "HS256", header)


def _mangled(token: str) -> Iterator[tuple[str, str]]:
    """A good token, changed on its way."""
    head, body, signature = token.split(".")
    for place in range(len(signature) - 1):
        letter = "A" if signature[place] != "A" else "B"
        changed = f"{signature[:place]}{letter}{signature[place + 1 :]}"
        yield f"signature changed at {place}", f"{head}.{body}.{changed}"
    for place in range(0, len(body), 3):
        letter = "A" if body[place] != "A" else "B"
        yield (
            f"body changed at {place}",
            f"{head}.{body[:place]}{letter}{body[place + 1 :]}.{signature}",
        )
    yield from {
        "no signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "four parts": f"{token}.{signature}",
        "five parts": f"{token}.a.b",
        "empty": "",
        "dots": "..",
        "words": "not.a.token",
        "spaces": " ",
        "long": "a" * 8000,
    }.items()


def _swapped(api: Api, mails: Path) -> Iterator[tuple[str, str]]:
    """Secrets of ours that are no access token."""
    form = {"username": api.user["email"], "password": PASSWORD}
    page = {"X-Interview-Coach": "page"}
    signed = make_client().post("/api/v1/auth/login", data=form, headers=page)
    refresh = signed.json()["refresh_token"]
    yield "a refresh token", refresh
    yield "the cookie of a page", signed.cookies["session"]
    api.post("/api/v1/auth/password/forgot", json={"email": api.user["email"]})
    work(runtime(), "light")
    for mail in written(mails):
        yield f"the secret of the mail {mail['Subject']}", secret_in(mail)
    yield "its digest, as the database keeps it", secret_digest(refresh)
    yield "the id of a session", _good(api)["sid"]
    wanted = {"name": "script", "scopes": ["read", "write"]}
    made = api.post("/api/v1/users/me/tokens", json=wanted).json()
    yield from _mangled_personal(made["token"])
    yield "the digest of a personal token", f"icp_{secret_digest(made['token'])}"
    yield "the id of a personal token", f"icp_{made['id']}"
    revoked = api.post("/api/v1/users/me/tokens", json=wanted).json()
    assert api.delete(f"/api/v1/users/me/tokens/{revoked['id']}").status_code == 204
    yield "a revoked personal token", revoked["token"]
    yield "a personal token nobody made", f"icp_{refresh}"
    yield "a personal token without secret", "icp_"
    yield "a very long personal token", f"icp_{'a' * 5000}"
    yield "our secret key", load_settings().signing_key


def _mangled_personal(token: str) -> Iterator[tuple[str, str]]:
    """A personal token that works, changed on its way."""
    for place in range(len("icp_"), len(token), 4):
        letter = "A" if token[place] != "A" else "B"
        yield (
            f"personal token changed at {place}",
            f"{token[:place]}{letter}{token[place + 1 :]}",
        )
    yield "personal token cut", token[:-1]
    yield "personal token with more", f"{token}A"
    yield "personal token without its mark", token.removeprefix("icp_")
    yield "personal token with another mark", f"ICP_{token.removeprefix('icp_')}"
    yield "personal token twice", token + token


def test_two_hundred_forged_tokens_are_refused(api: Api, tmp_path: Path) -> None:
    good, key = _good(api), runtime().settings.signing_key
    whole = tokens.make_access_token(key, good["sub"], good["sid"])
    assert api.get("/api/v1/users/me", headers=_bearer(whole)).status_code == 200
    forged = [
        *_claims(good, key),
        *_signatures(good, key),
        *_swapped(api, tmp_path),
        *_mangled(whole),
    ]
    assert len({token for _, token in forged}) >= WANTED
    api.client.headers.pop("Authorization")
    let_in = []
    for name, token in forged:
        answer = api.get("/api/v1/users/me", headers=_bearer(token))
        if answer.status_code != 401 or answer.headers["content-type"] != PROBLEM:
            let_in.append((name, answer.status_code))
    assert let_in == []


PROBLEM = "application/problem+json"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
