// A CouchDB-like server for the peer's side: express-pouchdb on LevelDB. Prints its port, then counts the bytes
// that it received and sent and its CPU seconds from the first connection on, and prints them when standard input
// ends.
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import PouchDB from 'pouchdb';

const Store = PouchDB.defaults({prefix: process.argv[2] + '/server-'});
const app = express();
app.use('/', expressPouchDB(Store, {mode: 'minimumForPouchDB', logPath: process.argv[2] + '/log.txt'}));
let bytes = 0;
let sent = 0;
let cpuStart = null;
const cpu = () => {
  const usage = process.cpuUsage();
  return (usage.user + usage.system) / 1e6;
};
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
server.on('connection', () => cpuStart ??= cpu());
server.on('connection', (socket) => socket.on('close', () => {
  bytes += socket.bytesRead;
  sent += socket.bytesWritten;
}));
process.stdin.on('data', async (line) => {
  const [command, count, stores] = line.toString().trim().split(' ');
  if (command !== 'fill') return;
  const db = new Store('catalog');
  const docs = [];
  for (let i = 0; i < Number(count); ++i) {
    const stock = {};
    for (let s = 0; s < Number(stores); ++s) stock['store-' + s] = (i * 31 + s * 7) % 20;
    docs.push({_id: 'SKU-' + String(i).padStart(7, '0'), title: 'Product number ' + i + ' of the catalogue',
               brand: 'Brand ' + (i % 500), price: 100 + (i % 9000), stock});
    if (docs.length === 1000) await db.bulkDocs(docs.splice(0));
  }
  if (docs.length > 0) await db.bulkDocs(docs);
  console.log('filled');
});
process.stdin.on('end', () => {
  server.closeAllConnections();
  setTimeout(() => {
    console.log(JSON.stringify({received: bytes, sent, serverCpuSeconds: cpu() - cpuStart}));
    process.exit(0);
  }, 200);
});
