// Locks what waits on this device with the public key of the round: only the server can open it, and nobody here, also not this page.
// sealed = base64url(ephemeral public key ‖ iv ‖ AES-256-GCM(JSON)).

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = new TextEncoder().encode("kring outbox");

export const canSeal = Boolean(globalThis.crypto?.subtle);

export async function seal(body, key) {
  const round = bytes(key);
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const lock = await lockOf(pair.privateKey, round, joined(own, round));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(body));
  const locked = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lock, text));
  return base64url(joined(own, iv, locked));
}

async function lockOf(own, round, salt) {
  const theirs = await crypto.subtle.importKey("raw", round, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: INFO };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function base64url(whole) {
  let plain = "";
  for (const byte of whole) plain += String.fromCharCode(byte);
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
