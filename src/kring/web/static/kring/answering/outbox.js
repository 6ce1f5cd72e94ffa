// The way of answers to the server: each at once and in the background, and when the connection is gone later, exactly once.
//
//   const line = openLine({ ticket, key, named, onState, onReply });
//   line.put(item, value)                      // a matrix: line.put(item, value, [invitation, seenTurn])
//   await line.handIn({ readers })             // a matrix: line.handIn({ invitations }); the line stays open then
//   deliverWaiting()                           // on any page: sends what an earlier page on this device could not
//
// `ticket` and `key` come with the page; each ticket is a sitting of its own, so places begin at 1.
// `named: false` sends nothing before `handIn`: a list without names goes in one piece.
//
// onState({ state, waiting, why }): "kept" all of it has arrived · "sending" · "later" it waits here, sealed · "held" it waits in this
// page alone · "stuck" one answer is not understood: it stays here, sealed · "over" the server takes no more of this list (why:
// handed_in, closed, ended, withdrawn, ticket). onReply(reply): of a matrix its `turns` and `conflicts`.
// line.put returns the place that was given. handIn resolves to "handed_in", "later" (sealed here, sent by itself) or { why }.

import { canSeal, seal } from "./sealing.js";
import { APART, arrived, forget, keep, oldest, putApart, waitingApart } from "./waiting.js";

const SAVE = "/answers/";
const HAND_IN = "/answers/hand-in/";
const SEALED = "/answers/sealed/";
const MOST = 200; // answers in one request
const OVER = new Set([403, 409, 410]);
const TRIES = 5;

class NotNow extends Error {
  constructor(seconds, { isBroken = false } = {}) {
    super("not now");
    this.seconds = seconds;
    this.isBroken = isBroken;
  }
}

async function post(url, body, { keepalive = false } = {}) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: keepalive ? undefined : AbortSignal.timeout?.(20_000),
      keepalive,
    });
    const said = await response.json();
    if (response.ok || (response.status < 500 && response.status !== 429)) return { status: response.status, said };
  } catch {
    throw new NotNow(0);
  }
  throw new NotNow(Number(response.headers.get("Retry-After")) || 0, { isBroken: response.status === 500 });
}

// 1, 2, 4 … 60 seconds, each with some chance in it, so that a class does not come back as one.
function pause(times, seconds) {
  const wait = Math.max(seconds, Math.min(60, 2 ** times)) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => {
    const on = () => {
      clearTimeout(timer);
      removeEventListener("online", on);
      resolve();
    };
    const timer = setTimeout(on, wait * 1000);
    addEventListener("online", on);
  });
}

function after(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

class Line {
  #unsent = []; // [place, item, value, …], oldest first
  #sealing = Promise.resolve();
  #place = 0;
  #keptUpTo = 0;
  #sealedUpTo = 0;
  #busy = null;
  #over = null;
  #mayRest = true; // everything unsent is sealed as well
  #apart = [];
  #oneByOne = false;

  constructor({ ticket, key, named = true, onState = () => {}, onReply = () => {} }) {
    Object.assign(this, { ticket, key, named, onState, onReply, line: Math.random().toString(36).slice(2) });
    addEventListener("pagehide", () => this.#lastCall());
  }

  get waiting() {
    return this.#unsent.length;
  }

  put(item, value, more = []) {
    if (this.#over) return 0;
    const entry = [++this.#place, item, value, ...more];
    const isOther = (one) => one[1] !== item || one[3] !== entry[3];
    this.#unsent = this.#unsent.filter(isOther);
    this.#apart = this.#apart.filter(isOther);
    this.#unsent.push(entry);
    if (this.named) {
      this.#sealAside({ route: "save", ticket: this.ticket, answers: [entry] }, entry[0]);
      this.#send();
    }
    return entry[0];
  }

  // Everything that is not there yet goes along, so that the order in which things arrive does not matter.
  async handIn(more = {}) {
    if (this.named && !this.#over) await this.sent();
    if (this.#over) return this.#over;
    if (more.invitations) return this.#handInSome(more);
    const body = { ticket: this.ticket, answers: [...this.#unsent], ...more };
    const place = this.#place + 1;
    await this.#sealAside({ route: "hand-in", ...body }, place, { instead: true });
    try {
      const { status, said } = await post(HAND_IN, body);
      if (OVER.has(status)) return this.#stop(status, said);
      if (status !== 200) return this.#handInWithout(place, more);
    } catch (failure) {
      if (!(failure instanceof NotNow)) throw failure;
      return this.#handInLater(place);
    }
    this.#end("handed_in");
    await this.#forgetUpTo(place);
    return "handed_in";
  }

  async #handInSome(more) {
    if (this.#unsent.length) return { why: "offline" };
    try {
      const { status, said } = await post(HAND_IN, { ticket: this.ticket, ...more });
      return status === 200 ? "handed_in" : { why: said.why, ...said };
    } catch {
      return { why: "offline" };
    }
  }

  async #handInWithout(place, more) {
    const before = this.#unsent.length;
    if (this.named && before) {
      this.#oneByOne = true;
      await this.sent();
      if (this.#over || this.#unsent.length < before) return this.handIn(more);
    }
    await this.#layApart(place);
    return { why: "stuck" };
  }

  #handInLater(place) {
    if (this.#sealedUpTo < place) return { why: "offline" };
    this.#end("later");
    deliverWaiting();
    return "later";
  }

  #end(why) {
    this.#unsent = [];
    this.#over = { why };
  }

  // Resolves when all has arrived, or after some seconds when it has not.
  async sent() {
    await this.#sealing;
    if (this.#unsent.length) await Promise.race([this.#send(), after(3)]);
    return !this.#unsent.length;
  }

  async #sealAside(body, place, how) {
    if (!canSeal || !this.key) {
      this.#mayRest = false;
      return;
    }
    this.#sealing = this.#sealing
      .then(async () => {
        if (place <= this.#keptUpTo) return;
        await keep({ line: this.line, place, sealed: await seal(body, this.key) }, how);
        this.#sealedUpTo = Math.max(this.#sealedUpTo, place);
        if (place <= this.#keptUpTo) await arrived(this.line, this.#keptUpTo);
      })
      .catch(() => {
        this.#mayRest = false;
      });
    await this.#sealing;
  }

  #send() {
    this.#busy ??= this.#sendAll().finally(() => {
      this.#busy = null;
    });
    return this.#busy;
  }

  async #sendAll() {
    let times = 0;
    while (this.#unsent.length && !this.#over) {
      const first = this.#unsent[0];
      try {
        this.#tell(times ? this.#asleep() : "sending");
        await this.#sendSome();
        times = 0;
      } catch (failure) {
        if (!(failure instanceof NotNow)) throw failure;
        times = await this.#wait(failure, first, times + 1);
      }
    }
    if (!this.#over) this.#tell(this.#apart.length ? "stuck" : "kept");
  }

  async #wait(failure, first, times) {
    if (failure.isBroken) {
      if (this.#oneByOne && times >= TRIES) {
        await this.#leaveOut(first);
        return 0;
      }
      this.#oneByOne = true;
    }
    this.#tell(this.#asleep());
    await pause(times - 1, failure.seconds);
    return times;
  }

  async #sendSome() {
    const answers = this.#unsent.slice(0, this.#oneByOne ? 1 : MOST);
    const { status, said } = await post(SAVE, { ticket: this.ticket, answers });
    if (OVER.has(status)) return this.#stop(status, said);
    if (status !== 200) return this.#notTaken(said, answers);
    this.#unsent = this.#unsent.filter((one) => !answers.includes(one));
    await this.#forgetUpTo(answers.at(-1)[0]);
    return this.onReply(said);
  }

  async #notTaken(said, answers) {
    const wrong = answers.length === 1 ? answers[0] : answers.find((one) => one[0] === said.place);
    if (wrong) await this.#leaveOut(wrong);
    else this.#oneByOne = true;
  }

  // It stays here, sealed, and keeps the others waiting no longer.
  async #leaveOut(wrong) {
    this.#unsent = this.#unsent.filter((one) => one !== wrong);
    this.#apart.push(wrong);
    await this.#layApart(wrong[0]);
    this.onReply({ refused: [wrong] });
  }

  async #layApart(place) {
    await this.#sealing;
    await putApart({ line: this.line, place }).catch(() => {});
  }

  async #forgetUpTo(place) {
    this.#keptUpTo = Math.max(this.#keptUpTo, place);
    await arrived(this.line, place).catch(() => {});
  }

  async #stop(status, said) {
    this.#over = { why: OVER.has(status) ? said.why : "refused", setAside: Boolean(said.set_aside) };
    this.#unsent = [];
    await this.#sealing;
    await this.#forgetUpTo(this.#place);
    this.#tell("over", this.#over.why);
    return this.#over;
  }

  #asleep() {
    return this.#mayRest ? "later" : "held";
  }

  #tell(state, why = "") {
    this.onState({ state, why, waiting: this.#unsent.length });
  }

  #lastCall() {
    if (!this.named || this.#over || !this.#unsent.length) return;
    post(SAVE, { ticket: this.ticket, answers: this.#unsent.slice(0, MOST) }, { keepalive: true }).catch(() => {});
  }
}

export function openLine(given) {
  return new Line(given);
}

let delivering = null;

// Sends what waits on this device, whoever's it is. One page at a time does so. Resolves to how many were taken off.
export function deliverWaiting({ tries = Infinity } = {}) {
  delivering ??= alone(() => deliverAll(tries)).finally(() => {
    delivering = null;
  });
  return delivering;
}

function alone(work) {
  return navigator.locks ? navigator.locks.request("kring-outbox", work) : work();
}

async function deliverAll(tries) {
  let [taken, times] = [0, 0];
  const again = await waitingApart().catch(() => []);
  while (times < tries) {
    try {
      const rows = await oldest(20).catch(() => []);
      if (!rows.length && !again.length) return taken;
      taken += await deliverSome(rows.length ? rows : again.splice(0, 20));
      times = 0;
    } catch (failure) {
      if (!(failure instanceof NotNow)) throw failure;
      if (++times < tries) await pause(times, failure.seconds);
    }
  }
  return taken;
}

async function deliverSome(rows) {
  const { status, said } = await post(SEALED, { items: rows.map((row) => row.sealed) });
  if (status !== 200 || !Array.isArray(said.items)) throw new NotNow(60);
  const told = (...words) => rows.filter((_, at) => words.includes(said.items[at]));
  const over = told("kept", "set_aside", "refused", "conflict");
  const apart = told("not_understood", "broken").filter((row) => row.line !== APART);
  await forget(over.map((row) => row.id));
  for (const row of apart) await putApart(row);
  if (told("conflict").length) document.dispatchEvent(new CustomEvent("kring:conflict"));
  if (!over.length && !apart.length && rows[0].line !== APART) throw new NotNow(30);
  return over.length;
}
