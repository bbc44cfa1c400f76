// push COUNT: an outbox of so many operations to the server, by PouchDB's own replication in batches of 500.
// pull: the server's catalogue into an empty database.
// Prints a JSON line with seconds, CPU seconds and bytes written to disk.
import {readFileSync} from 'node:fs';
import PouchDB from 'pouchdb';

const [folder, port, what, count] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}/`;
const cpu = () => {
  const usage = process.cpuUsage();
  return (usage.user + usage.system) / 1e6;
};
// Whole pages that this process dirtied.
const bytesWritten = () => Number(/^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))[1]);
const local = new PouchDB(`${folder}/client-${what}`);
if (what === 'push') {
  const docs = [];
  for (let i = 0; i < Number(count); ++i) {
    docs.push({_id: 'op-' + String(i).padStart(8, '0'), t: 'wishlist.add',
               d: {list: 'list-' + Math.floor(i / 8), sku: 'SKU-' + (i * 7919) % 200000, quantity: 1 + i % 3}});
    if (docs.length === 1000) await local.bulkDocs(docs.splice(0));
  }
  if (docs.length > 0) await local.bulkDocs(docs);
}
const cpuStart = cpu();
const writtenStart = bytesWritten();
const start = performance.now();
const remote = new PouchDB(url + (what === 'push' ? 'operations' : 'catalog'));
const done = what === 'push' ? await local.replicate.to(remote, {batch_size: 500})
                             : await local.replicate.from(remote, {batch_size: 500});
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({who: 'pouchdb', documents: done.docs_written, seconds, clientCpuSeconds: cpu() - cpuStart,
                            written: bytesWritten() - writtenStart}));
process.exit(0);
