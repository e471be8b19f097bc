"""Ashlar and Express: how each is started, and what each workload's request looks like to it. The others are in peers.py."""

import base64
import filecmp
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from typing import Callable

from postgres import BENCH, REPOSITORY
from processes import Server

JWT_SECRET = "a secret of the benchmark alone, of more than 32 bytes"
OWNERS = 100
NODE = 24
NODE_WARM_UP = 5
# A launcher that runs other classes than those of this repository's own.
PROGRAM = os.environ.get("BENCH_ASHLAR") or os.path.join(REPOSITORY, "ashlar")


@dataclass
class Request:
    path: str
    method: str = "GET"
    body: str = ""
    headers: dict = field(default_factory=dict)

    def filled(self, **values):
        """The request with each {name} replaced."""

        def fill(text):
            return re.sub(r"\{([a-z]+)\}", lambda match: str(values[match[1]]), text)

        headers = {name: fill(value) for name, value in self.headers.items()}
        return Request(fill(self.path), self.method, fill(self.body), headers)


@dataclass
class Contestant:
    name: str
    base: str
    server: Server
    ready_after: float
    warm_up: int
    requests: dict
    database: str
    # Status and answer as the checks expect them: rows under their columns' names.
    plain: Callable = lambda status, answer: (status, answer)
    rss_at_rest: float = 0.0


JSON_BODY = {"Content-Type": "application/json"}
BEARER = {"Authorization": "Bearer {token}"}
MESSAGE = '{"author_id":{author},"body":"{text}"}'
BULK_ROWS = 1_000
BULK = "[" + ",".join([MESSAGE] * BULK_ROWS) + "]"


def ashlar(home, postgres, warm_up, name="ashlar", settings=None, port=19101):
    database = database_of(name)
    api = "/rest/v1"
    server = Server(
        [PROGRAM, "serve", "--port", str(port), "--data", os.path.join(home, name)],
        os.path.join(BENCH, "project"),
        {"DATABASE_URL": postgres.copy_seed(database), "ASHLAR_JWT_SECRET": JWT_SECRET, **(settings or {})},
        os.path.join(home, name + ".log"),
    )
    base = f"http://127.0.0.1:{port}"
    return Contestant(
        name,
        base,
        server,
        server.await_ready(base + "/readyz"),
        warm_up,
        {
            "point": Request(f"{api}/posts?id=eq.{{post}}"),
            "list": Request(
                f"{api}/posts?category=eq.{{category}}&status=eq.published&order=created_at.desc&limit=20"
            ),
            "insert": Request(
                f"{api}/messages", "POST", MESSAGE, {**JSON_BODY, "Prefer": "return=representation"}
            ),
            "own": Request(f"{api}/notes?order=id&limit=20", headers=BEARER),
            "bulk": Request(f"{api}/messages", "POST", BULK, {**JSON_BODY, "Prefer": "return=minimal"}),
            "nested": Request(
                f"{api}/authors?id=eq.{{author}}&select=id,name,posts(id,title,comments(id,author_name,body))"
                "&posts.order=id&posts.comments.order=id"
            ),
        },
        database,
    )


def express(home, postgres, warm_up):
    return express_server("express", home, postgres, warm_up, ["server.js"], 19102, {})


def express_server(name, home, postgres, warm_up, arguments, port, settings):
    folder = npm_folder("express", home, ("server.js", "cluster.js"))
    database = database_of(name)
    server = Server(
        [node(home), *arguments],
        folder,
        {
            "DATABASE_URL": postgres.copy_seed(database),
            "JWT_SECRET": JWT_SECRET,
            "NODE_ENV": "production",
            "PORT": str(port),
            **settings,
        },
        os.path.join(home, name + ".log"),
    )
    base = f"http://127.0.0.1:{port}"
    return Contestant(
        name,
        base,
        server,
        server.await_ready(base + "/readyz"),
        min(warm_up, NODE_WARM_UP),
        {
            "point": Request("/posts/{post}"),
            "list": Request("/posts?category={category}&status=published&limit=20"),
            "insert": Request("/messages", "POST", MESSAGE, JSON_BODY),
            "own": Request("/notes?limit=20", headers=BEARER),
            "bulk": Request("/messages/bulk", "POST", BULK, JSON_BODY),
            "nested": Request("/authors/{author}"),
        },
        database,
    )


def database_of(name):
    return "bench_" + name.replace("-", "_")


def npm_folder(name, home, files):
    """A copy of bench/NAME outside of the repository, with the packages that its lock file names."""
    folder = os.path.join(home, name)
    os.makedirs(folder, exist_ok=True)
    for file in ("package.json", *files):
        shutil.copy(os.path.join(BENCH, name, file), folder)
    wanted, installed = (os.path.join(where, "package-lock.json") for where in (os.path.join(BENCH, name), folder))
    if not os.path.exists(installed) or not filecmp.cmp(wanted, installed, shallow=False):
        shutil.copy(wanted, installed)
        try:
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
        except subprocess.CalledProcessError:
            os.remove(installed)
            raise
    return folder


def node(home):
    """Node.js of the compared major version, from npm where the machine has another: it matters by a factor of 2."""
    found = shutil.which("node")
    if found and subprocess.run([found, "--version"], capture_output=True, text=True).stdout.startswith(f"v{NODE}."):
        return found
    folder = os.path.join(home, "node")
    package = f"node-linux-{'arm64' if os.uname().machine == 'aarch64' else 'x64'}"
    program = os.path.join(folder, "node_modules", package, "bin", "node")
    if not os.path.exists(program):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", f"{package}@{NODE}"],
            check=True,
        )
    return program


def write_tokens(path):
    """A token for each owner of notes, a line each."""
    with open(path, "w") as file:
        for owner in range(1, OWNERS + 1):
            file.write(token(owner) + "\n")


def token(owner):
    return signed(
        {"sub": f"00000000-0000-4000-8000-{owner:012d}", "role": "authenticated", "aud": "authenticated"}
    )


def signed(claims):
    """A token that is good for a day."""
    now = int(time.time())
    signed = _part({"alg": "HS256", "typ": "JWT"}) + "." + _part({**claims, "iat": now, "exp": now + 86_400})
    return signed + "." + _encoded(hmac.new(JWT_SECRET.encode(), signed.encode(), hashlib.sha256).digest())


def _part(value):
    return _encoded(json.dumps(value).encode())


def _encoded(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
