// The key lies in IndexedDB as the browser keeps it, which is the shortest way to have one after the
// worker was stopped. A real signer must not do this: the browser writes such a key to disk in the clear.
const api = globalThis.browser ?? globalThis.chrome;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function loadKey() {
  const opening = indexedDB.open('floor', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
  const database = await done(opening);
  const kept = await done(database.transaction('keys').objectStore('keys').get('key'));
  if (kept) return kept;
  const { privateKey } = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const keys = database.transaction('keys', 'readwrite').objectStore('keys');
  await done(keys.put(privateKey, 'key'));
  return privateKey;
}

let loading;

async function sign(text) {
  loading ??= loadKey();
  const signature = await crypto.subtle.sign(
    'Ed25519',
    await loading,
    new TextEncoder().encode(text),
  );
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

api.runtime.onMessage.addListener((text, _sender, reply) => {
  sign(text).then(
    (signature) => reply({ signature }),
    (error) => reply({ error: error.message }),
  );
  return true;
});
