"""The peers beside the hand-written server: each as its documentation has it, minimal, with a pool of ten connections."""

import glob
import hashlib
import json
import os
import re
import shutil
import subprocess

from contestants import (
    BEARER,
    JSON_BODY,
    JWT_SECRET,
    MESSAGE,
    NODE_WARM_UP,
    Contestant,
    Request,
    ashlar,
    database_of,
    express,
    express_server,
    node,
    npm_folder,
)
from postgres import BENCH
from processes import Server

JDK = 25
# Hibernate and Spring have far more code to compile than the others.
SPRING_WARM_UP = 2


def express_twice(home, postgres, warm_up):
    """Two workers, which share the pool of ten."""
    settings = {"WORKERS": "2", "POOL": "5"}
    return express_server("express-x2", home, postgres, warm_up, ["cluster.js"], 19104, settings)


def postgraphile(home, postgres, warm_up):
    name, port = "postgraphile", 19105
    folder = npm_folder(name, home, ("server.js",))
    database = database_of(name)
    address = postgres.copy_seed(database)
    postgres.run_file(database, os.path.join(BENCH, name, "policies.sql"))
    server = Server(
        [node(home), "server.js"],
        folder,
        {
            "DATABASE_URL": address,
            "JWT_SECRET": JWT_SECRET,
            "NODE_ENV": "production",
            "GRAPHILE_ENV": "production",
            "PORT": str(port),
        },
        os.path.join(home, name + ".log"),
    )
    base = f"http://127.0.0.1:{port}"
    ready_after = server.await_ready(base + "/readyz")
    requests = {
        "point": _query("query ($id: BigInt!) { postByRowId(rowId: $id) {" + POST + "} }", '{"id":"{post}"}'),
        "list": _query(
            'query ($category: Int!) { allPosts(first: 20, condition: {category: $category, status: "published"},'
            " orderBy: [CREATED_AT_DESC]) { nodes {" + POST + "} } }",
            '{"category":{category}}',
        ),
        "insert": _query(
            "mutation ($author: BigInt!, $text: String!) { createMessage(input: {message: {authorId: $author,"
            " body: $text}}) { message { id: rowId authorId body createdAt } } }",
            '{"author":"{author}","text":"{text}"}',
        ),
        "own": _query(
            "{ allNotes(first: 20, orderBy: [ROW_ID_ASC]) { nodes { id: rowId ownerId title body createdAt } } }",
            "{}",
            BEARER,
        ),
        "nested": _query(
            "query ($id: BigInt!) { authorByRowId(rowId: $id) { id: rowId name posts: postsByAuthorId { nodes {"
            " id: rowId title comments: commentsByPostId { nodes { id: rowId authorName body } } } } } }",
            '{"id":"{author}"}',
        ),
    }
    warm = min(warm_up, NODE_WARM_UP)
    return Contestant(name, base, server, ready_after, warm, requests, database, _from_graphql)


POST = " id: rowId authorId category status title body views createdAt "


def _query(text, variables, headers=None):
    # The braces of a query name no value: only lower-case words in braces without blanks do.
    body = '{"query":' + json.dumps(text) + ',"variables":' + variables + "}"
    return Request("/graphql", "POST", body, {**JSON_BODY, **(headers or {})})


def _from_graphql(status, answer):
    """Errors come with status 200, keys as text, rows under the name of what was asked."""
    if not isinstance(answer, dict) or "data" not in answer or answer.get("errors"):
        return (403 if status == 200 else status), answer
    ((asked, found),) = answer["data"].items()
    if asked == "createMessage":
        return 201, _snake(found["message"])
    return (404 if found is None else status), _snake(found)


def _snake(value):
    """Rows under their columns' names."""
    if isinstance(value, list):
        return [_snake(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"nodes"}:
        return _snake(value["nodes"])
    if "_embedded" in value:
        (rows,) = value["_embedded"].values()
        return _snake(rows)
    plain = {}
    for name, part in value.items():
        if name != "_links":
            number = re.fullmatch("id|.*Id", name) and isinstance(part, str) and part.isdigit()
            plain[re.sub("[A-Z]", lambda upper: "_" + upper[0].lower(), name)] = int(part) if number else _snake(part)
    return plain


def spring_data_rest(home, postgres, warm_up):
    name, port = "spring-data-rest", 19106
    java = os.path.join(jdk(), "bin", "java")
    jar = _built(name, home)
    database = database_of(name)
    postgres.copy_seed(database)
    server = Server(
        [java, "-Xmx512m", "-jar", jar],
        home,
        {"PGPORT": str(postgres.port), "PGDATABASE": database, "JWT_SECRET": JWT_SECRET, "PORT": str(port)},
        os.path.join(home, name + ".log"),
    )
    base = f"http://127.0.0.1:{port}"
    requests = {
        "point": Request("/posts/{post}"),
        "list": Request("/posts/search/newest?category={category}&status=published"),
        "insert": Request("/messages", "POST", MESSAGE, JSON_BODY),
        "own": Request("/notes/search/mine", headers=BEARER),
        "nested": Request("/authors/{author}?projection=nested"),
    }
    ready_after = server.await_ready(base + "/posts/1")
    warm = SPRING_WARM_UP * warm_up
    return Contestant(name, base, server, ready_after, warm, requests, database, lambda status, answer: (status, _snake(answer)))


def _built(name, home):
    """The jar that Maven makes of bench/NAME, outside of the repository, again only when a file has changed."""
    source, folder = os.path.join(BENCH, name), os.path.join(home, name)
    digest = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(source, "**", "*.*"), recursive=True)):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                digest.update(os.path.relpath(path, source).encode() + b"\0" + file.read())
    jar, stamp = os.path.join(folder, "target", "server.jar"), os.path.join(folder, "stamp")
    if os.path.exists(jar) and os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == digest.hexdigest():
                return jar
    if not shutil.which("mvn"):
        raise RuntimeError("it is built with Maven, and there is no mvn on the PATH")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("target"))
    done = subprocess.run(
        ["mvn", "-B", "-q", "package"], cwd=folder, env={**os.environ, "JAVA_HOME": jdk()}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError("Maven does not build it:\n" + "\n".join(done.stdout.splitlines()[-10:]))
    with open(stamp, "w") as file:
        file.write(digest.hexdigest())
    return jar


def jdk():
    """The folder of a JDK that is new enough."""
    named = [os.environ[name] for name in ("ASHLAR_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    on_path = shutil.which("java")
    if on_path:
        named.append(os.path.dirname(os.path.dirname(os.path.realpath(on_path))))
    for folder in [*named, *sorted(glob.glob("/usr/lib/jvm/*")), *sorted(glob.glob("/opt/*jdk*"))]:
        try:
            with open(os.path.join(folder, "release")) as file:
                version = re.search(r'JAVA_VERSION="(\d+)', file.read())
        except OSError:
            continue
        if version and int(version[1]) >= JDK and os.path.exists(os.path.join(folder, "bin", "javac")):
            return folder
    raise RuntimeError(f"it needs a JDK {JDK} or newer: set JAVA_HOME to its folder")


ALL = {
    "ashlar": ashlar,
    "express": express,
    "express-x2": express_twice,
    "postgraphile": postgraphile,
    "spring-data-rest": spring_data_rest,
}
