// What a careful hand writes with Express and pg: a pool, prepared statements by name, checked input.
import express from 'express';
import jwt from 'jsonwebtoken';
import pg from 'pg';

const INT8 = 20;
pg.types.setTypeParser(INT8, Number);

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
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

function signedIn(request, response, next) {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  try {
    if (scheme !== 'Bearer') throw new Error('no bearer token');
    request.user = jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
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
