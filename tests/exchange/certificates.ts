import { createHash, X509Certificate } from 'node:crypto';
import selfsigned from 'selfsigned';

const HOSTS = ['api.backpack.exchange', 'ws.backpack.exchange'];
const DAY_MS = 86_400_000;

export interface Certificates {
  readonly key: string;
  readonly cert: string;
  /** base64 of the SHA-256 of the leaf's public key, for Chromium's list of keys to trust. */
  readonly spki: string;
  /** base64 of the authority's certificate, for Firefox to import. */
  readonly caDerBase64: string;
}

/** A fresh authority and a certificate of its for the exchange's host names, and for `others`. */
export async function createCertificates(others: readonly string[] = []): Promise<Certificates> {
  const common = {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + 30 * DAY_MS),
  } as const;
  const ca = await selfsigned.generate([{ name: 'commonName', value: 'Practice exchange CA' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await selfsigned.generate([{ name: 'commonName', value: 'api.backpack.exchange' }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...HOSTS, ...others].map((value) => ({ type: 2, value })),
      },
    ],
  });
  const spki = new X509Certificate(leaf.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: leaf.private,
    cert: leaf.cert,
    spki: createHash('sha256').update(spki).digest('base64'),
    caDerBase64: new X509Certificate(ca.cert).raw.toString('base64'),
  };
}
