-- The content of the Interview Trainer: eight categories and sixty questions.
-- Each question has a short answer to say aloud and a full one to study.
-- Bodies are dollar-quoted, so quotation marks and backslashes in them are literal.

insert into public.categories (id, slug, name, description, position) values
  (1, 'foundations',        'Foundations',                 'What a backend is, what runs it and what it is built with', 1),
  (2, 'http-apis',          'HTTP and APIs',               'The protocol, REST and SOAP, formats, limits, versions and tests', 2),
  (3, 'auth-sessions',      'Authentication and sessions', 'Who is calling, what they may do, and how a server remembers them', 3),
  (4, 'databases',          'Databases',                   'Models, keys, indexes, queries, copies and recovery', 4),
  (5, 'architecture-scale', 'Architecture and scale',      'Splitting, balancing, caching and making systems fast', 5),
  (6, 'security',           'Security',                    'Encryption, hashing, injection, scripting and defence in depth', 6),
  (7, 'practice',           'Practice',                    'Building, connecting, configuring and deploying a backend', 7),
  (8, 'interview',          'The interview itself',        'Questions about you, your work and your reasons', 8);

insert into public.questions
  (number, category_id, difficulty, tags, question, answer, answer_full)
values

-- Foundations, HTTP, sign-in, databases: the basics -------------------------

(1, 1, 1, array['backend', 'basics', 'client-server'],
$q$What is Backend Development?$q$,
$q$Backend development is building the part of an application that runs on servers: the APIs, business rules, data storage and access control behind the user interface. It is the part you control, so it is where correctness and permissions are enforced.$q$,
$q$A backend is everything a client reaches over the network but does not run itself: the API, the business rules, the database, background jobs and the connections to mail, payment or other systems.

The decisive idea is the **trust boundary**. Code in a browser or phone app can be read and changed by its user, and requests can be forged without any app at all. So every rule that matters is enforced on the server, even if the frontend checks it too for comfort.

One request usually passes these steps:

1. Accept the connection, parse the HTTP request, apply limits.
2. **Authenticate** the caller and **authorize** the action.
3. Validate the input.
4. Apply the business rule, often inside a database transaction.
5. Return a response; log and measure what happened.

Work that may take long or be repeated (mail, video, reports) goes to a queue, so that the response does not wait for it.

Typical concerns are data integrity, concurrency, latency, failure handling, security and operations. A backend is judged less by the happy path than by what happens when two requests collide or a dependency is down.

**Common follow-up:** *"The frontend hides the delete button from ordinary users. Is that enough?"* No. Anyone can send `DELETE /posts/42` with `curl`; the server must refuse it with `403`, or `404` if it should not even reveal that the post exists.$q$),

(2, 1, 1, array['role', 'basics', 'operations'],
$q$What does a backend developer do?$q$,
$q$A backend developer designs and builds APIs, data models and business logic, and keeps them correct, secure, fast and observable in production. Besides coding that means testing, deployment, monitoring, and agreeing on contracts with frontend, product and operations.$q$,
$q$The work falls into a few areas:

- **Contracts:** designing APIs and events that other teams can rely on, and changing them without breaking anyone.
- **Data:** modelling tables or documents, writing migrations, choosing indexes, deciding what must be transactional.
- **Logic:** turning product rules into code, including the awkward cases: retries, duplicates, partial failure, time zones, money.
- **Security:** sign-in, permissions, input validation, secrets, dependency updates.
- **Quality:** unit and integration tests, code review, documentation.
- **Operations:** logs, metrics, traces, alerts, incident response, backups and capacity.

A concrete week: add `POST /orders`, write the migration, make the endpoint idempotent so that a client retry does not order twice, load-test it, release it behind a feature flag, then watch error rate and 99th-percentile latency.

```sql
-- A retry with the same key finds the first order instead of creating a second.
insert into orders (customer_id, idempotency_key, total_cents)
values ($1, $2, $3)
on conflict (customer_id, idempotency_key) do nothing
returning id;
```

If nothing comes back, the row existed already: read it and answer as the first time.

**Common mistake in the answer:** listing only languages and frameworks. Interviewers listen for responsibility: who notices when it breaks at night, and how would you find out why?

**Follow-up:** *"How do you know that your service is healthy?"* Name the signals: request rate, errors, latency percentiles and saturation, with alerts on what users feel.$q$),

(3, 1, 1, array['languages', 'stack', 'basics'],
$q$What are backend technologies?$q$,
$q$Languages and runtimes such as Java, Python, Go, C#, JavaScript on Node.js, PHP, Ruby and Rust, plus frameworks, databases, caches, message brokers and the platform that runs them. You choose by team skill, ecosystem, workload and operating cost rather than by fashion.$q$,
$q$A backend is a stack, and the language is only one layer of it:

- **Languages and runtimes:** Java or Kotlin on the JVM, Go, Python, C# on .NET, JavaScript or TypeScript on Node.js, PHP, Ruby, Rust. (Node.js is a runtime, not a language.)
- **Frameworks:** Spring Boot, Quarkus, Django, FastAPI, ASP.NET Core, Express, Fastify, NestJS, Laravel, Rails.
- **Data:** PostgreSQL, MySQL, MongoDB, Redis or Valkey, Elasticsearch or OpenSearch, object storage.
- **Messaging:** Kafka, RabbitMQ, NATS.
- **Platform:** Linux, containers, Kubernetes or a managed platform, CI/CD, OpenTelemetry for traces and metrics.

How to compare runtimes without slogans:

| Runtime | Concurrency model | Often chosen for |
|---|---|---|
| Java | threads, incl. virtual threads since JDK 21 | large services, throughput, tooling |
| Go | goroutines | network services, small static binaries |
| Node.js | one event loop, async I/O | I/O-bound APIs, sharing types with the frontend |
| Python | threads, processes or asyncio | data and ML work, fast development |

For CPU-bound work, plain Node.js needs worker threads, and CPython's default build lets only one thread at a time run Python code (the GIL; a free-threaded build exists).

**Common mistake:** claiming that one language "is faster" in general. In most business systems the database and the network dominate; measure before choosing on speed.

**Follow-up:** *"Which would you choose for a new service here?"* Start from the team and the existing estate, and justify any new technology by a need.$q$),

(4, 1, 1, array['server', 'network', 'basics'],
$q$What is a server?$q$,
$q$A server is a program that waits for requests over a network and answers them; the word is also used for the machine it runs on. For example, nginx or a Java process listens on a TCP port, accepts connections from clients and returns responses.$q$,
$q$"Server" has two meanings, and it helps to separate them:

- **Software:** a process that listens on an address and port and speaks a protocol, such as a web server, a database server or a mail server.
- **Hardware:** the physical or virtual machine on which such processes run. One machine may run many servers.

The role is relative: your API server is a *client* of the database server.

At the operating-system level a TCP server does `socket`, `bind`, `listen` and then `accept` for each connection. How it handles many connections at once is the main design difference:

- **Thread per connection or request:** simple blocking code; with cheap threads (Java virtual threads, goroutines) it scales to very many connections.
- **Event loop:** few threads, non-blocking I/O via `epoll` or `kqueue` (nginx, Node.js, Netty). A blocking call on the loop stalls everyone on it.
- **Process per worker:** isolation at the price of memory (PHP-FPM, Gunicorn, PostgreSQL backends).

A minimal exchange:

```http
GET /health HTTP/1.1
Host: api.example.com

HTTP/1.1 200 OK
Content-Type: application/json
Content-Length: 15

{"status":"ok"}
```

**Follow-up:** *"Does serverless mean there is no server?"* No. The provider runs and scales the servers; you deploy functions or containers and pay per use, accepting cold starts and execution limits.

**Common mistake:** keeping user state in the memory of one process. It is lost on restart and invisible to other instances.$q$),

(5, 2, 1, array['api', 'contract', 'basics'],
$q$What is API?$q$,
$q$An API (application programming interface) is a contract through which one piece of software uses another: which operations exist, what goes in, what comes out and which errors can occur. Web APIs over HTTP are one kind; libraries and operating systems have APIs too.$q$,
$q$An API hides *how* something is done and promises *what* can be asked. It is not limited to frontend and backend: `java.util.List`, the POSIX system calls, a JDBC driver and a payment provider's HTTP endpoints are all APIs. In backend interviews the word usually means a **web API**.

A usable contract states:

- operations and their addresses,
- input and output types, required fields, limits,
- authentication and permissions,
- errors, with codes that a program can test,
- guarantees: idempotency, ordering, rate limits, compatibility.

Common styles:

| Style | Fits | Price |
|---|---|---|
| REST over HTTP | resources, caching, public APIs | several calls for nested data unless embedding exists |
| GraphQL | clients that choose the shape of data | harder caching, query cost must be limited |
| gRPC | calls between services, streaming | browsers need gRPC-Web |
| Webhooks, events | telling others that something happened | delivery, order and signature checks are your job |

Contracts are best written down in machine-readable form (OpenAPI, a GraphQL schema, `.proto` files), because documentation, clients and tests can then be generated from them.

An example with its error as part of the contract:

```http
POST /orders HTTP/1.1
Host: api.example.com
Content-Type: application/json

{"sku":"A-1","quantity":0}

HTTP/1.1 422 Unprocessable Content
Content-Type: application/problem+json

{"type":"https://example.com/problems/invalid-quantity","title":"Invalid quantity","status":422,"detail":"quantity must be at least 1"}
```

**Common mistake:** exposing database tables or internal class names by accident, so that every refactoring breaks clients. Exposing a schema is fine when it is a deliberate, stable one.$q$),

(6, 2, 1, array['rest', 'http', 'api'],
$q$What is REST API?$q$,
$q$A REST API models data as resources with URLs and works on representations of them, usually JSON, through HTTP methods with their standard meaning: GET reads, POST creates or processes, PUT replaces, PATCH changes a part, DELETE removes. Requests are stateless and status codes carry the outcome.$q$,
$q$Using HTTP methods alone does not make an API RESTful. What counts is that **resources** are identified by URLs, methods keep the semantics HTTP defines for them, each request carries all that is needed to understand it (**stateless**), and responses say whether they may be cached.

| Method | Use | Safe | Idempotent |
|---|---|---|---|
| GET | read | yes | yes |
| PUT | create or replace at a known URL | no | yes |
| DELETE | remove | no | yes |
| PATCH | change a part | no | not guaranteed |
| POST | create under a collection, or any other action | no | no |

*Safe* means that the client asks for no change of state; *idempotent* means that repeating the request has the same intended effect as sending it once, so a client may retry after a timeout.

```http
POST /books HTTP/1.1
Host: api.example.com
Content-Type: application/json

{"title":"Dune"}

HTTP/1.1 201 Created
Location: /books/17
```

Lists need filtering, ordering and pagination. PostgREST's grammar puts them in the query string, and Ashlar speaks the same one:

```http
GET /books?select=id,title&year=gte.1960&order=title.asc&limit=20 HTTP/1.1
Host: api.example.com
```

**Common mistakes:** verbs in URLs (`/getBooks`), `200 OK` with an error in the body, changing data on `GET`, and calling `PUT` with a partial body, which should remove the missing fields.

**Follow-up:** *"PUT or PATCH?"* PUT replaces the whole representation; PATCH applies a described change, for example JSON Merge Patch.$q$),

(7, 2, 1, array['json', 'formats', 'api'],
$q$What is JSON?$q$,
$q$JSON (JavaScript Object Notation, RFC 8259) is a text format for structured data: objects, arrays, strings, numbers, true, false and null. It is language-independent and human-readable, which made it the usual body format of web APIs.$q$,
$q$JSON has exactly four primitive types (string, number, boolean, null) and two structures: **objects** (string keys to values) and **arrays**. Exchanged between systems it must be UTF-8; its media type is `application/json`.

```json
{
  "id": "9007199254740993",
  "name": "Ada",
  "tags": ["admin", "beta"],
  "joined": "2026-03-01T09:30:00Z",
  "manager": null
}
```

What it does *not* have matters in practice:

- **No comments**, trailing commas, `NaN` or `undefined`.
- **No date type.** Send ISO 8601 / RFC 3339 strings with an offset.
- **One number type.** The grammar sets no limit, but JavaScript parses numbers as 64-bit floats, exact for integers only up to 2^53 - 1. Send larger ids as strings, and money as integer minor units or decimal strings.
- **No binary.** Base64 adds about a third; better give a URL.
- **Missing and null differ.** In a partial update, "absent" usually means *leave it* and `null` means *clear it*.

Validate input against a schema (JSON Schema, or typed binding with checks) and limit its size and nesting depth, because a deep document can exhaust a parser's stack.

JSON and a JavaScript object are not the same: JSON is text, produced by `JSON.stringify` and read by `JSON.parse`. Never use `eval` for it.

**Follow-up:** *"When would you not use JSON?"* For compact, typed, high-volume traffic between services (Protocol Buffers, Avro), for large tables (Parquet, CSV), or for streaming many records, where newline-delimited JSON is the simple variant.$q$),

(8, 2, 1, array['http', 'protocol', 'network'],
$q$What is HTTP?$q$,
$q$HTTP is the stateless request-response protocol of the web: a client sends a method, target, headers and perhaps a body, and the server answers with a status code, headers and perhaps a body. Its semantics are the same in HTTP/1.1, HTTP/2 and HTTP/3; only the way messages are carried differs.$q$,
$q$HTTP is an application-layer protocol between any client and server, not only browsers. **Stateless** means that the protocol relates no request to an earlier one; sessions are built on top with cookies or tokens.

```http
GET /articles/7 HTTP/1.1
Host: example.com
Accept: application/json
If-None-Match: "v3"

HTTP/1.1 304 Not Modified
ETag: "v3"
```

Here the client already holds version `v3` and the server saves sending it again.

Status classes: `1xx` interim, `2xx` success, `3xx` redirection, `4xx` the request is at fault, `5xx` the server failed. The distinction drives retries: a `503` may be retried after a pause, a `400` will fail again.

| Version | Transport | What it brings |
|---|---|---|
| HTTP/1.1 | TCP | text, persistent connections, in practice one request at a time on each |
| HTTP/2 | TCP | binary frames, many parallel streams, header compression |
| HTTP/3 | QUIC over UDP | streams without TCP's head-of-line blocking, faster setup, TLS 1.3 built in |

HTTP/2 multiplexes, but a lost TCP segment still stalls every stream on the connection; QUIC recovers loss per stream.

**Common mistakes:** confusing `401` (not authenticated) with `403` (authenticated, not allowed); retrying a `POST` blindly; putting secrets in URLs, which end up in logs and browser history.

**Follow-up:** *"What happens after you type a URL and press Enter?"* DNS lookup, TCP or QUIC connection, TLS handshake, request, server processing, response, rendering and further requests, with a cache possible at nearly each step.$q$),

(9, 2, 1, array['http', 'tls', 'security'],
$q$Difference between HTTP and HTTPS?$q$,
$q$HTTPS is HTTP carried over TLS. TLS encrypts the traffic, detects tampering and authenticates the server by its certificate, whereas plain HTTP can be read and altered by anyone on the path. The default ports are 80 and 443.$q$,
$q$The messages are the same; HTTPS wraps them in **TLS**. People still say "SSL", but SSL 2 and 3 are broken and prohibited, and TLS 1.0 and 1.1 are deprecated as well. Current practice is TLS 1.3, with 1.2 as the minimum.

TLS gives three things, of which encryption is only the first:

- **Confidentiality:** others on the path cannot read the content.
- **Integrity:** changes are detected.
- **Authentication of the server:** a certificate issued by a trusted authority binds its public key to the host name.

The TLS 1.3 handshake, simplified:

1. The client sends supported ciphers and an ephemeral key share.
2. The server answers with its key share, certificate and a signature over the handshake.
3. Both derive the same symmetric keys; data follows after one round trip.

Asymmetric cryptography is used for authentication and key agreement; the data itself is encrypted symmetrically (AES-GCM or ChaCha20-Poly1305). The ephemeral exchange gives **forward secrecy**: a certificate key stolen later does not decrypt recorded traffic.

What stays visible: IP addresses, sizes and timing, and usually the host name (in SNI, unless Encrypted Client Hello is used). Path, headers and body are hidden.

Besides a redirect from port 80, send HSTS over HTTPS, so that browsers stop trying plain HTTP for that time:

```http
Strict-Transport-Security: max-age=31536000; includeSubDomains
```

**Common mistake:** "HTTPS makes the site secure." It protects the transport only; injection or broken permissions work just as well over TLS.

**Follow-up:** *"Where does TLS end?"* Often at a load balancer. Then decide whether the inner hop must be encrypted too.$q$),

(10, 3, 1, array['authentication', 'passwords', 'mfa'],
$q$What is authentication?$q$,
$q$Authentication establishes who the caller is, by something they know, have or are: a password, a passkey or hardware key, a code from an app. Its result is an identity that later requests prove with a session cookie or token.$q$,
$q$Authentication answers *who are you?* and comes before authorization (*may you do this?*). It has two moments: **sign-in**, where evidence is checked, and **every later request**, where a session cookie or token stands for that sign-in.

Kinds of evidence:

- **Passwords**, stored as slow, salted hashes. Ashlar uses Argon2id.
- **Passkeys (WebAuthn):** a key pair per site; the private key never reaches the server, and because the browser binds it to the site's domain it resists phishing.
- **One-time codes:** from an app (TOTP); by SMS they are weaker, since numbers can be hijacked.
- **Federated sign-in:** OpenID Connect with an identity provider. (OAuth 2.0 alone is *delegated authorization*; OIDC adds the identity.)
- **Machines:** API keys, mutual TLS, signed tokens.

Combining different kinds is **multi-factor authentication**; two passwords are still one factor.

A password sign-in done properly:

1. Limit attempts by account and by address.
2. Look up the account; if there is none, verify against a dummy hash so that timing tells nothing.
3. Compare with the slow hash.
4. Ask for the second factor if one is enrolled.
5. Create a *new* session, so that an id planted before sign-in is worthless (session fixation).

A request without valid credentials is answered with

```http
HTTP/1.1 401 Unauthorized
WWW-Authenticate: Bearer
```

whose name is historical: `401` means *not authenticated*.

**Common mistake:** different messages for "unknown e-mail" and "wrong password", which let anybody list your users.

**Follow-up:** *"How do you design a password reset?"* Single-use, short-lived, random token, stored hashed; the same answer whether or not the address exists; end the existing sessions afterwards.$q$),

(11, 3, 2, array['authorization', 'rbac', 'row-level-security'],
$q$What is authorization?$q$,
$q$Authorization decides what an already identified caller may do: which actions, on which records, under which conditions. It must be checked on the server at every request, deny by default, and look at the concrete object and not only at the route.$q$,
$q$Authorization takes an identity, an action and a resource and answers yes or no. Common models:

- **RBAC:** permissions belong to roles, users hold roles. Easy to audit, coarse.
- **ABAC:** rules over attributes, such as "same department and office hours".
- **ReBAC:** rights follow relations ("editor of the folder that contains the document").
- **ACL:** a list of grants on each object.

The most frequent real-world failure is a missing **object-level** check, also called IDOR or BOLA: the route demands a signed-in user, but `GET /invoices/1002` returns somebody else's invoice. Broken access control leads the OWASP Top 10.

One remedy is to let the database decide, so that a forgotten `where` cannot leak rows:

```sql
alter table invoices enable row level security;

create policy own_invoices on invoices
  for select to authenticated
  using (owner_id = (select auth.uid()));
```

Ashlar works this way: each request runs under the caller's database role, and a table is closed until a policy opens it. The sub-select lets PostgreSQL evaluate the function once per statement and not once per row.

Answer `403 Forbidden` for a known caller without the right, or `404` when even the existence is confidential.

**Trade-off:** permissions inside a token are fast to check but stale until it expires; a lookup for each request is current but costs a query or a cache.

**Common mistakes:** trusting a `role` field from the request body; checking in the user interface only; allowing by default.

**Follow-up:** *"How would you test it?"* A table of role, action and expected result, run for every endpoint, including a second user's objects.$q$),

(12, 3, 2, array['jwt', 'tokens', 'authentication'],
$q$What is JWT?$q$,
$q$A JSON Web Token is a compact, URL-safe set of claims that is usually signed: header, payload and signature in Base64URL. The signature proves who issued it and that it is unchanged; it does not hide the content. A server can verify it without a lookup, which also makes early revocation hard.$q$,
$q$A JWT is a *token format* (RFC 7519), not an authentication method by itself. A signed one has three parts, `header.payload.signature`; decoded:

```json
{"alg":"ES256","kid":"2026-03","typ":"JWT"}
{"iss":"https://auth.example.com","sub":"u_42","aud":"api","exp":1830000000}
```

The payload is only **Base64URL-encoded**: anyone holding the token can read it. Encryption is a separate format (JWE).

The verifier must

1. accept only the algorithms it expects (never `none`, and never take a public key as an HMAC secret),
2. find the key by `kid` among *trusted* keys and check the signature,
3. check `exp`, `nbf`, `iss` and `aud`.

HS256 uses one shared secret, so whoever verifies could also issue. ES256, EdDSA or RS256 separate the private signing key from public verification keys, published as a JWKS.

**Trade-off:** no session lookup at each request, good between services; but a stolen or outdated token works until `exp`. The usual answer is a short-lived access token (minutes) plus a long-lived **refresh token** that is stored server-side, replaced at every use, and whose reuse revokes the whole family. Ashlar's sign-in works this way: JWTs with refresh rotation.

In a browser, a token in `localStorage` can be read by any script on the page (XSS); in an `HttpOnly` cookie it cannot, but then you need protection against CSRF.

**Common mistakes:** secrets in the payload, weak HMAC secrets, decoding without verifying.

**Follow-up:** *"How do you log a user out?"* Revoke the refresh token and let the access token run out, or keep a deny-list by `jti`, or check the session id.$q$),

(13, 3, 1, array['session', 'state', 'authentication'],
$q$What is session?$q$,
$q$A session ties a series of requests to one visitor, because HTTP itself is stateless. Typically the server keeps the session's data under a long random identifier and the browser sends that identifier in a cookie; signing out deletes the server's record.$q$,
$q$A session is *state about a conversation*: who is signed in, since when, with which second factor. It need not wait for a login (an anonymous shopping cart is a session too) and it need not sit in memory.

The usual flow:

1. Sign-in succeeds; the server makes an identifier from a secure random generator (at least 128 bits).
2. It stores a record under it, ideally under a *hash* of the identifier, with user, creation time and expiry.
3. It sends the identifier as a cookie.
4. Each request looks the record up; sign-out deletes it.

```http
Set-Cookie: __Host-sid=Vt3fZ0c9...; Path=/; Secure; HttpOnly; SameSite=Lax
```

Where the records live:

| Store | For | Against |
|---|---|---|
| process memory | simplest | lost at restart, needs sticky routing |
| Redis or Valkey | fast, expiry built in | one more service; decide on durability |
| database table | durable, queryable ("sign out everywhere") | a lookup per request; caching it delays revocation |
| signed or encrypted cookie | no store | about 4 KB, hard to revoke |

Server-side sessions give **immediate revocation**, which is their main advantage over self-contained tokens.

Set both an **idle** timeout and an **absolute** lifetime, and create a new identifier at sign-in and at any gain of privilege (against session fixation).

**Common mistake:** storing whole objects (user, roles, cart) in the session and then working with stale copies. Store the key and load what is current.

**Follow-up:** *"Two instances behind a load balancer: what breaks?"* Sessions in memory. Use a shared store, so that any instance can serve any request.$q$),

(14, 3, 1, array['cookie', 'browser', 'http'],
$q$What is cookie?$q$,
$q$A cookie is a small name-value pair that a server sets with the Set-Cookie header and the browser sends back on matching requests. It often carries just a session identifier; the attributes Secure, HttpOnly, SameSite, Path, Domain and Max-Age control where it is sent and who may read it.$q$,
$q$Cookies are HTTP's mechanism for carrying state. The server sets one, the browser stores it and attaches it to later matching requests without the page doing anything:

```http
HTTP/1.1 200 OK
Set-Cookie: __Host-sid=8f2c...; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400

GET /profile HTTP/1.1
Host: app.example.com
Cookie: __Host-sid=8f2c...
```

The attributes are what interviewers ask about:

- `Secure`: sent over HTTPS only.
- `HttpOnly`: invisible to JavaScript, so an XSS bug cannot *read* it (it can still make requests with it).
- `SameSite`: of the cross-site requests, `Strict` allows none, `Lax` only top-level navigation with safe methods, `None` all (needs `Secure`; browsers increasingly block third-party cookies anyway). It limits CSRF.
- `Max-Age` or `Expires`: without them it is a *session cookie*, dropped when the browser session ends (though browsers that restore tabs may keep it).
- `Domain`: absent means this host only; set, it includes all subdomains.
- The `__Host-` name prefix: the browser insists on `Secure`, `Path=/` and no `Domain`.

Limits: about 4 KB each and a restricted number per site; they travel with *every* matching request, so keep them small.

Cookies are not the only browser storage: `localStorage` and IndexedDB hold more, are readable by any script of the origin, and are never sent automatically.

**Common mistake:** storing user data or a role in a plain cookie. The user can edit it; sign it, or keep only a random identifier.

**Follow-up:** *"What is CSRF?"* Another site makes the browser send a request with your cookie. Defend with `SameSite`, anti-CSRF tokens and a check of the `Origin` header.$q$),

(15, 3, 2, array['session', 'cookie', 'csrf'],
$q$Difference between session and cookie?$q$,
$q$They are different layers, not alternatives: a cookie is a transport and storage mechanism in the browser, a session is state about a user's visit. A session's identifier usually travels in a cookie, so the session is only as safe as that cookie.$q$,
$q$The common answer "sessions are on the server and more secure, cookies are in the browser and less secure" compares two things that normally work *together*. Whoever steals the session cookie **is** the user, wherever the data lies.

| Aspect | Session | Cookie |
|---|---|---|
| What it is | state of a visit | header and browser storage mechanism |
| Where | usually a server-side store | browser, sent with requests |
| Size | whatever the store allows | about 4 KB |
| User can change it | no | yes, unless signed or encrypted |
| Revocation | delete the record | only at next contact, or by expiry |

The comparison that makes sense is **server-side session** against **client-side session**, where all the state sits in a signed or encrypted cookie or a JWT:

- Server-side: small cookie, instant revocation, one lookup per request.
- Client-side: no store and easy scaling; but limited size, revocation only by expiry or deny-list, and stale contents.

Both need the same protection of the cookie:

```http
Set-Cookie: __Host-sid=...; Path=/; Secure; HttpOnly; SameSite=Lax
```

And sessions can exist without cookies: a mobile app may send `Authorization: Bearer <opaque id>`. That header is not attached automatically by browsers, so such an API is not open to classic CSRF.

**Common mistake:** session ids in URLs (`?sid=...`). They leak through logs, history, shared links and possibly the `Referer` header.

**Follow-up:** *"Is a JWT in a cookie a session?"* In effect yes: it is a client-side session, and all of the cookie rules still apply.$q$),

(16, 4, 1, array['database', 'transactions', 'acid'],
$q$What is database?$q$,
$q$A database is an organized collection of data; a database management system such as PostgreSQL stores it durably and lets many clients query and change it safely at once. Transactions, constraints, indexes and recovery are what distinguish it from a pile of files.$q$,
$q$Strictly, the *database* is the data and the **DBMS** (PostgreSQL, MySQL, MongoDB, SQLite) is the software that manages it; in everyday speech both are called database.

What it gives beyond files:

- **A data model and a query language**, so you say what you want and the planner finds how.
- **Constraints** that keep data valid whatever code writes it.
- **Concurrency control** for many readers and writers.
- **Durability** after a crash, by a write-ahead log.
- **Indexes, access control, backup and replication.**

Relational systems describe transactions with **ACID**: *atomicity* (all or nothing), *consistency* (declared rules hold at commit), *isolation* (concurrent transactions interfere only as far as the isolation level allows), *durability* (committed data survives a crash).

```sql
begin;
update accounts set balance = balance - 100 where id = 1 and balance >= 100;
-- the program checks that exactly one row changed, else it rolls back
update accounts set balance = balance + 100 where id = 2;
commit;
```

Without the transaction, a crash between the two statements would destroy 100 units of money.

**A point many miss:** isolation is not absolute by default. PostgreSQL starts in *read committed*, where read-then-write in application code can lose updates; use a single atomic statement, `select ... for update`, or `serializable` with retries.

A database may be a server (PostgreSQL), a library in your process (SQLite) or a managed service. Ashlar carries PostgreSQL inside, so one command starts both.

**Follow-up:** *"Why not just files?"* Concurrent writes, partial failures and searching are exactly the problems you would have to solve again.$q$),

(17, 4, 1, array['database', 'sql', 'nosql'],
$q$Types of databases?$q$,
$q$Relational (PostgreSQL, MySQL) and the families grouped as NoSQL: document (MongoDB), key-value (Redis, DynamoDB), wide-column (Cassandra) and graph (Neo4j). Besides these there are time-series, search, analytical and vector stores. You choose by data shape, access pattern and consistency needs.$q$,
$q$"SQL and NoSQL" is a coarse split; NoSQL is several unrelated models.

| Family | Examples | Good at |
|---|---|---|
| Relational | PostgreSQL, MySQL, SQLite | related data, constraints, ad-hoc queries, transactions |
| Document | MongoDB, Couchbase | aggregates read and written as a whole |
| Key-value | Redis, Valkey, DynamoDB | lookup by key, caches, sessions |
| Wide-column | Cassandra, ScyllaDB | very high write rates with known queries |
| Graph | Neo4j, Neptune | many-step relations |
| Time-series | TimescaleDB, InfluxDB | metrics, retention, windows |
| Search | Elasticsearch, OpenSearch | full text, ranking |
| Analytical (columnar) | ClickHouse, BigQuery, DuckDB | scans and aggregates over billions of rows |
| Vector | pgvector, Milvus | nearest neighbours of embeddings |

Another axis is **OLTP** (many small transactions) against **OLAP** (few large scans); rows suit the first, columns the second. There is also distributed SQL (CockroachDB, Spanner, YugabyteDB): relational with consensus replication, at the price of higher write latency.

The lines blur: PostgreSQL stores and indexes documents as `jsonb`, does full-text search, and takes vectors with an extension.

```sql
select id, data->>'name'
from products
where data @> '{"color": "red"}';   -- served by a GIN index on data
```

A sensible default is one relational database until a *measured* need calls for a specialist. Each additional store must be operated, backed up and kept consistent with the others.

**Common mistake:** choosing NoSQL "because it scales" without knowing the access patterns. DynamoDB and Cassandra need the queries to be designed first.

**Follow-up:** *"Where would you put a shopping cart?"* Argue from durability, size and access, not from taste.$q$),

(18, 4, 2, array['sql', 'nosql', 'modelling'],
$q$Difference between SQL and NoSQL?$q$,
$q$SQL databases store rows in tables with a declared schema, joins, constraints and ACID transactions. NoSQL covers document, key-value, wide-column and graph models, which usually have flexible schemas and are designed to partition around known access patterns. Many products now combine both.$q$,
$q$The slogan "SQL is structured, NoSQL is unstructured" is wrong: a MongoDB document is quite structured. The difference is **where the schema lives**. Relational systems enforce it on write; document systems leave much of it to the application, which then has to cope with every shape ever written (though MongoDB can enforce JSON Schema validation).

| Aspect | Relational | Typical NoSQL |
|---|---|---|
| Model | tables, rows, relations | documents, keys, columns, graph |
| Schema | declared, migrated | flexible, often implicit |
| Relations | joins, foreign keys | embedding, or joins in the application |
| Query | SQL, ad hoc | by product, best along planned paths |
| Transactions | multi-row ACID | often per item; multi-document in MongoDB |
| Scaling | up, read replicas, sharding by extension or distributed SQL | partitioning usually built in |

The same order in both:

```sql
select o.id, sum(i.qty * i.price) as total
from orders o join order_items i on i.order_id = o.id
where o.customer_id = 7
group by o.id;
```

```json
{"_id": 91, "customerId": 7, "items": [{"sku": "A1", "qty": 2, "price": 500}]}
```

The document is read in one step, which fits if an order is always used whole. A question that cuts across ("which customers bought A1?") is natural in SQL and needs an index or a second model in the other.

Under a network partition a *distributed* system must give up either consistency or availability (**CAP**); that concerns distribution, not the query language.

**Common mistake:** "NoSQL is faster." Point lookups by an indexed key are fast in both.

**Follow-up:** *"Embed or reference?"* Embed what is read together and bounded; reference what is shared or grows without limit.$q$),

(19, 4, 1, array['crud', 'sql', 'rest'],
$q$What is CRUD?$q$,
$q$CRUD stands for create, read, update, delete: the four basic operations on stored data. They correspond to INSERT, SELECT, UPDATE and DELETE in SQL and roughly to POST, GET, PUT or PATCH and DELETE in a REST API.$q$,
$q$CRUD names the minimum that a store of records must support.

| Operation | SQL | HTTP | Usual success |
|---|---|---|---|
| Create | `insert` | `POST` | `201 Created` with `Location` |
| Read | `select` | `GET` | `200 OK` |
| Update | `update` | `PATCH`, or `PUT` to replace | `200` or `204` |
| Delete | `delete` | `DELETE` | `204 No Content` |

The mapping is a convention, not an identity: `PUT` may create, and `POST` may trigger any action.

The naive version hides problems that interviewers like to probe:

- **Lost updates.** Two people edit the same record; the second save wipes out the first. Use optimistic locking with a version column, or `ETag` and `If-Match` over HTTP:

```sql
update articles
set title = $1, version = version + 1
where id = $2 and version = $3;   -- 0 rows changed: somebody was faster
```

- **Mass assignment.** Binding a whole request body to a row lets a client set `is_admin`. List the writable fields.
- **Unbounded reads.** Always limit; prefer keyset pagination (`where id > $1 order by id limit 50`) to a large `offset`, which must read and discard the skipped rows.
- **Delete.** Soft deletion (`deleted_at`) keeps history but complicates unique constraints and every query; privacy law may demand real erasure.

With a PostgREST-style API such as Ashlar's the four come from the table itself, and row-level security decides who may do which.

**Follow-up:** *"Is CRUD enough?"* Often not. "Cancel order" is a business operation with rules; modelling it as `PATCH status` scatters those rules among clients.$q$),

(20, 1, 1, array['middleware', 'http', 'pipeline'],
$q$What is middleware?$q$,
$q$In a web framework, middleware is code that wraps request handling: it can inspect or change the request, answer at once, pass it on, and work on the response on the way back. It is used for cross-cutting concerns such as logging, authentication, rate limiting and error handling.$q$,
$q$Middleware forms a chain around the handler, like layers of an onion. Each layer receives the request and a way to continue (`next`); it may

- act **before** (parse the body, check a token),
- **short-circuit** (answer `401` and never call `next`),
- act **after** (measure time, add headers, turn exceptions into responses).

```js
import express from "express";
const app = express();

app.use((req, res, next) => {            // log duration of every request
  const start = performance.now();
  res.on("finish", () =>
    console.log(req.method, req.originalUrl, res.statusCode, performance.now() - start));
  next();
});

app.use("/admin", requireAdmin);          // may answer 401 or 403
app.get("/admin/stats", showStats);

app.use((err, req, res, next) => {        // error handler: four parameters, last
  console.error(err);
  if (res.headersSent) return next(err);
  res.status(500).json({ error: "internal" });
});
```

**Order is meaning.** Limits and request id come first, then authentication, then authorization, then body parsing if it is expensive. A compression or error layer must surround what it is to affect.

The idea has many names: *filters* in Servlets, *interceptors* in Spring, the pipeline in ASP.NET Core. Outside web frameworks "middleware" also means software between applications, such as message brokers.

**Trade-off:** cross-cutting code is written once; but hidden behaviour accumulates, every layer costs each request something, and data hung on the request object is untyped coupling.

**Common mistakes:** forgetting both `next()` and a response, so that the request hangs; calling `next()` after answering; putting business rules in middleware.

**Follow-up:** *"How would you limit it to some routes?"* Attach it by path prefix, router or annotation and not by an `if` inside.$q$),

(21, 1, 1, array['express', 'nodejs', 'framework'],
$q$What is Express.js?$q$,
$q$Express is a minimal, unopinionated web framework for Node.js: routing plus a middleware chain over Node's HTTP server. It leaves database access, validation and structure to you, and in version 5 it forwards rejected promises from async handlers to the error handler.$q$,
$q$Express adds three things to Node's built-in `http` module: **routing** by method and path, a **middleware** pipeline, and convenience on `req` and `res`. It serves JSON APIs as well as server-rendered pages.

```js
import express from "express";
import { pool } from "./db.js";          // a pg Pool

const app = express();
app.use(express.json({ limit: "100kb" }));

app.get("/books/:id", async (req, res) => {
  const id = Number(req.params.id);
  if (!Number.isSafeInteger(id)) return res.status(400).json({ error: "bad id" });
  const { rows } = await pool.query(
    "select id, title from books where id = $1", [id]);
  if (rows.length === 0) return res.status(404).json({ error: "not found" });
  res.json(rows[0]);
});

app.listen(3000);
```

In **Express 5** a rejected promise in an async handler goes to the error middleware by itself. In Express 4 it did not: you had to call `next(err)` or wrap each handler, otherwise the request hung and the rejection stayed unhandled.

What you must bring: validation (zod, Ajv), security headers (`helmet`), CORS, sessions or tokens, a data layer, logging, graceful shutdown, and a project structure.

**Trade-off:** small and well known with a huge ecosystem, but no conventions, so large code bases drift. Alternatives: Fastify (schema-based validation, higher throughput), NestJS (structure, dependency injection), Hono (runs on many runtimes).

**Common mistakes:** blocking the event loop with synchronous work, no body limit, building SQL from strings, error handler registered before the routes.

**Follow-up:** *"How do you use several CPU cores?"* Run several processes (containers, `node:cluster`) behind a balancer, with shared state outside the process.$q$),

(22, 1, 2, array['nodejs', 'event-loop', 'javascript'],
$q$What is Node.js?$q$,
$q$Node.js is a JavaScript runtime built on V8 and libuv that runs code outside the browser. JavaScript runs on one main thread with an event loop and non-blocking I/O, so one process serves many connections, as long as nothing blocks that thread.$q$,
$q$Node combines Google's **V8** engine (runs JavaScript), **libuv** (event loop, asynchronous I/O, thread pool) and a standard library (`node:http`, `node:fs`, `node:crypto`). It is neither a language nor a framework.

How the event loop works:

1. Your code starts an operation and registers a continuation (callback, promise).
2. The operating system watches sockets (`epoll`, `kqueue`, IOCP); file-system calls, `dns.lookup`, some crypto and zlib go to libuv's thread pool (4 threads by default).
3. When something completes, its callback runs on the main thread. After each callback the `process.nextTick` queue and the promise microtasks are emptied.

So I/O runs concurrently while *your JavaScript* runs one piece at a time. That removes data races on ordinary objects, though not races across an `await`:

```js
const stock = await getStock(id);      // another request may run here
if (stock > 0) await setStock(id, stock - 1);   // lost update
```

The fix belongs in the database: `update items set stock = stock - 1 where id = $1 and stock > 0`.

**Strengths:** many concurrent, I/O-bound connections; one language with the frontend; npm.

**Weakness:** CPU-heavy work (image processing, large `JSON.parse`, a regular expression that backtracks catastrophically) delays *every* request. Use `worker_threads`, a separate process or a queue.

**Common mistake:** saying "Node is single-threaded" without qualification. The JavaScript main thread is one; the process has several threads and can start workers.

**Follow-up:** *"setImmediate or process.nextTick?"* `nextTick` runs before the loop continues and can starve it; `setImmediate` runs in the loop's check phase.$q$),

(23, 1, 1, array['framework', 'architecture', 'basics'],
$q$What is backend framework?$q$,
$q$A backend framework supplies the common structure of a server application, such as routing, request parsing, validation, data access, security and testing support, and calls your code at defined points. You gain speed and tested solutions, and you accept its conventions, upgrades and cost.$q$,
$q$The difference to a library is **inversion of control**: you call a library; a framework calls you. You register handlers and it owns the main loop.

Typical parts: routing, middleware or filters, parameter binding and validation, serialization, dependency injection, ORM or query layer, migrations, authentication, configuration, test tools.

Two broad kinds:

| Kind | Examples | Character |
|---|---|---|
| Full | Spring Boot, Django, Rails, Laravel, ASP.NET Core | conventions for almost everything |
| Minimal | Express, Flask, Gin, Javalin | routing and little else; you assemble the rest |

In Spring Boot, for instance, this is a whole endpoint; parsing, validation and the error response come from the framework:

```java
record NewBook(@NotBlank String title) {}

@RestController
class BookController {
  private final Books books;
  BookController(Books books) { this.books = books; }

  @PostMapping("/books")
  @ResponseStatus(HttpStatus.CREATED)
  Book create(@Valid @RequestBody NewBook body) {
    return books.add(body.title());
  }
}
```

**Why use one:** hard parts such as request parsing, CSRF protection and session handling were tested by many others, and new colleagues know the layout.

**Price:** hidden behaviour ("magic"), start-up time and memory, forced upgrades, and bugs whose cause lies in layers you did not write. Keep business rules in plain classes, so that they can be tested without the framework and outlive it.

**Common mistake:** trusting an ORM blindly. It may issue one query per row (*N+1*); look at the SQL it produces.

**Follow-up:** *"How would you choose?"* Team experience, maintenance and security record, ecosystem, fit to the workload; raw benchmarks come last.$q$),

(24, 5, 2, array['scalability', 'capacity', 'architecture'],
$q$What is scalability?$q$,
$q$Scalability is a system's ability to handle growing load, be it users, data or traffic, by adding resources at reasonable cost while still meeting its latency and error targets. You scale vertically with bigger machines or horizontally with more of them, and state is usually what limits you.$q$,
$q$Performance asks how fast one request is; **scalability** asks what happens to speed and cost when load grows tenfold. Say which load: requests per second, data volume, connections, tenants or regions.

- **Vertical:** a bigger machine. Simple, no code change, surprisingly far-reaching; ends at the largest machine, and one machine is one point of failure.
- **Horizontal:** more machines behind a balancer. Needs **stateless** application servers: sessions, files and locks live in shared stores.

The application tier is rarely the hard part; the database is. The usual order of remedies:

1. Fix slow queries and missing indexes.
2. Cache what is read often; pool connections.
3. Move slow work to a queue.
4. Read replicas (reads may lag behind).
5. Partition, then shard, when *writes* or size demand it.

**Amdahl's law** bounds the gain: if 5% of the work is serial, no number of machines gives more than 20 times. Contention and coordination can even make throughput *fall* as nodes are added.

**Little's law** helps with sizing: average concurrency = throughput × latency. At 200 requests/s of 50 ms each, on average 10 are in flight. If each holds a database connection throughout, about 10 are busy, and a pool of 20 has reserve; one of 500 would mostly add contention.

Overload needs a plan too: limits, timeouts, bounded queues and load shedding. An unbounded queue turns overload into an outage.

**Common mistake:** "microservices make it scale". They let parts scale *separately*; a shared database remains the bottleneck.

**Follow-up:** *"How do you find the limit?"* Load-test with realistic data until a percentile breaks its target, and see which resource saturates first.$q$),

(25, 5, 2, array['performance', 'profiling', 'latency'],
$q$What is performance optimization?$q$,
$q$Making a system meet its latency, throughput or cost target by finding the real bottleneck and removing it. Set a target, measure percentiles under realistic load, change one thing, measure again; typical gains come from queries and indexes, fewer round trips, caching and asynchronous work.$q$,
$q$Optimization is an experiment, not a list of tricks:

1. **Target:** for example "p99 of search below 300 ms at 500 requests/s".
2. **Measure:** metrics and distributed traces show *where* the time goes; a profiler shows *why*.
3. **Change one thing**, measure again, keep or revert.

Look at **percentiles**, not averages: a mean of 50 ms can hide 1% of users waiting 3 s. And if a page makes 20 calls, about 18% of page views contain at least one slower than p99 (1 - 0.99^20).

Where the time usually goes:

- **Database:** missing index, N+1 queries, unneeded columns or rows, lock waits.
- **Round trips:** sequential calls that could be parallel or batched.
- **Recomputation:** cache results; precompute.
- **Work inside the request** that belongs in a queue.
- **Payload:** pagination, compression.
- **Runtime:** allocation and garbage collection, pool sizes, blocked event loop.

An N+1 query and its cure:

```sql
-- 1 + N: select * from orders where customer_id = 7; then for each order:
--        select * from items where order_id = ...
select o.id, i.sku, i.qty
from orders o join items i on i.order_id = o.id
where o.customer_id = 7;
```

**Trade-offs:** caches cost freshness, indexes cost writes, denormalization costs consistency, clever code costs maintenance. Stop when the target is met.

**Common mistakes:** micro-optimizing code that takes 1% of the time; benchmarking with ten rows; a load generator that waits for slow answers and so hides them (*coordinated omission*).

**Follow-up:** *"An endpoint became slow overnight. What do you do?"* Ask what changed (release, data volume, query plan, dependency), then follow a trace.$q$),

-- APIs and system design ----------------------------------------------------

(26, 2, 2, array['rest', 'architecture', 'hateoas'],
$q$What is REST architecture?$q$,
$q$REST (representational state transfer) is an architectural style from Roy Fielding's dissertation of 2000, defined by constraints: client-server, stateless, cacheable, uniform interface, layered system and, optionally, code on demand. HTTP is its usual protocol, but REST is neither a protocol nor a standard.$q$,
$q$Fielding described REST as the set of constraints that let the web scale:

1. **Client-server:** separate concerns, so that both can evolve.
2. **Stateless:** each request carries everything needed; the server keeps no *conversation* state. (It keeps resource state, of course.)
3. **Cacheable:** responses say whether and how long they may be reused.
4. **Uniform interface:** identified resources, manipulation through representations, self-descriptive messages, and hypermedia as the engine of application state (**HATEOAS**).
5. **Layered system:** proxies, gateways and caches may stand between.
6. **Code on demand** (optional): the server may send executable code, as web pages do.

The **Richardson maturity model** places real APIs: level 0 one endpoint for everything, level 1 resources, level 2 methods and status codes, level 3 hypermedia. Most "REST APIs" are level 2, and it is honest to say so.

A level 3 answer tells the client what can be done next:

```json
{
  "id": 17, "status": "open",
  "_links": {
    "self":   {"href": "/orders/17"},
    "cancel": {"href": "/orders/17/cancellation"}
  }
}
```

When `cancel` is missing, the client does not offer it; the rule stays on the server.

**Why statelessness pays:** any instance can serve any request, failures need no session migration, and caches can work. **Price:** each request repeats its context (token, parameters).

**Common mistake:** equating REST with "JSON over HTTP". An RPC-style `POST /doThing` with JSON is a valid design, but not REST.

**Follow-up:** *"REST or GraphQL?"* REST gets HTTP caching and simple operations; GraphQL lets clients shape nested data in one request, at the price of query-cost control.$q$),

(27, 2, 2, array['soap', 'xml', 'integration'],
$q$What is SOAP API?$q$,
$q$SOAP is an XML messaging protocol: each message is an envelope with an optional header and a body, and the service is described by a WSDL contract. It is still common in banking, government and enterprise integration because of its formal contracts and WS-Security.$q$,
$q$SOAP (1.1 from 2000, 1.2 a W3C Recommendation) defines how to wrap messages in XML; REST is a style, so the two are not on the same level. SOAP over HTTP normally sends `POST` to a single endpoint, and errors come as a `Fault` element. SOAP 1.2 uses the media type `application/soap+xml`; 1.1 uses `text/xml` with a `SOAPAction` header.

```xml
<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope">
  <soap:Header/>
  <soap:Body>
    <GetBalance xmlns="http://bank.example/v1">
      <account>DE02120300000000202051</account>
    </GetBalance>
  </soap:Body>
</soap:Envelope>
```

The **WSDL** describes operations, and XML Schema describes types; tools generate client and server code from it. The WS family of standards adds message-level signatures and encryption (WS-Security), addressing and reliable messaging.

| Aspect | SOAP | REST-style HTTP |
|---|---|---|
| Contract | WSDL, mandatory in practice | OpenAPI, optional |
| Format | XML | mostly JSON |
| Security | TLS, plus per-message WS-Security | TLS and tokens |
| HTTP caching | hardly (POST) | built in |
| Transport | HTTP, also JMS or SMTP | HTTP |

Message-level security has a real advantage: a signature survives intermediaries, while TLS protects a single hop only.

**Common mistakes:** building envelopes by string concatenation; leaving DTDs and external entities enabled in the XML parser, which allows **XXE** (reading local files, server-side requests).

**Follow-up:** *"How would you integrate a SOAP partner today?"* Generate a client from the WSDL, hide it behind your own interface, set timeouts, map faults to your errors, and test with recorded messages.$q$),

(28, 5, 3, array['microservices', 'architecture', 'distributed-systems'],
$q$What is microservices?$q$,
$q$Microservices are an architecture in which an application consists of small services, each around one business capability, deployed independently, owning its data and talking over the network. The gain is independent teams and releases; the price is the complexity of a distributed system.$q$,
$q$The defining properties are **independent deployment** and **data ownership**: only the orders service touches the orders tables, others use its API or events. Services that share tables, or must be released together, are a *distributed monolith*: all the cost and little of the benefit.

What you gain:

- Teams release without coordinating with everyone.
- Parts scale, fail and are rewritten separately.
- Each may use the technology that suits it.

What you pay:

- Calls can be slow, fail or happen twice: timeouts, bounded retries with backoff and jitter, idempotency, circuit breakers.
- No transaction across services. A business process becomes a **saga**: local transactions with compensations.
- Queries over several owners need an API composition or a copied read model.
- Operations: tracing, deployment, service identity, contract tests, versioning.

Publishing an event *and* writing a row is a typical trap: one may succeed without the other. The **transactional outbox** writes both in one local transaction, and a relay publishes afterwards:

```sql
begin;
insert into orders (id, customer_id) values ($1, $2);
insert into outbox (topic, payload)
values ('order.created', jsonb_build_object('id', $1::uuid));
commit;
```

Delivery is then *at least once*, so consumers must tolerate duplicates.

Boundaries should follow business domains (bounded contexts) rather than technical layers. "Small" refers to scope of responsibility, not to lines of code.

**Common mistake:** starting a new product with twenty services. Begin with a modular monolith; split when team size or differing load demands it.

**Follow-up:** *"Synchronous or asynchronous?"* Synchronous when the caller needs the answer; events when others merely need to know.$q$),

(29, 5, 2, array['monolith', 'microservices', 'architecture'],
$q$Monolithic vs microservices?$q$,
$q$A monolith is one deployable unit: simple calls, one database, real transactions, and it scales by running more copies. Microservices deploy and scale separately and suit several autonomous teams, but bring network failures, distributed data and much more operation. A modular monolith is the usual start.$q$,
$q$"Monoliths are hard to scale, microservices easy" is too simple. A stateless monolith scales horizontally behind a load balancer, and large companies run that way. What it cannot do is scale *parts* independently, or let many teams release without waiting for each other.

| Aspect | Monolith | Microservices |
|---|---|---|
| Call between parts | in-process, cannot be lost | network: latency, timeout, retry |
| Data | one database, joins, ACID | one owner per data set, sagas, events |
| Deployment | one pipeline, all or nothing | many pipelines, independent |
| Scaling | whole copies | part by part |
| Fault isolation | a memory leak hits everything | contained, if timeouts and bulkheads exist |
| Debugging | one stack trace | distributed tracing required |
| Team fit | one to a few teams | many autonomous teams |

An order in the monolith is one transaction:

```sql
begin;
update stock set qty = qty - 1 where sku = $1 and qty > 0;
-- no row changed: roll back, sold out
insert into orders (sku, customer_id) values ($1, $2);
commit;
```

Split into an orders and a stock service, the same step becomes *reserve, confirm or release*, with handling for messages that come late or twice.

The middle way is the **modular monolith**: one deployment, strict module boundaries checked by tests, no access to another module's tables. It keeps the option to extract a module later.

To migrate, use the **strangler fig** pattern: route one capability after another to a new service while the old system keeps running.

**Common mistake:** splitting to cure bad code. A tangled monolith becomes a tangled network.

**Follow-up:** *"When would you split?"* When releases block each other, one part has a clearly different load, or isolation for compliance is needed.$q$),

(30, 5, 2, array['load-balancing', 'availability', 'network'],
$q$What is load balancing?$q$,
$q$Load balancing distributes requests or connections over several instances, so that no single one is overloaded and a failed one is taken out of rotation. It works at layer 4 on connections or at layer 7 on HTTP requests, with algorithms such as round robin or least connections.$q$,
$q$A balancer gives two things: **capacity** beyond one machine and **availability**, because health checks remove instances that fail.

- **Layer 4** forwards TCP or UDP connections without understanding them: fast, any protocol.
- **Layer 7** understands HTTP: routes by host or path, retries, ends TLS, balances single requests within long-lived connections. With HTTP/2 or gRPC this matters, because one connection would otherwise pin all its requests to one instance.

Algorithms:

| Algorithm | Idea | Fits |
|---|---|---|
| Round robin | take turns | equal instances, similar requests |
| Least connections / requests | fewest in flight | requests of varying cost |
| Power of two choices | draw two at random, take the less loaded | large fleets, several balancers |
| Consistent hashing | key decides | caches, sharded state |

```nginx
upstream api {
  least_conn;
  server 10.0.0.11:8080 max_fails=3 fail_timeout=10s;
  server 10.0.0.12:8080 max_fails=3 fail_timeout=10s;
}
```

**Health checks:** *liveness* asks whether to restart, *readiness* whether to send traffic. If readiness fails whenever a shared database hiccups, all instances leave at once and a small fault becomes an outage.

**Draining:** on deployment take an instance out of rotation first, let running requests end, then stop.

**Sticky sessions** hide state in one instance; they unbalance the load and lose sessions on failure. Shared state is better.

**Common mistakes:** the balancer itself as single point of failure; trusting `X-Forwarded-For` from anybody and not only from your own proxy; retrying non-idempotent requests.

**Follow-up:** *"How does DNS balancing compare?"* Simple and global, but clients cache answers, so failover is slow.$q$),

(31, 5, 2, array['caching', 'performance', 'consistency'],
$q$What is caching?$q$,
$q$Caching keeps a copy of data or of a computed result in a faster or nearer place, so that later reads avoid the expensive source. It exists at every level, from the browser and CDN to memory and Redis; the hard parts are invalidation, expiry and what happens on a miss.$q$,
$q$A cache trades **freshness and memory** for speed and less load. It pays when reads outnumber writes, keys repeat, and slightly old data is acceptable.

Levels: browser, CDN, reverse proxy, process memory, shared cache (Redis, Valkey), and the database's own buffer cache.

Patterns:

- **Cache-aside:** the application looks in the cache, on a miss loads from the source and fills it. The most common.
- **Read-through:** the cache loads by itself.
- **Write-through:** writes update the cache and the source together; **write-behind** writes the source later and may lose data in a crash.

```python
def product(product_id):
    key = f"product:{product_id}"
    cached = redis.get(key)
    if cached is not None:
        return json.loads(cached)
    row = db.load_product(product_id)
    redis.set(key, json.dumps(row), ex=300 + random.randint(0, 60))
    return row
```

The random addition keeps many keys from expiring at the same moment. After an update, *delete* the key rather than writing a new value, and keep a TTL as safety net: a slow reader may still put back an old value.

Known failures:

- **Stampede:** a hot key expires and a thousand requests load it at once. Let one load (single flight) or refresh early.
- **Penetration:** requests for what does not exist always miss. Cache the absence briefly.
- **Leak:** a personal response under a shared key. Include user or tenant in the key, or send `Cache-Control: private`.

In HTTP, `Cache-Control: max-age=60` gives freshness, and `ETag` with `If-None-Match` gives cheap revalidation. `no-cache` means *store but revalidate*; `no-store` forbids storing.

**Follow-up:** *"Which entry is evicted?"* LRU, LFU or variants, by size limit. Watch the hit rate.$q$),

(32, 5, 1, array['cdn', 'caching', 'network'],
$q$What is CDN?$q$,
$q$A content delivery network is a set of servers around the world that answers requests close to the user, mostly from cache. It cuts latency, takes load off the origin and absorbs traffic peaks and many attacks; cache headers and versioned file names control what it keeps.$q$,
$q$Light in fibre needs roughly 1 ms per 200 km one way, so a round trip between continents often takes 80 to 250 ms, and a new HTTPS connection needs several. A CDN places **points of presence** near users; anycast or DNS directs each user to a close one. On a hit the edge answers at once; on a miss it fetches from the **origin**, often over warm connections, and keeps the response.

What is cached and for how long is the origin's decision:

```http
Cache-Control: public, max-age=31536000, immutable
```

for `app.3f9c2a.js`, whose name changes with its content, and

```http
Cache-Control: public, max-age=0, s-maxage=60, stale-while-revalidate=30
ETag: "home-881"
```

for a page: shared caches keep it 60 seconds; for another 30 the old copy may be served while a new one is fetched.

Two ways to change content: **versioned names** (the best: nothing to invalidate) or a **purge** by URL or tag.

Besides caching, CDNs end TLS near the user, speak HTTP/3, compress, resize images, filter attacks (DDoS, WAF) and run code at the edge. Even uncacheable API calls can gain from shorter handshakes.

**Trade-offs:** another party sees decrypted traffic; stale content when headers are wrong; cost by volume; more places to look when debugging.

**Common mistakes:** caching personal responses publicly; a cache key that ignores something the response depends on (`Vary`, query), which leaks data or allows cache poisoning; an origin still reachable directly, so that attackers bypass the CDN.

**Follow-up:** *"How do you protect private files?"* Signed, expiring URLs or cookies checked at the edge.$q$),

(33, 2, 1, array['testing', 'api', 'quality'],
$q$What is API testing?$q$,
$q$API testing checks an API at its interface: status codes, bodies, headers, permissions, errors, side effects and speed. Tools like Postman or curl help to explore; lasting value comes from automated tests in CI, run against a real database and checked against the contract.$q$,
$q$Manual calls in Postman, Bruno or `curl` are exploration. A regression suite is code and runs at every change. The layers:

- **Unit:** rules without HTTP or database; fast and many.
- **Integration:** the running API with a *real* database (a throw-away PostgreSQL, for instance by Testcontainers), because mocks do not know constraints, locks or SQL.
- **Contract:** provider and consumer agree (Pact), or responses are checked against OpenAPI.
- **End-to-end:** few, across systems.
- **Load and security:** k6 or Gatling; fuzzing from the specification, for example with Schemathesis.

What to check for each endpoint:

1. The good case, with status, body *and* stored result.
2. Invalid input: missing, too long, wrong type, unknown field.
3. No token, expired token, **another user's object**.
4. Conflict, duplicate, retry with the same idempotency key.
5. Limits, pagination edges, empty results.

```js
import { test } from "node:test";
import assert from "node:assert/strict";

test("a user cannot read another user's invoice", async () => {
  const res = await fetch(`${base}/invoices/${bobsInvoice}`, {
    headers: { Authorization: `Bearer ${aliceToken}` },
  });
  assert.equal(res.status, 404);
});
```

Test the behaviour that clients rely on, not the exact text of an error message. Each test creates its own data, so that order does not matter.

**Common mistakes:** asserting only `200`; tests that share state and pass only in sequence; mocking the database and learning of the broken query in production; fixed `sleep` calls that make tests flaky.

**Follow-up:** *"How do you test a third-party API you depend on?"* A fake server with recorded answers, including timeouts and `500`, plus a scheduled check against the real sandbox.$q$),

(34, 2, 2, array['rate-limiting', 'security', 'api'],
$q$What is rate limiting?$q$,
$q$Rate limiting caps how many requests a client may make in a period, counted by user, API key or address, to protect capacity, fairness and sign-in endpoints. A token bucket allows short bursts and a steady average; excess requests get 429 Too Many Requests with Retry-After.$q$,
$q$Algorithms and their behaviour:

| Algorithm | Behaviour | Weakness |
|---|---|---|
| Fixed window | counter per minute | twice the limit may pass around the edge of a window |
| Sliding window log | time of each request | memory |
| Sliding window counter | weighted mix of two windows | approximate |
| Token bucket | refill at rate r, capacity b: burst up to b | two parameters to tune |
| Leaky bucket (queue) | steady outflow | adds delay |

A token bucket needs no timer, just the last state:

```python
def allow(bucket, now, rate, capacity):
    elapsed = now - bucket.at
    bucket.tokens = min(capacity, bucket.tokens + elapsed * rate)
    bucket.at = now
    if bucket.tokens < 1:
        return False
    bucket.tokens -= 1
    return True
```

Within one process use a monotonic clock and a lock. With several instances keep the bucket in a shared store, take *its* clock and make read and write one atomic step, for example a Lua script in Redis; otherwise each of *n* instances grants the full limit.

```http
HTTP/1.1 429 Too Many Requests
Retry-After: 12
```

**Which key?** The user or API key is fairest. Addresses punish everybody behind one NAT and are easy to change for IPv6 users, so count an IPv6 /64 as one. For sign-in count *both* by account and by address, against guessing one account and against trying one password on many.

Requests differ in cost: charge expensive ones more tokens, and limit **concurrency** too, since a few slow requests can exhaust a pool.

**Decide on failure:** if the shared store is down, do you let requests pass (availability) or refuse (protection)?

**Common mistakes:** trusting a client-sent `X-Forwarded-For`; account lock-outs that let attackers lock others out; clients that retry at once. They should back off with jitter.

**Follow-up:** *"Is it DDoS protection?"* Only a part: a large flood must be stopped before your servers.$q$),

(35, 2, 2, array['versioning', 'api', 'compatibility'],
$q$What is versioning in API?$q$,
$q$API versioning lets an interface change without breaking existing clients: compatible changes are added in place, incompatible ones appear as a new version beside the old, with a published end date. The version can stand in the path, in a header or media type, or be a date per client.$q$,
$q$The best version is the one you do not need: most changes can be **compatible**. Know the difference:

- **Compatible:** a new endpoint, a new optional request field, a new response field (if clients ignore unknown ones).
- **Breaking:** removing or renaming a field, changing a type or meaning, making an optional input required, stricter validation, new values in an enum that clients switch over.

Where to put the version:

| Place | Example | Remark |
|---|---|---|
| Path | `/v2/orders` | visible, easy to route and cache; the most common |
| Header | `Api-Version: 2` | clean URLs; caches need `Vary` |
| Media type | `Accept: application/vnd.acme.v2+json` | content negotiation; rarely liked |
| Date | `Acme-Version: 2026-01-28` | as at Stripe; fine-grained, the server keeps adapters |
| Query | `?v=2` | simple, easily forgotten |

Internally keep *one* current model and translate old versions at the edge; copying the whole code base per version means fixing each bug twice.

Retiring is part of the design. Announce, measure who still calls, then switch off:

```http
HTTP/1.1 200 OK
Deprecation: @1798761600
Sunset: Thu, 01 Jul 2027 00:00:00 GMT
Link: <https://api.example.com/docs/v2-migration>; rel="deprecation"
```

(`Deprecation` is RFC 9745, `Sunset` RFC 8594.)

The same thinking applies to events and to database migrations: **expand, migrate, contract**. Add the new column, write both, move readers, remove the old one, so that old and new code can run side by side during a rolling release.

**Common mistake:** a `v1` in the path and then breaking changes inside it anyway. Check with a schema diff or contract tests in CI.

**Follow-up:** *"Mobile apps that never update?"* Support windows, telemetry, and a way to ask for an upgrade.$q$),

-- Databases in depth ---------------------------------------------------------

(36, 4, 1, array['primary-key', 'sql', 'modelling'],
$q$What is primary key?$q$,
$q$A primary key is the column, or combination of columns, that identifies each row: unique and never null, one per table. The database enforces it with a unique index, and foreign keys usually refer to it.$q$,
$q$A table may have several *candidate keys*; the primary key is the one chosen to identify rows. Others stay protected by `unique` constraints.

```sql
create table users (
  id    bigint generated always as identity primary key,
  email text not null unique
);

create table enrolments (
  user_id   bigint not null references users,
  course_id bigint not null references courses,
  primary key (user_id, course_id)      -- composite
);
```

**Natural or surrogate?** Natural keys (e-mail, ISBN) carry meaning, and meaning changes: people change addresses. A surrogate key never needs to change. Keep the natural key unique as well, otherwise duplicates come in under different ids.

| Kind | For | Against |
|---|---|---|
| `bigint` identity | 8 bytes, ordered inserts | guessable, reveals order; central generator |
| UUIDv4 | can be made anywhere, hard to guess | 16 bytes, random places in the index |
| UUIDv7 | made anywhere, ordered by time | 16 bytes, reveals creation time |

PostgreSQL 18 has `uuidv7()` built in. Ordered keys matter because random inserts touch pages all over a B-tree: more cache misses, page splits and write-ahead log. In MySQL's InnoDB the table *is* the primary-key index (clustered) and each secondary index repeats the key, so a wide random key costs even more. PostgreSQL tables are heaps with separate indexes.

Sequences leave **gaps** after rollbacks; never use them where the law demands gapless invoice numbers.

**Common mistakes:** treating an unguessable id as permission; `int` keys that overflow at 2,147,483,647; no key at all, which also prevents logical replication of updates unless a replica identity is set.

**Follow-up:** *"Primary key against unique?"* One per table and not null; a table may have many unique constraints, and in most systems these admit several nulls.$q$),

(37, 4, 1, array['foreign-key', 'constraints', 'sql'],
$q$What is foreign key?$q$,
$q$A foreign key is a constraint that a column's value must exist as a key in another table, or the same one, so references never dangle. It also defines what happens when the referenced row is deleted or its key changes: refuse, cascade, or set null or a default.$q$,
$q$A foreign key enforces **referential integrity**: an order cannot point to a customer who does not exist, whichever program writes.

```sql
create table orders (
  id          bigint generated always as identity primary key,
  customer_id bigint not null references customers (id) on delete restrict,
  coupon_id   bigint references coupons (id) on delete set null
);
create index on orders (customer_id);
create index on orders (coupon_id);
```

Actions on delete (and on update):

- `no action` (default) and `restrict`: refuse. The first checks at the end of the statement and can be deferred; the second at once.
- `cascade`: delete the dependent rows. Right for parts of a whole (order items), dangerous for independent data.
- `set null`, `set default`: keep the row, drop the link.

**Index the referencing column.** The referenced side must have a unique constraint and so has an index; PostgreSQL does *not* create one on the referencing side (InnoDB does). Without it each delete of a customer scans `orders`.

A null in the column means "no reference" and passes the check. Relations: one-to-many is a foreign key, one-to-one a *unique* foreign key, many-to-many a join table with two.

**Price:** each insert looks up the parent row and holds a shared lock on its key until the transaction ends, and bulk loads get slower. To add one to a big live table, use `not valid` first (a short lock) and `validate constraint` afterwards, which does not block writes.

A PostgREST-style API reads these keys to embed related rows; Ashlar does too: `GET /orders?select=id,customers(name)`.

**Common mistake:** omitting foreign keys "for speed" and repairing orphans for years.

**Follow-up:** *"Across microservices?"* Not possible; use events, checks, and tolerance for missing references.$q$),

(38, 4, 2, array['index', 'performance', 'btree'],
$q$What is indexing?$q$,
$q$An index is an additional ordered or hashed data structure that lets the database find rows without reading the whole table. It makes matching reads faster and each write slower, and takes space, so you index for real queries and verify with EXPLAIN.$q$,
$q$The default is the **B-tree**: a balanced, sorted tree of keys with pointers to rows. A lookup takes a few page reads even with hundreds of millions of rows, and the order also serves ranges, `order by`, `min` and `max`.

```sql
create index orders_customer_created
  on orders (customer_id, created_at desc);

explain (analyze, buffers)
select id, total from orders
where customer_id = 7
order by created_at desc limit 20;
```

With a **composite** index the column order counts: it serves `customer_id` alone or both, but hardly `created_at` alone. (PostgreSQL 18 can *skip-scan* when the leading column has few distinct values.) Put equality columns first, then range or sort.

Further kinds and tools:

- **Unique** index: enforces a rule as well.
- **Partial:** `where status = 'open'`, small and precise.
- **Expression:** `on users (lower(email))`; the query must use the same expression.
- **Covering:** `include (total)` allows an index-only scan.
- **GIN** for `jsonb`, arrays and full text; **GiST** for ranges and geometry; **BRIN** for huge, naturally ordered tables.

**Price:** each insert, and most updates, maintain the indexes; they use memory and disk. Drop unused ones (`pg_stat_user_indexes`, on all replicas too).

The planner *rightly* ignores an index when a query returns a large share of the table, since a sequential scan is cheaper.

**Common mistakes:** `where lower(email) = ...` with a plain index; `like '%term'` (leading wildcard; needs a trigram index); one index per column and none for the real query; `create index` without `concurrently` on a live table, which blocks writes.

**Follow-up:** *"Why is my index not used?"* Selectivity, stale statistics, type mismatch or a function around the column.$q$),

(39, 4, 2, array['normalization', 'modelling', 'sql'],
$q$What is normalization?$q$,
$q$Normalization structures tables so that each fact is stored once, which prevents update, insert and delete anomalies. In third normal form every non-key column depends on the key, the whole key and nothing but the key.$q$,
$q$The purpose is not to save space but to make **contradictions impossible**. Take one wide table with the key `(order_id, product_id)`:

| order_id | product_id | product_name | customer | customer_city |
|---|---|---|---|---|
| 1 | 10 | Pen | Ada | London |
| 1 | 11 | Ink | Ada | London |
| 2 | 10 | Pen | Ada | Paris |

Where does Ada live? (*update anomaly*) A product nobody ordered cannot be stored (*insert anomaly*), and deleting its last order loses the product (*delete anomaly*).

The normal forms, in short:

- **1NF:** each column holds one value of its type; no repeating groups such as `phone1, phone2, phone3`.
- **2NF:** no non-key column depends on only *part* of a composite key. Above, `product_name` depends on `product_id` alone.
- **3NF:** no non-key column depends on another non-key column. `customer_city` depends on the customer, not on the order.
- **BCNF:** whatever determines another column is a superkey. 4NF and 5NF treat multi-valued facts and decompositions beyond that.

```sql
create table customers (id bigint primary key, name text not null, city text not null);
create table products  (id bigint primary key, name text not null);
create table orders    (id bigint primary key,
                        customer_id bigint not null references customers);
create table order_items (
  order_id   bigint not null references orders,
  product_id bigint not null references products,
  qty        int    not null check (qty > 0),
  unit_price numeric(12,2) not null,
  primary key (order_id, product_id)
);
```

`unit_price` in the item is **not** redundancy: it records the price *at the time of sale*, a different fact from today's price.

**Trade-off:** more joins. With indexed keys they are cheap; denormalize later and deliberately.

**Common mistake:** comma-separated ids in a text column: no foreign key, no usable index.

**Follow-up:** *"Is a jsonb column a violation?"* If the database never looks inside, it is one value. Once you filter or join on its parts, model them as columns.$q$),

(40, 4, 2, array['denormalization', 'performance', 'modelling'],
$q$What is denormalization?$q$,
$q$Denormalization deliberately stores redundant or precomputed data so that frequent reads need fewer joins or less computation. You pay with extra writes and the duty to keep the copies consistent, so it should follow a measurement and have one defined way of being updated.$q$,
$q$Denormalization is *not* the same as never having normalized: you know the source of truth and keep a derived copy for speed.

Typical forms:

- **Counters and sums:** `posts.comment_count` in place of counting on every view.
- **Copied columns:** `tenant_id` on every table, for filtering, sharding or row-level security.
- **Materialized views** and summary tables for reports.
- **Read models** in another store (search index, cache), fed by events.

Ways to keep the copy right, from tight to loose:

| Way | Consistency | Price |
|---|---|---|
| generated column | immediate, same row | only from columns of that row |
| trigger, or same transaction | immediate | slower writes, lock contention |
| events, outbox | seconds behind | moving parts |
| scheduled refresh | minutes behind | simple |

```sql
create materialized view daily_sales as
select (created_at at time zone 'UTC')::date as day,
       sum(total) as revenue, count(*) as orders
from orders group by 1;

create unique index on daily_sales (day);
refresh materialized view concurrently daily_sales;  -- readers are not blocked
```

`concurrently` requires such a unique index. The whole view is recomputed at each refresh; large ones need an incrementally maintained table.

A **counter** has a hidden cost: all comments on one popular post update the same row and wait for its lock. Remedies are batching, several counter rows that are summed, or counting from a log.

**Before you denormalize:** is an index missing? Is it N+1? Would a cache do? Each is easier to undo.

**Common mistakes:** updating copies from several places in application code; no job that recomputes and compares, so drift is never noticed.

**Follow-up:** *"Is keeping the price in an order line denormalization?"* No. It is history, a fact of its own.$q$),

(41, 4, 2, array['aggregation', 'sql', 'group-by'],
$q$What is aggregation?$q$,
$q$Aggregation computes summary values such as count, sum, average, minimum or maximum over groups of records. SQL does it with GROUP BY and aggregate functions, MongoDB with its aggregation pipeline; it is a general concept, not a MongoDB feature.$q$,
$q$Aggregation turns many rows into one per group. In SQL the logical order is `from` → `where` → `group by` → `having` → `select` → `order by`, which explains why `where` filters rows and `having` filters groups.

```sql
select customer_id,
       count(*)                                      as orders,
       sum(total)                                    as revenue,
       count(*) filter (where status = 'cancelled')  as cancelled
from orders
where created_at >= date '2026-01-01'
group by customer_id
having sum(total) > 1000
order by revenue desc;
```

The same idea in MongoDB is a pipeline of stages:

```js
db.orders.aggregate([
  { $match: { createdAt: { $gte: ISODate("2026-01-01") } } },
  { $group: { _id: "$customerId", orders: { $sum: 1 }, revenue: { $sum: "$total" } } },
  { $match: { revenue: { $gt: 1000 } } },
  { $sort: { revenue: -1 } }
])
```

Put `$match` first so that an index can serve it. (In MongoDB "aggregation" also names the whole pipeline, including stages that summarize nothing.)

Details that are asked:

- `count(*)` counts rows, `count(x)` only those where `x` is not null; `sum` over no rows is **null**, not 0.
- A **window function** (`sum(total) over (partition by ...)`) aggregates *without* collapsing rows.
- `rollup`, `cube` and `grouping sets` give subtotals.
- Joining two one-to-many tables before summing multiplies rows: aggregate each first.

On large data an aggregate must read every matching row. Pre-aggregate (summary tables), use a columnar store, or accept approximate counts (HyperLogLog).

**Common mistake:** loading all rows and summing in application code. The database does it next to the data and sends one row.

**Follow-up:** *"Average of averages?"* Wrong when group sizes differ; keep sum and count.$q$),

(42, 4, 3, array['replication', 'availability', 'consistency'],
$q$What is replication?$q$,
$q$Replication keeps copies of the same data on several servers, for availability, for read capacity and to be near users. With asynchronous replication replicas lag and a failover may lose the last commits; synchronous replication avoids that loss at the price of write latency.$q$,
$q$Topologies:

- **Single leader:** one server takes writes and streams its log to replicas. The usual case in PostgreSQL and MySQL.
- **Multi-leader:** several accept writes; conflicts must be resolved.
- **Leaderless:** quorums of nodes (Cassandra). With *n* copies, `w + r > n` makes read and write sets overlap.
- **Consensus** (Raft, Paxos): a majority must confirm; automatic failover without split brain.

PostgreSQL offers **physical** replication (the write-ahead log's page changes: whole cluster, same major version) and **logical** replication (row changes of chosen tables, across versions; useful for upgrades and change feeds).

| Mode | Commit returns after | On loss of the leader |
|---|---|---|
| asynchronous | local flush | last transactions may be lost |
| synchronous | a replica has it on disk too | no loss if that replica takes over; slower, and writes stall if none answers |

**Replication lag** shows up as bugs: a user saves, the next read goes to a replica, and the change is missing. Remedies: read your own writes from the leader for a while, or wait until the replica has reached the position of your commit.

```sql
select application_name, state, sync_state,
       pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as bytes_behind
from pg_stat_replication;
```

**Failover** needs detection, promotion, redirection of clients and *fencing* of the old leader; two leaders at once (split brain) lose or mix data. A replication slot that nobody reads keeps log files until the disk is full.

**Common mistake:** "we have replicas, so we need no backups." A `drop table` is replicated within milliseconds.

**Follow-up:** *"Do replicas speed up writes?"* No. Every replica performs all writes; for those you partition or shard.$q$),

(43, 4, 3, array['sharding', 'partitioning', 'scalability'],
$q$What is sharding?$q$,
$q$Sharding splits one data set horizontally over several servers by a shard key, each holding a part of the rows, so that storage and writes scale beyond one machine. The shard key decides everything: queries within one shard stay cheap, queries and transactions across shards become hard.$q$,
$q$Distinguish three words: **partitioning** splits a table into pieces (possibly on one server), **sharding** puts pieces on *different servers*, **replication** copies the same data. Sharded systems normally replicate each shard too.

How keys are mapped:

| Scheme | For | Against |
|---|---|---|
| Range (A-F, by date) | range queries | hot spot at the newest range |
| Hash of key | even spread | range queries touch all shards |
| Directory (lookup table) | full control, move single tenants | the directory must be fast and available |

`hash(key) mod n` moves nearly everything when *n* changes. Use consistent hashing or many fixed *logical* shards (say 1,024) that are assigned to servers, so that growth moves whole logical shards:

```python
def logical_shard(tenant_id: str) -> int:
    digest = hashlib.sha256(tenant_id.encode()).digest()
    return int.from_bytes(digest[:8], "big") % 1024

server = servers[shard_map[logical_shard("tenant-42")]]
```

The hash must be the same for ever in every program; Python's own `hash()` differs from process to process, and a database's internal hash may change between versions.

A good **shard key** has many values, spreads load, appears in nearly every query and keeps together what is used together. `tenant_id` often fits; a creation time does not.

What becomes hard:

- Joins and unique constraints across shards.
- Transactions across shards (two-phase commit or sagas).
- Global ordering, pagination and counts (scatter-gather; the slowest shard decides).
- Rebalancing, schema changes and backups consistent across shards.
- **Hot keys:** one giant tenant fills one shard.

Tools: Vitess for MySQL, Citus for PostgreSQL, MongoDB's built-in sharding, or distributed SQL databases.

**Common mistake:** sharding early. Indexes, bigger hardware, archiving, caching and replicas take most products far enough.

**Follow-up:** *"The shard key turned out wrong. Now?"* Copy to the new layout while writing both, verify, switch reads, then remove the old one.$q$),

(44, 4, 2, array['backup', 'recovery', 'operations'],
$q$What is backup?$q$,
$q$A backup is an independent, restorable copy of data, kept apart from the original, to recover from loss, mistakes and attacks. Two numbers define it: RPO, how much data you may lose, and RTO, how long recovery may take. A backup that was never restored is only a hope.$q$,
$q$Replication and RAID keep a service running; they faithfully copy an accidental `delete`. A backup lets you **go back in time**.

Kinds, with PostgreSQL as example:

- **Logical** (`pg_dump`): a consistent snapshot as SQL or archive; portable between versions, selective restore, slow for large data.
- **Physical** (`pg_basebackup`): the files of the whole cluster; fast to restore, same major version. Incremental since version 17.
- **Continuous archiving:** base backup plus archived write-ahead log gives **point-in-time recovery**, for example to one second before the mistake.

```bash
pg_dump --format=custom --file=shop.dump shop
createdb shop_check
pg_restore --dbname=shop_check --jobs=4 shop.dump
psql shop_check -c 'select count(*), max(created_at) from orders'
```

With nightly dumps alone the **RPO** is up to 24 hours; with log archiving, seconds to minutes. The **RTO** includes noticing, deciding, transferring and replaying, so measure it.

Rules that hold up:

1. **3-2-1:** three copies, two kinds of storage, one elsewhere.
2. One copy *immutable* or offline, since ransomware deletes backups first. The server being backed up must not be able to delete them.
3. Encrypt, and keep the key where the disaster does not reach it.
4. Restore automatically and regularly, and check the content.
5. Alert when a backup is *missing*, not only when it fails.
6. Define retention, also with regard to erasure duties.

**Common mistakes:** copying the data directory of a running server with `cp` (inconsistent); backing up rows but not uploaded files, or not at the same time; credentials to production and backups in one account.

**Follow-up:** *"Somebody deleted a table at 10:02."* Stop further damage, recover to 10:01 on a *second* server, copy the table back, review.$q$),

(45, 4, 3, array['query-optimization', 'explain', 'performance'],
$q$What is query optimization?$q$,
$q$In the narrow sense it is what the database's planner does: choosing the cheapest plan for a query from statistics. In daily work it means finding costly queries, reading EXPLAIN ANALYZE, and fixing indexes, the query itself, statistics or the schema.$q$,
$q$SQL says *what*, the **cost-based optimizer** decides *how*: which indexes, join order, and nested-loop, hash or merge join. It relies on estimates, so most bad plans come from wrong **row estimates**.

A method:

1. **Find** the query: `pg_stat_statements` ordered by total time. A 5 ms query run a million times costs more than a 10 s report.
2. **Explain** it with realistic data and parameters.
3. **Compare** estimated with actual rows; find where the time and buffers go.
4. **Change one thing**, repeat.

```sql
explain (analyze, buffers)
select * from orders
where customer_id = 7 and created_at >= now() - interval '30 days';

-- Seq Scan on orders  (cost=0.00..193458.00 rows=110 width=96)
--                     (actual time=0.4..812.1 rows=104.00 loops=1)
--   Rows Removed by Filter: 8999896
```

Nine million rows read for a hundred: an index on `(customer_id, created_at)` is missing. Note that `analyze` *executes* the statement, so wrap writes in a transaction and roll back.

Frequent causes and cures:

- Function on the column: `where date(created_at) = ...` becomes a range.
- Large `offset`: keyset pagination.
- N+1: join, `= any($1)`, or batch.
- `not in (subquery)`: `not exists`, which is safe with nulls and plans better.
- Stale or missing statistics: `analyze`, extended statistics for correlated columns.
- Sorts or hashes spilling to disk: `work_mem`, fewer columns.
- Waiting rather than working: look for locks in `pg_stat_activity`.

**Common mistakes:** testing on a tiny database, where a sequential scan is right; adding indexes blindly; judging by one run with a warm cache.

**Follow-up:** *"Fast in psql, slow in the application?"* Different parameters, a generic plan of a prepared statement, other settings, locks, or simply fetching too many rows.$q$),

-- Security -------------------------------------------------------------------

(46, 6, 3, array['encryption', 'cryptography', 'tls'],
$q$What is encryption?$q$,
$q$Encryption transforms data with a key so that only holders of the right key can read it; unlike hashing it is reversible. Symmetric ciphers such as AES-GCM use one shared key and are fast; asymmetric schemes use a key pair, mainly to agree on or wrap such keys.$q$,
$q$Encryption is reversible by design: whoever has the key gets the data back. There are two families.

| Aspect | Symmetric | Asymmetric |
|---|---|---|
| Keys | one shared secret | public and private key |
| Examples | AES-256-GCM, ChaCha20-Poly1305 | X25519 (key agreement), RSA-OAEP, ML-KEM (key encapsulation) |
| Speed | gigabytes per second per core | far slower, small inputs |
| Use | data | agreeing on or wrapping keys |

Real protocols are **hybrid**: TLS agrees on keys asymmetrically and encrypts the data symmetrically. Signatures (Ed25519, ECDSA) also use key pairs but prove origin and integrity; "encrypting with the private key" is a misleading description of them.

Use **authenticated encryption** (AEAD). Encryption without integrity lets attackers alter ciphertext unnoticed and sometimes decrypt it (padding oracles).

```java
Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
byte[] nonce = new byte[12];
new SecureRandom().nextBytes(nonce);                 // never reuse with the same key
cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
cipher.updateAAD(rowId);                             // binds the text to its row
byte[] sealed = cipher.doFinal(plaintext);           // store nonce and sealed
```

Three states of data: **in transit** (TLS), **at rest** (disk or database encryption, against stolen media), **at field level** in the application (also against database administrators and SQL injection; but hard to index and search). Disk encryption does nothing against an attacker who queries the running database.

The hard part is **keys**: generate randomly, keep in a KMS or vault, separate from the data, rotate. *Envelope encryption* encrypts data with a data key and that key with a master key, so rotation need not rewrite everything.

**Common mistakes:** own algorithms, ECB mode, fixed nonces, keys in source control, Base64 taken for encryption, encrypting passwords where they should be hashed.

**Follow-up:** *"And quantum computers?"* They threaten RSA and elliptic curves; hybrid key exchange with ML-KEM is already deployed in TLS.$q$),

(47, 6, 2, array['hashing', 'passwords', 'argon2'],
$q$What is hashing?$q$,
$q$Hashing maps data of any size to a fixed-size value and cannot be reversed; it is not encryption, because there is no key and nothing to decrypt. For integrity use SHA-256; for passwords use a slow, salted, memory-hard function such as Argon2id.$q$,
$q$"One-way encryption" is a contradiction: encryption is made to be undone with a key. A **cryptographic hash** has no key, always gives the same output for the same input, and is designed so that it is infeasible to find

- an input for a given hash (*preimage resistance*),
- another input with the same hash as a given one (*second preimage*),
- any two inputs with the same hash (*collision resistance*).

MD5 and SHA-1 fail the last and are out for signatures. Non-cryptographic hashes (Murmur, xxHash) are for hash tables and checksums only.

Different purposes, different functions:

| Purpose | Use |
|---|---|
| File integrity, content address | SHA-256, SHA-3, BLAKE3 |
| Message authenticity with a shared key | HMAC-SHA-256 |
| **Passwords** | Argon2id; scrypt, bcrypt; PBKDF2 where FIPS applies |
| Random API tokens (high entropy) | SHA-256 suffices |

Why not SHA-256 for passwords? It is *fast*: a GPU tries billions per second, and people choose guessable passwords. Argon2id takes a tunable amount of **time and memory**, which makes massive parallel guessing expensive.

A **salt**, random per password and stored with the hash, makes equal passwords look different and defeats precomputed tables. A **pepper** is an additional secret kept outside the database. Ashlar stores passwords as Argon2id; the string contains all its parameters:

```text
$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>
```

So cost can be raised later: verify with the old parameters at sign-in, then rehash.

**Common mistakes:** bcrypt ignores everything after 72 bytes (some libraries reject such input); comparing secrets with a function that is not constant-time; an unkeyed hash of e-mail addresses or phone numbers called anonymous, though it can be guessed.

**Follow-up:** *"Why limit password length at all?"* To bound the size and cost of a request; allow at least 64 characters.$q$),

(48, 6, 1, array['sql-injection', 'owasp', 'security'],
$q$What is SQL injection?$q$,
$q$SQL injection happens when untrusted input becomes part of the text of an SQL statement, so that an attacker can change its meaning and read, alter or delete data. The cure is parameterized queries: the statement is fixed and values travel separately; names that must vary come from an allow-list.$q$,
$q$The cause is mixing **code and data** in one string:

```js
// vulnerable
db.query("select * from users where email = '" + email + "'");
```

With the input `' or '1'='1` the condition is always true; with `' union select ...` other tables are read. Where no output is visible, attackers ask yes/no questions by differing responses or delays (*blind* injection).

With **parameters** the statement is parsed without the value, and the value can never become syntax:

```js
db.query("select id, name from users where email = $1", [email]);
```

Parameters stand only for *values*. Table names, columns and sort directions need an **allow-list**:

```js
const columns = { name: "name", newest: "created_at" };
const sort = Object.hasOwn(columns, req.query.sort) ? columns[req.query.sort] : "name";
```

Also: arrays go as `= any($1)`, and in `like` patterns the wildcards `%` and `_` still have meaning, so escape them where it matters.

Further layers limit the damage: a database account with few rights (no superuser, no DDL), row-level security, errors that reveal nothing, static analysis in CI. Ashlar sends every value as an SQL parameter and resolves names against the catalog.

**ORMs do not immunize.** Raw fragments, string-built `order by` and dynamic SQL *inside* stored procedures are the usual holes; in PL/pgSQL use `execute format('... %I ...', name) using value`. **Second-order** injection: a value is stored safely and concatenated later.

**Common mistakes:** escaping by hand, filtering words such as `drop`, trusting client-side validation or a firewall as the only defence.

**Follow-up:** *"Can NoSQL be injected?"* Yes: `{"password": {"$ne": null}}` in a MongoDB filter built from a request body. Check types.$q$),

(49, 6, 2, array['xss', 'owasp', 'browser'],
$q$What is XSS?$q$,
$q$Cross-site scripting means that an attacker gets their script to run in another user's browser within your site's origin, because untrusted data was put into a page without proper encoding. The main defence is context-aware output encoding, backed by sanitizing of rich text and a strict Content Security Policy.$q$,
$q$Script in your origin can do what the user can: read the page, call your API with the user's cookies, change forms, log keystrokes. Three kinds:

- **Stored:** the payload lies in your database (a comment, a profile name) and hits every reader.
- **Reflected:** it comes from the request (a search term in the URL) and is echoed.
- **DOM-based:** client code moves data into a dangerous sink (`innerHTML`, `document.write`) without the server being involved.

```html
<!-- vulnerable template, name = <img src=x onerror=alert(document.domain)> -->
<p>Hello {{{ name }}}</p>
```

Defences, in order of importance:

1. **Encode for the context** at output: HTML text, attribute, JavaScript string and URL each have different rules. Frameworks such as React, Vue and Angular and most template engines encode by default; the holes are `dangerouslySetInnerHTML`, `v-html`, triple braces and `javascript:` URLs in `href`.
2. **Sanitize** user-written HTML with a maintained allow-list library (DOMPurify).
3. **Safe sinks:** `textContent` in place of `innerHTML`; enforce with Trusted Types.
4. **Content Security Policy** as second line, with a new random nonce in every response.
5. **HttpOnly cookies** stop theft of the cookie, not misuse of the session.

```http
Content-Security-Policy: script-src 'nonce-r4nd0m' 'strict-dynamic'; object-src 'none'; base-uri 'none'
```

The backend's part: correct `Content-Type`, `X-Content-Type-Options: nosniff`, uploads served from another domain (an SVG can contain script).

**Common mistakes:** removing `<script>` by regular expression; encoding at *input*, which corrupts data and guesses the context; believing that a JSON API is not concerned.

**Follow-up:** *"XSS or CSRF?"* CSRF makes the browser send a request from elsewhere without reading the answer; XSS runs inside your origin and defeats CSRF tokens.$q$),

(50, 6, 2, array['security', 'owasp', 'hardening'],
$q$How to secure backend?$q$,
$q$In layers: TLS everywhere, strong authentication, authorization on every object with deny by default, input validation and parameterized queries, hashed passwords and managed secrets, patched dependencies, limits, logging with alerts, and tested backups. Start from what an attacker would want.$q$,
$q$No single tool does it, and "use JWT" is a format choice, not a protection. Begin with a small **threat model**: what is valuable, who wants it, where does untrusted input enter?

1. **Transport:** TLS 1.2 or better, HSTS, internal traffic too where the network is shared.
2. **Authentication:** Argon2id for passwords, passkeys or MFA, limits on attempts, short-lived tokens with rotating refresh tokens.
3. **Authorization:** deny by default, check every object, test with a second user. In the database: row-level security.
4. **Input:** validate type, length, range; parameterize SQL; limit body size; for URLs fetched on users' behalf block internal addresses (**SSRF**).
5. **Output:** encode; errors without stack traces.
6. **Secrets:** in a secret manager, never in the repository; rotate; least privilege for every account and service.
7. **Dependencies:** lock files, vulnerability scans, few packages, signed builds.
8. **Resources:** rate limits, timeouts, bounded queues.
9. **Detection:** audit log of sign-ins and permission changes, alerts, no secrets or personal data in logs.
10. **Recovery:** tested backups, an incident plan.

Least privilege in the database, as an example:

```sql
create role app login;                        -- not the owner of the tables
grant select, insert, update on orders to app;
alter table orders enable row level security; -- without a policy: no rows
```

Ashlar follows this: tables are closed until a policy opens them, and each request runs as the caller's role. (A table's owner is exempt unless row-level security is *forced*, superusers and roles with `bypassrls` always are; so the application must connect as none of these.)

**Common mistakes:** a debug or admin endpoint open to the world, a permissive CORS setting that reflects any origin *with* credentials, secrets in container images.

**Follow-up:** *"A token was found in a public repository."* Revoke first, then rotate, search the logs for misuse, and prevent recurrence with secret scanning. Deleting the commit is not enough.$q$),

-- Practice -------------------------------------------------------------------

(51, 7, 2, array['rest', 'design', 'implementation'],
$q$Build REST API?$q$,
$q$I start with the contract: resources, methods, status codes, errors, pagination and permissions. Then the schema with its constraints, then thin handlers that validate, call the business logic in a transaction and map errors; then tests, documentation, limits and observability. The framework is secondary.$q$,
$q$Talk through the steps rather than naming a stack:

**Clarify:** who calls, how often, which operations, which guarantees.

**Resources and contract** (OpenAPI):

| Request | Success | Errors |
|---|---|---|
| `GET /tasks?after=...&limit=50` | 200 | 400, 401 |
| `POST /tasks` | 201 and `Location` | 401, 422 |
| `GET /tasks/{id}` | 200 | 401, 404 |
| `PATCH /tasks/{id}` | 200 | 401, 404, 412, 422 |
| `DELETE /tasks/{id}` | 204 | 401, 404 |

**Schema:** let the database guarantee what it can.

```sql
create table tasks (
  id       bigint generated always as identity primary key,
  owner_id uuid    not null references users,
  title    text    not null check (length(title) between 1 and 200),
  done     boolean not null default false,
  version  int     not null default 1
);
create index on tasks (owner_id, id);
```

**Layers:** handler (HTTP only) → service (rules, transaction) → repository (SQL). Rules stay testable without HTTP.

```js
app.post("/tasks", requireUser, async (req, res) => {
  const { title } = NewTask.parse(req.body);      // throws: 422 in the error handler
  const task = await tasks.create(req.user.id, title);
  res.status(201).location(`/tasks/${task.id}`).json(task);
});
```

**Cross-cutting:** authentication, ownership check in *every* query (`where id = $1 and owner_id = $2`), one error format (`application/problem+json`), rate limits, request id, structured logs.

**Tests** against a real database; migrations in CI.

Much of this can be derived: Ashlar serves such a table as a PostgREST-style API at once, and row-level security states the ownership rule.

**Common mistakes:** lists without limit, owner taken from the body, no transaction around two writes, internal errors sent to the client.

**Follow-up:** *"The client times out and retries the POST. What happens?"* Accept an idempotency key, store it with a unique constraint, return the first result.$q$),

(52, 7, 3, array['login', 'authentication', 'implementation'],
$q$Create login system?$q$,
$q$Store passwords as Argon2id hashes, limit attempts by account and address, answer unknown user and wrong password identically, and on success issue a session: an opaque id in a Secure HttpOnly cookie, or a short-lived access token with a rotating refresh token. Add e-mail verification, reset, MFA and sign-out.$q$,
$q$First ask whether you must build it: OpenID Connect with an existing provider or a maintained component saves much. If you do build it:

```sql
create table users (
  id             uuid primary key default gen_random_uuid(),
  email          text not null,
  password_hash  text,                         -- null: passkey or federated only
  email_verified timestamptz
);
create unique index on users (lower(email));

create table refresh_tokens (
  token_hash bytea primary key,                -- SHA-256 of a random token
  family_id  uuid not null,
  user_id    uuid not null references users on delete cascade,
  expires_at timestamptz not null,
  used_at    timestamptz
);
```

**Sign-in:** check the limits, load the user, verify the Argon2id hash (a dummy hash if there is no user), ask for the second factor, then create the session and write an audit row.

**Cookie session or tokens?** For a web application of your own, an opaque session cookie (`__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`) is simple and revocable. For mobile or several APIs: access token of 5-15 minutes plus refresh token. On refresh, mark the old one used and issue a new one *in one transaction*; if a used one returns, revoke the family. A few seconds of tolerance for the latest token avoids sign-outs when a reply is lost or two tabs race. Ashlar's sign-in works with JWTs, refresh rotation and Argon2id.

**Passwords:** at least 8 characters with MFA and 15 without (NIST SP 800-63B), checked against breached lists, pasting allowed, no forced periodic change.

**Reset:** random single-use token, stored hashed, valid for minutes, same answer for unknown addresses; then end all other sessions.

**Common mistakes:** linking accounts by *unverified* e-mail, tokens in URLs and logs, locks that let others lock a user out.

**Follow-up:** *"How do you sign out everywhere?"* Delete the user's sessions and token families; access tokens end with their short lifetime.$q$),

(53, 7, 1, array['frontend', 'cors', 'api'],
$q$How does backend connect to frontend?$q$,
$q$Over the network by an agreed contract: the frontend sends HTTP requests, in REST or GraphQL style, and the backend answers, usually with JSON; for live updates there are WebSockets or server-sent events. If they are on different origins, CORS must allow the browser to read the answers.$q$,
$q$The frontend runs in the user's browser or phone and reaches the backend only through its public address. Choices:

| Channel | Direction | Use |
|---|---|---|
| HTTP with JSON (REST) | request, response | most operations |
| GraphQL over HTTP | request, response | nested data, client chooses fields |
| Server-sent events | server to client | notifications, progress, token streams |
| WebSocket | both | chat, collaboration, games |
| Server-rendered HTML | request, response | pages, forms, search engines |

```js
const res = await fetch("https://api.example.com/tasks", {
  headers: { Authorization: `Bearer ${token}` },
  signal: AbortSignal.timeout(8000),
});
if (!res.ok) throw new Error(`HTTP ${res.status}`);   // fetch does not reject on 4xx or 5xx
const tasks = await res.json();
```

**CORS:** an *origin* is scheme, host and port. A page on `https://app.example.com` may read answers from `https://api.example.com` only if these permit it; for anything but simple requests the browser first sends a preflight:

```http
OPTIONS /tasks HTTP/1.1
Host: api.example.com
Origin: https://app.example.com
Access-Control-Request-Method: GET
Access-Control-Request-Headers: authorization

HTTP/1.1 204 No Content
Access-Control-Allow-Origin: https://app.example.com
Access-Control-Allow-Headers: authorization
Vary: Origin
```

CORS *relaxes* the browser's same-origin policy. It protects users of browsers, not your API: `curl` ignores it. Serving both under one origin through a reverse proxy avoids it.

**Contract:** generate types or a client from OpenAPI or the GraphQL schema, so that a mismatch fails at build time.

**Common mistakes:** secrets in frontend code (everything shipped is public); no handling of slow or failed requests; `Access-Control-Allow-Origin: *` with cookies, which browsers reject.

**Follow-up:** *"Where do you keep the token?"* Weigh XSS against CSRF: an `HttpOnly` cookie, or memory plus refresh.$q$),

(54, 7, 2, array['deployment', 'containers', 'ci-cd'],
$q$How to deploy backend?$q$,
$q$Build one versioned artifact in CI, usually a container image, run the tests, apply compatible migrations, then roll it out gradually with health checks and a way back. It can run on a PaaS, on containers or Kubernetes in a cloud, as serverless functions or on a plain VM; configuration and secrets come from the environment.$q$,
$q$The provider's name is the least important part of the answer; describe the path from commit to traffic:

1. **CI:** build, test, scan; one immutable artifact, tagged with the commit.
2. **Configure** from outside (environment, secret manager): the same artifact for staging and production.
3. **Migrate** the database in small compatible steps (*expand, migrate, contract*), because old and new code run at the same time.
4. **Roll out**, watch, roll back if errors or latency rise.

```dockerfile
FROM eclipse-temurin:25-jre
WORKDIR /app
COPY target/app.jar app.jar
USER 10001
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "app.jar"]
```

Where it runs:

| Option | For | Against |
|---|---|---|
| PaaS (Heroku, Render, DigitalOcean App Platform) | little operation | price, limits |
| Containers (AWS ECS/Fargate, Cloud Run) | flexible, scales | more setup |
| Kubernetes | many services, portable | needs expertise |
| Functions (AWS Lambda, Vercel) | scales to zero | cold starts, time limits, database connections |
| VM with systemd | simple, cheap | patching and failover are yours |

Strategies: **rolling** (instance by instance), **blue-green** (switch between two environments), **canary** (a few percent first), **feature flags** (release apart from deployment).

Zero downtime needs a readiness check and **graceful shutdown**: on `SIGTERM` stop taking new work, finish what runs, then close the pool.

Before going live: TLS, backups restored once, logs, metrics, alerts, limits, a runbook.

**Common mistakes:** the tag `latest`; running as root; secrets baked into the image; data on a container's own file system; migrations that lock a big table.

**Follow-up:** *"The new version fails after its migration ran. Roll back?"* With compatible migrations the old code still works; otherwise you can only fix forward.$q$),

(55, 7, 1, array['configuration', 'secrets', 'deployment'],
$q$What is environment variable?$q$,
$q$An environment variable is a name-value string that the operating system passes to a process when it starts. Applications read configuration from it, such as ports, URLs and feature flags, so that one build runs everywhere; secrets are often passed this way, though the variable itself is not protected storage.$q$,
$q$Environment variables are not "for sensitive data" as such: they are a channel for **configuration that differs between deployments** (the Twelve-Factor App's rule). A child process inherits a copy from its parent; changing it later in the parent has no effect on the child.

```bash
export DATABASE_URL='postgres://app@db.internal/shop'
PORT=8080 LOG_LEVEL=info java -jar app.jar
```

```java
static int port(Map<String, String> env) {
  String text = env.getOrDefault("PORT", "8080");
  try {
    int port = Integer.parseInt(text);
    if (port >= 1 && port <= 65535) return port;
  } catch (NumberFormatException e) {
    // reported below
  }
  throw new IllegalArgumentException("PORT must be 1 to 65535, not '" + text + "'");
}
```

Good practice:

- **Read once at start**, convert to typed values, and *fail at once* with a clear message when something is missing or malformed. All values are strings: `DEBUG=false` is truthy in a careless `if`.
- Document them; commit `.env.example`, ignore `.env`.
- Use a prefix to avoid collisions.

**How safe are secrets there?** Better than in source code, but not secret: the same user and root can read `/proc/<pid>/environ`, child processes inherit them, and crash reports or a debug page may print them. Stronger: files mounted by the orchestrator or a **secret manager** (Vault, AWS Secrets Manager) with rotation and audit; best are short-lived credentials by workload identity.

In frontend builds, variables such as `VITE_...` are **compiled into** the public bundle. Never put a secret there.

**Common mistakes:** secrets in a `Dockerfile` as `ENV` or `ARG` (they stay in the image or its history), a committed `.env`, logging the whole environment.

**Follow-up:** *"How do you rotate a database password without downtime?"* Two valid credentials for a while: add the new one, roll out, remove the old.$q$),

-- The interview itself -------------------------------------------------------

(56, 8, 1, array['hr', 'introduction', 'communication'],
$q$Tell me about yourself?$q$,
$q$Give a professional summary of 60 to 90 seconds: present, past, future. Say what you do now, one or two results that fit this job, and why this role is the next step; leave out life history and the list of every technology.$q$,
$q$The interviewer wants three things: a first impression of how you communicate, topics to ask about, and a link to the vacancy. They have read your CV, so do not recite it.

**Structure: present, past, future**

1. **Present** (20 s): role, kind of system, your responsibility.
2. **Past** (40 s): one or two results with numbers and *your* part in them.
3. **Future** (20 s): why this job, naming something specific to it.

**Sample**

"I am a backend developer with four years of experience, at present in a team of six that runs the order service of a web shop, in Java with PostgreSQL. I own the payment integration.

Last year our checkout failed for about 2% of customers at peak times. I traced it to lock waits on one stock row, reworked the reservation, and the failures fell below 0.1%. Before that I built internal APIs at an agency, where I learned to talk to customers directly.

I would like to go deeper into data-heavy systems with real scale. Your posting mentions moving to event-driven inventory; that is the problem I have just been working on."

**Without experience:** replace the job by a project: what it does, what was hard, what you learned, where it runs.

**How to prepare:** choose the results *after* reading the posting; write key points, not a script; practise aloud with a clock.

**Common mistakes:** five minutes without a pause, private details, "I know Java, Python, Go, Docker ..." without a result, "we" throughout so that nobody knows what you did.

**Follow-up:** expect *"How did you find that lock problem?"* Mention only what you can explain two levels deeper.$q$),

(57, 8, 1, array['hr', 'motivation', 'career'],
$q$Why backend development?$q$,
$q$Name a concrete reason and prove it with something you did: for example that you like data modelling, correctness under concurrency or making systems measurably faster, and the project where you noticed it. Then link it to this team's work; do not talk frontend down.$q$,
$q$The question tests **motivation** and whether you know what the work is really like. "Because it powers everything" is true of anybody's answer, so it says nothing about you.

**Structure: spark, evidence, link**

1. **Spark:** the moment or the kind of problem that drew you.
2. **Evidence:** what you did because of it.
3. **Link:** what in *this* job offers more of it.

**Sample**

"In a university project our booking application sold one seat twice. I found out that two requests had both read 'free' before either wrote. A unique constraint and one transaction fixed it, and I was hooked: I like problems where it is not enough that it usually works.

Since then I have sought that kind of work. In my last job I moved our nightly import from a 50-minute script to incremental processing with idempotent steps, so that a failure at 3 a.m. could simply be run again.

Your team handles payments, where exactly this matters, and that is why I applied."

Reasons that carry weight, *if they are yours*: data modelling; distributed systems and failure; performance one can measure; security; building platforms that other developers use.

Show that you know the less glamorous side too (on-call, migrations, legacy code) and can live with it.

**Common mistakes:** "I am not good at design", "it pays better", "I was assigned to it". These are negative or accidental reasons, even if true.

**Follow-up:** *"Would you do frontend work if needed?"* An honest, open answer: you know enough to build a simple page and to understand what an API is like for its user, and your strength is on the server.$q$),

(58, 8, 1, array['hr', 'strengths', 'self-assessment'],
$q$What are your strengths?$q$,
$q$Choose two or three strengths that this job needs and back each with a short example and a result, for instance methodical debugging, clear API design or careful work with data. Claims without evidence are worthless, so tell what happened.$q$,
$q$Anyone can say "problem-solving". The interviewer notes what you can **prove**. Match your strengths with the posting: if it stresses reliability, speak of reliability.

**Structure for each:** claim, situation, action, result (a short STAR).

**Samples**

**Methodical debugging.** "When our API began to time out once a day, others increased the pool. I correlated traces with database waits and found a report that held a lock for 40 seconds. We moved it to a replica and the time-outs stopped. I wrote the method down and the team uses it now."

**API design.** "I review from the caller's side. For our partner API I wrote the OpenAPI file and three sample clients first; two ambiguous fields were found before a line of server code existed, and we have not needed a breaking change since."

**Care with data.** "I split migrations into reversible steps and rehearse them on a copy. We changed the key type of a table with 200 million rows without downtime."

Mix a technical strength, a way of working and something between people, such as explaining clearly or calm in incidents.

**How to find them:** ask two former colleagues what they would call you for; look through your commits and incident notes for moments when you made the difference.

**Common mistakes:** a list of ten, pure adjectives ("hard-working, motivated"), strengths the job does not need, exaggeration that falls apart at the first question.

**Follow-up:** *"And a weakness?"* Give a real but not fatal one, and what you do about it: "I used to polish too long; now I agree on 'good enough' before I start and put the rest on a list."$q$),

(59, 8, 2, array['hr', 'project', 'architecture'],
$q$Describe your project?$q$,
$q$Take one project and tell it in two or three minutes: the problem and its users, your role, the architecture in a few boxes, one hard decision with its alternatives, the measured result, and what you would do differently. Be ready for questions on every part you mention.$q$,
$q$This is often the most technical HR question: from here the interviewer digs until you reach the limit of what you know. Choose a project whose **decisions** you understand, even if it is small.

**Structure**

1. **Problem and scale:** who uses it, how much load and data.
2. **Your role:** team size, what was *yours*.
3. **Architecture:** follow one request through it.
4. **One hard decision:** options, criteria, choice.
5. **Result:** numbers.
6. **Lesson:** what you would change.

**Sample**

"A booking system for 40 sports clubs, about 30,000 users, peaks on Monday evenings. We were three; I was responsible for the API and the database.

A React client calls a Java API behind a load balancer; data lies in PostgreSQL, mails go through a queue. A booking is one transaction; an exclusion constraint on court and time range makes double bookings impossible.

The hard decision was the Monday peak. We considered a queue in front of bookings, but users want the answer at once. Measuring showed that most of the load was *reading* the calendar, so we cached it for five seconds and left bookings direct. p95 fell from 1.8 s to 240 ms on the same hardware.

Today I would introduce tracing from the start; we lost days guessing."

Draw it if there is a board: client, API, database, queue, and arrows for the request.

**Prepare for:** *"What if the database fails?"*, *"How do you deploy?"*, *"What breaks at ten times the load?"*, *"How is access controlled?"*

**Common mistakes:** a tour of the technologies without a problem; "we" only; confidential details of an employer; hiding what went wrong. A well-told mistake shows more than a flawless tale.$q$),

(60, 8, 1, array['hr', 'closing', 'motivation'],
$q$Why should we hire you?$q$,
$q$Match their two or three main needs with your evidence, add what you bring beyond that, and say that you want this job and why. Be specific and calm: you need not claim to be better than applicants you do not know.$q$,
$q$The question asks you to make the case that the interviewer will repeat to colleagues afterwards. Give them sentences they can reuse.

**Structure: need, evidence, plus, will**

1. **Need:** what you understood as their main problem, from the posting *and from this conversation*.
2. **Evidence:** one result of yours for each.
3. **Plus:** something additional and useful.
4. **Will:** why you want *this* one.

**Sample**

"You said that releases take two weeks, because the order module is hard to test, and that you are about to split it off. I have done that once: in my last team we drew the module's boundaries first, put contract tests around them, and extracted it in four steps without downtime. We went from fortnightly releases to several a week.

You also need somebody for PostgreSQL questions; query tuning is what colleagues come to me for.

And I like writing things down, so whoever comes after me will find their way. I would be glad to do this here, because the product is used by people I can talk to."

**Preparation:** note the three main requirements of the posting and write one piece of evidence beside each. Where one is missing, say how you will close the gap: "I have not used Kafka in production; I have used RabbitMQ, know the delivery semantics, and have built a small Kafka project to see the differences."

**With little experience:** speed of learning is your argument, but *shown*: what you learned, in which time, with which result.

**Common mistakes:** "because I need the job", "I am a perfectionist", comparison with other candidates, repeating the CV, false modesty.

**Follow-up:** *"Do you have questions for us?"* Always. For example: what would make the first half-year a success, how decisions are made, what on-call looks like.$q$);
