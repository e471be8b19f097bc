"""Sign-in under load: what there must be before it, and what each contestant is asked."""

import json
import os
import urllib.error
import urllib.request

from contestants import BEARER, JSON_BODY, JWT_SECRET, OWNERS, Request, ashlar, express, signed
from load import wrk

PASSWORD = "a password of the benchmark"
# Few, since each password takes a processor for some 30 ms.
CONNECTIONS = {"password": 8}
# More than there are connections, so that there is always one that nobody is using.
SESSIONS = 128
CREDENTIALS = '{"email":"owner{owner}@bench.example","password":"' + PASSWORD + '"}'
REFRESH = '{"refresh_token":"{refresh}"}'
# The limits on guessing are for one address at a time, and all of this comes from one.
PLENTY = str(100_000_000)
UNLIMITED = {
    "ASHLAR_AUTH_SIGN_INS_PER_MINUTE": PLENTY,
    "ASHLAR_AUTH_ACCOUNT_SIGN_INS_PER_MINUTE": PLENTY,
    "ASHLAR_AUTH_LIMITS_ACCOUNT_STRANGERS_PER_MINUTE": PLENTY,
    "ASHLAR_AUTH_REFRESHES_PER_MINUTE": PLENTY,
    "ASHLAR_AUTH_TOKEN_LIFETIME": "12h",
}


def remembering(home, postgres, warm_up):
    """Ashlar as it comes: a token is verified once, and remembered."""
    return _ashlar("ashlar", home, postgres, warm_up, {}, 19101)


def forgetful(home, postgres, warm_up):
    """Ashlar, which verifies a token each time it comes."""
    return _ashlar("forgetful", home, postgres, warm_up, {"ASHLAR_AUTH_TOKEN_CACHE_SIZE": "0B"}, 19103)


def _ashlar(name, home, postgres, warm_up, settings, port):
    contestant = ashlar(home, postgres, warm_up, name, {**UNLIMITED, **settings}, port)
    contestant.requests = {
        "verify": Request("/rest/v1/notes?order=id&limit=20", headers=BEARER),
        "refresh": Request("/auth/v1/token?grant_type=refresh_token", "POST", REFRESH, JSON_BODY),
        "password": Request("/auth/v1/token?grant_type=password", "POST", CREDENTIALS, JSON_BODY),
    }
    admin = {**JSON_BODY, "Authorization": "Bearer " + signed({"role": "service_role"})}
    _make_owners(contestant, Request("/auth/v1/admin/users", "POST", _ACCOUNT[:-1] + ',"email_confirm":true}', admin))
    return contestant


def express_accounts(home, postgres, warm_up):
    contestant = express(home, postgres, warm_up)
    contestant.requests = {
        "verify": Request("/notes?limit=20", headers=BEARER),
        "refresh": Request("/refresh", "POST", REFRESH, JSON_BODY),
        "password": Request("/sign-in", "POST", CREDENTIALS, JSON_BODY),
    }
    _make_owners(contestant, Request("/accounts", "POST", _ACCOUNT, JSON_BODY))
    return contestant


_ACCOUNT = CREDENTIALS[:-1] + ',"id":"{id}"}'
ALL = {"ashlar": remembering, "forgetful": forgetful, "express": express_accounts}


def _make_owners(contestant, request):
    """The accounts to whom the notes of the seed belong."""
    for owner in range(1, OWNERS + 1):
        status, answer = ask(contestant, request, owner=owner, id=f"00000000-0000-4000-8000-{owner:012d}")
        if status not in (200, 201):
            raise RuntimeError(f"{contestant.name} makes no account: {status} {answer}")


def sign_in(contestant, owner):
    status, session = ask(contestant, contestant.requests["password"], owner=owner)
    if status != 200:
        raise RuntimeError(f"{contestant.name} lets owner {owner} not in: {status} {session}")
    return session


def ask(contestant, request, **values):
    request = request.filled(**values)
    asked = urllib.request.Request(
        contestant.base + request.path, request.body.encode() or None, request.headers, method=request.method
    )
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode(errors="replace")


def faults(contestant, workload):
    """What is wrong, in words; nothing when all is right."""
    session = sign_in(contestant, 7)
    if workload == "password":
        status, _ = ask(contestant, Request(contestant.requests["password"].path, "POST", CREDENTIALS[:-2] + '!"}', JSON_BODY), owner=7)
        found = [status not in (400, 401) and f"a wrong password got {status}"]
    elif workload == "refresh":
        found = _refresh_faults(contestant, session)
    else:
        found = _verify_faults(contestant, session["access_token"])
    return [fault for fault in found if fault]


def _refresh_faults(contestant, session):
    refresh = contestant.requests["refresh"]
    status, first = ask(contestant, refresh, refresh=session["refresh_token"])
    yield status != 200 and f"a refresh got {status} {first}"
    yield first["refresh_token"] == session["refresh_token"] and "the refresh token stays the same"
    status, _ = ask(contestant, refresh, refresh="a" * 22)
    yield status not in (400, 401) and f"a made-up refresh token got {status}"
    status, notes = ask(contestant, contestant.requests["verify"], token=first["access_token"])
    yield (status != 200 or len(notes) != 20) and f"the new access token got {status}"


def _verify_faults(contestant, token):
    yield not token.startswith("eyJhbGciOiJFUzI1NiI") and "the token is not signed with ES256"
    status, notes = ask(contestant, contestant.requests["verify"], token=token)
    right = status == 200 and len(notes) == 20 and all(note["title"].startswith("note-7-") for note in notes)
    yield not right and f"got {status} {notes}"
    status, _ = ask(contestant, contestant.requests["verify"], token=token[:-6] + "AAAAAA")
    yield status not in (401, 403) and f"a forged token got {status}"


def _tokens(contestant, workload, home):
    """The file of tokens that the load begins with, one a line. Refresh tokens are good once: each round gets new ones."""
    path = os.path.join(home, f"{contestant.name}-tokens.txt")
    name = {"verify": "access_token", "refresh": "refresh_token"}.get(workload)
    with open(path, "w") as file:
        for n in range(SESSIONS if name else 0):
            file.write(sign_in(contestant, n % OWNERS + 1)[name] + "\n")
    return path


def load(contestant, workload, seconds, connections, seed, home, database_pid):
    return wrk(
        contestant,
        workload,
        seconds,
        CONNECTIONS.get(workload, connections),
        seed,
        _tokens(contestant, workload, home),
        database_pid,
        "refresh.lua" if workload == "refresh" else "load.lua",
    )
