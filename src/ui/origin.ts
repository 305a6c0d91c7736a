/** An origin taken apart for the eye: `https://` · `desk.` · **`example.com`** · `:8443`. */
export interface OriginParts {
  scheme: string;
  before: string;
  /** The end of the host: at least the part that somebody has registered, as far as can be told without a list of all. */
  stressed: string;
  port: string;
  /** A program on this computer, reached without encryption. */
  isLocal: boolean;
  /** The host has letters beyond a–z, written as `xn--…`: they may look like others. */
  isForeignScript: boolean;
}

/** Below a country's ending, words under which names are registered: `example.co.uk`. */
const SECOND_LEVEL =
  /^(ac|asn|biz|co|com|edu|firm|gen|go|gob|gouv|gov|gv|id|ind|info|lg|ltd|me|mil|name|ne|net|nhs|nic|nom|or|org|plc|sch|school|web)$/;
/** Hosts that let anyone register a name below their own. Not all of them: the rest shows one label too few in bold, never one too many of another's. */
const SHARED =
  /(^|\.)(github\.io|gitlab\.io|pages\.dev|workers\.dev|vercel\.app|netlify\.app|web\.app|firebaseapp\.com|herokuapp\.com|onrender\.com|fly\.dev|surge\.sh|glitch\.me|replit\.app|repl\.co|blogspot\.com|appspot\.com|azurewebsites\.net|cloudfront\.net|amazonaws\.com|translate\.goog|ngrok\.io|ngrok\.app|ngrok-free\.app|trycloudflare\.com)$/;

const isAddress = (hostname: string): boolean => /^\[|^[\d.]+$/.test(hostname);

/** How many labels at the end of a host belong to whoever registered it, as far as can be told. */
function registered(labels: readonly string[]): number {
  const [ending = '', second = ''] = [labels.at(-1), labels.at(-2)];
  if (SHARED.test(labels.join('.'))) return 3;
  return ending.length === 2 && SECOND_LEVEL.test(second) ? 3 : 2;
}

/**
 * @param origin - As the browser's record gave it: `https://desk.example.com:8443`, the host in ASCII. Text that is no
 * origin is stressed whole.
 */
export function originParts(origin: string): OriginParts {
  const whole = {
    scheme: '',
    before: '',
    stressed: origin,
    port: '',
    isLocal: false,
    isForeignScript: false,
  };
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return whole;
  const { protocol, hostname, port } = new URL(origin);
  const labels = hostname.split('.');
  const count = isAddress(hostname) ? labels.length : registered(labels);
  const before = labels.slice(0, Math.max(0, labels.length - count));
  return {
    scheme: `${protocol}//`,
    before: before.map((label) => `${label}.`).join(''),
    stressed: labels.slice(before.length).join('.'),
    port: port === '' ? '' : `:${port}`,
    isLocal: protocol === 'http:',
    isForeignScript: labels.some((label) => label.startsWith('xn--')),
  };
}
