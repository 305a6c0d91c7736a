/** A practice exchange that listens on 127.0.0.1 and how a browser can trust it. */
export interface Exchange {
  port: number;
  /** base64 SHA-256 of the leaf's SubjectPublicKeyInfo: what Chromium accepts. */
  spki: string;
  /** base64 DER of the authority that signed the leaf: what Firefox imports. */
  caDerBase64: string;
}

/** The exchange's host names; each leads to the practice exchange in a browser started for a test. */
export const EXCHANGE_HOSTS = ['api.backpack.exchange', 'ws.backpack.exchange'];

/** Hosts of web sites that Buckle is tried on; they lead to the same server. */
export const SITE_HOSTS = ['desk.example.com', 'other.example.net'];

/** Every host name that a browser started for a test finds at the practice exchange's port. */
export const TEST_HOSTS = [...EXCHANGE_HOSTS, ...SITE_HOSTS];
