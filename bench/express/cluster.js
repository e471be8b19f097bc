// The same server in several processes, which share its port.
import cluster from 'node:cluster';

if (cluster.isPrimary) {
  const workers = Number(process.env.WORKERS);
  let forked = 1;
  cluster.fork();
  // One after the other, since each makes the tables that are missing.
  cluster.on('listening', () => forked++ < workers && cluster.fork());
  cluster.on('exit', () => process.exit(1));
} else {
  await import('./server.js');
}
