// What waits on this device until the server has it: sealed texts in IndexedDB. Beside each stands of which line of answers it is (a
// random name) and its place, so that it can be taken away when it has arrived; never whose it is or what was answered.

const NAME = "kring-outbox";
const ROWS = "sealed";
const LASTS = 14 * 24 * 60 * 60 * 1000;
export const APART = "apart"; // what the server did not understand; a later page tries again

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ROWS, { keyPath: "id", autoIncrement: true }).createIndex("line", "line");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

async function within(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(ROWS, mode);
      let found;
      transaction.oncomplete = () => resolve(found?.result);
      transaction.onabort = () => reject(transaction.error);
      found = work(transaction.objectStore(ROWS));
    });
  } finally {
    database.close();
  }
}

// Keep a sealed text; `instead` takes away what waits of the same line up to this place, in the same breath.
export function keep(row, { instead = false } = {}) {
  return within("readwrite", (rows) => {
    if (instead) drop(rows, row.line, row.place);
    return rows.add(row);
  });
}

// What waits, oldest first; at most so many.
export async function oldest(count) {
  const found = await within("readonly", (rows) => rows.getAll());
  return found.filter((row) => row.line !== APART).slice(0, count);
}

export async function waitingApart() {
  const found = await within("readonly", (rows) => rows.index("line").getAll(APART));
  const old = found.filter((row) => row.since < Date.now() - LASTS);
  if (old.length) await forget(old.map((row) => row.id));
  return found.filter((row) => !old.includes(row));
}

export function putApart({ line, place }) {
  const of = `${line} ${place}`;
  return within("readwrite", (rows) => {
    rows.index("line").openCursor(APART).onsuccess = ({ target: { result: cursor } }) => {
      if (cursor && cursor.value.of === of) cursor.delete();
      if (cursor) return cursor.continue();
      return move();
    };
    const move = () => {
      rows.index("line").openCursor(line).onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        const { id, sealed } = cursor.value;
        if (cursor.value.place === place) rows.put({ id, sealed, line: APART, place: 0, of, since: Date.now() });
        cursor.continue();
      };
    };
  });
}

export function forget(ids) {
  return within("readwrite", (rows) => {
    for (const id of ids) rows.delete(id);
  });
}

// The server has all of this line up to and including this place.
export function arrived(line, place) {
  return within("readwrite", (rows) => drop(rows, line, place));
}

function drop(rows, line, place) {
  rows.index("line").openCursor(line).onsuccess = (event) => {
    const cursor = event.target.result;
    if (!cursor) return;
    if (cursor.value.place <= place) cursor.delete();
    cursor.continue();
  };
}
