// PostGraphile as its documentation sets it up for row-level security: every request runs in the role and with the claims
// of its token, and the database decides.
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { postgraphile } from 'postgraphile';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const claimsOf = (request) => {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  return scheme === 'Bearer' && jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
};

const preset = {
  extends: [PostGraphileAmberPreset],
  // Lists may be ordered by any column, as with the others, whether or not an index begins with it.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['public'], poolConfig: { max: 10 } }),
  ],
  grafast: {
    explain: false,
    context({ node }) {
      const { claims } = node.req;
      return {
        pgSettings: claims ? { role: 'bench_user', 'jwt.claims.sub': claims.sub } : { role: 'bench_visitor' },
      };
    },
  },
  grafserv: { graphiql: false, watch: false },
};

const instance = postgraphile(preset);
const handle = instance.createServ(grafserv).createHandler();
await instance.getSchema();

createServer((request, response) => {
  if (request.url === '/readyz') {
    response.end();
    return;
  }
  try {
    request.claims = claimsOf(request);
  } catch {
    response.writeHead(401).end();
    return;
  }
  handle(request, response);
}).listen(Number(process.env.PORT), '127.0.0.1');
