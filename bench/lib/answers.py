"""Checks that a contestant answers rightly; what is wrong is not timed."""

import json
import urllib.error
import urllib.request

from contestants import BULK_ROWS, token

POST_COLUMNS = {"id", "author_id", "category", "status", "title", "body", "views", "created_at"}


def faults(contestant, workload):
    """What is wrong, in words; nothing when all is right."""
    try:
        return [fault for fault in CHECKS[workload](contestant) if fault]
    except (ValueError, KeyError, TypeError, OSError) as e:
        return [f"{type(e).__name__}: {e}"]


def _point(contestant):
    status, answer = _ask(contestant, "point", post=4321)
    rows = answer if isinstance(answer, list) else [answer]
    yield _unless(status == 200 and len(rows) == 1 and set(rows[0]) == POST_COLUMNS, status, answer)
    post = rows[0]
    right = post["id"] == 4321 and post["author_id"] == 433 and post["title"] == "post-4321-title"
    yield _unless(right and post["body"] == "lorem ipsum 4321 " * 12, "another post", post)
    status, answer = _ask(contestant, "point", post=20_001)
    yield _unless(status == 404 or answer == [], "a post that is not there", answer)


def _list(contestant):
    status, answer = _ask(contestant, "list", category=21)
    published = [n for n in range(1, 20_001) if n % 100 == 21 and n % 11]
    newest = sorted(published, key=lambda n: n * 7919 % 525_600, reverse=True)[:20]
    yield _unless(status == 200 and [row["id"] for row in answer] == newest, status, answer)
    yield _unless(all(set(row) == POST_COLUMNS for row in answer), "other columns", answer)


def _insert(contestant):
    status, answer = _ask(contestant, "insert", author=77, text="checked ✓ text")
    row = answer[0] if isinstance(answer, list) else answer
    right = row["author_id"] == 77 and row["body"] == "checked ✓ text" and row["id"] and row["created_at"]
    yield _unless(status == 201 and right, status, answer)


def _own(contestant):
    status, answer = _ask(contestant, "own", token=token(7))
    right = len(answer) == 20 and all(row["title"].startswith("note-7-") for row in answer)
    yield _unless(status == 200 and right, status, answer)
    ids = [row["id"] for row in answer]
    yield _unless(ids == sorted(ids), "another order", ids)
    forged = token(7)[:-6] + "AAAAAA"
    for name, bearer in (("a forged token", forged), ("no token", "")):
        status, answer = _ask(contestant, "own", token=bearer)
        yield _unless(status in (401, 403), f"{name} got {status}", answer)


def _bulk(contestant):
    before = _messages(contestant)
    status, answer = _ask(contestant, "bulk", author=78, text="of many")
    yield _unless(status == 201, status, answer)
    written = _messages(contestant) - before
    # The row that tells the number is one as well.
    yield _unless(written == BULK_ROWS + 1, f"{written - 1} rows written")


def _messages(contestant):
    """The number that the next row gets, by writing one."""
    _, answer = _ask(contestant, "insert", author=78, text="a mark")
    return (answer[0] if isinstance(answer, list) else answer)["id"]


def _nested(contestant):
    status, answer = _ask(contestant, "nested", author=78)
    author = answer[0] if isinstance(answer, list) else answer
    yield _unless(status == 200 and author["name"] == "Author 78" and set(author) == {"id", "name", "posts"}, status, answer)
    yield _unless([post["id"] for post in author["posts"]] == list(range(771, 781)), "other posts", author)
    for post in author["posts"]:
        first = post["id"] * 3 - 2
        yield _unless([each["id"] for each in post["comments"]] == [first, first + 1, first + 2], "other comments", post)
        yield _unless(set(post["comments"][0]) == {"id", "author_name", "body"}, "other columns", post)


def _mix(contestant):
    yield from _point(contestant)
    yield from _insert(contestant)


CHECKS = {
    "point": _point,
    "list": _list,
    "insert": _insert,
    "own": _own,
    "mix": _mix,
    "bulk": _bulk,
    "nested": _nested,
}


def _unless(right, *found):
    return None if right else " ".join(str(part)[:200] for part in found)


def _ask(contestant, workload, **values):
    request = contestant.requests[workload].filled(**values)
    headers = {name: value for name, value in request.headers.items() if value != "Bearer "}
    asked = urllib.request.Request(
        contestant.base + request.path, request.body.encode() or None, headers, method=request.method
    )
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return contestant.plain(answer.status, _parsed(answer.read()))
    except urllib.error.HTTPError as e:
        return contestant.plain(e.code, _parsed(e.read()))


def _parsed(body):
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
