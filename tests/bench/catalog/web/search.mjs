// A search engine of web shops, asked a line at a time: `node search.mjs flexsearch|minisearch PRODUCTS`.
// PRODUCTS has a product's folded text on each line, the most popular first. Answers with the nanoseconds that the index
// took, and then for each line typed with the nanoseconds and the ranks found, best first.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const FIRST = 10;
const [engine, path] = process.argv.slice(2);
const products = readFileSync(path, "utf8").split("\n").slice(0, -1);

// Words begin as typed, and sound alike. What was added first comes first where nothing else decides.
async function makeFlexSearch() {
  const { Index, Charset } = await import("flexsearch");
  const index = new Index({ tokenize: "forward", encoder: Charset.LatinBalance });
  products.forEach((text, rank) => index.add(rank, text));
  return (typed) => index.search(typed, { limit: FIRST });
}

// The last word as a beginning, longer ones with a mistake in five letters, all of them there; popular ones first.
async function makeMiniSearch() {
  const { default: MiniSearch } = await import("minisearch");
  const index = new MiniSearch({ fields: ["text"], storeFields: [] });
  index.addAll(products.map((text, id) => ({ id, text })));
  const options = {
    prefix: (_term, at, terms) => at === terms.length - 1,
    fuzzy: (term) => (term.length > 3 ? 0.2 : false),
    combineWith: "AND",
    boostDocument: (id) => 1 + 1 / (1 + Math.log2(1 + id)),
  };
  return (typed) => index.search(typed, options).slice(0, FIRST).map((hit) => hit.id);
}

const begin = process.cpuUsage();
const search = engine === "flexsearch" ? await makeFlexSearch() : await makeMiniSearch();
const built = process.cpuUsage(begin);
console.log((built.user + built.system) * 1000);
for await (const line of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  const found = search(line);
  console.log([process.hrtime.bigint() - start, ...found].join(" "));
}
