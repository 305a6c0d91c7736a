import puppeteer, { type Browser } from 'puppeteer-core';

interface Connection {
  send(method: string, params: unknown): Promise<unknown>;
}

const isConnection = (value: unknown): value is Connection =>
  typeof value === 'object' &&
  value !== null &&
  'send' in value &&
  typeof value.send === 'function';

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** A Firefox spoken to over WebDriver BiDi, its privileged side included. */
export interface Firefox {
  browser: Browser;
  /** Sends a BiDi command that puppeteer has no method for; yields its result. */
  send(method: string, params: unknown): Promise<unknown>;
  /** The ids of all tabs and windows. */
  contexts(): Promise<string[]>;
  /** Runs an async function, given as its source, where the browser's own code runs. Texts in, text out. */
  privileged(fn: string, ...args: string[]): Promise<unknown>;
}

/** @param endpoint - What Firefox printed: `ws://127.0.0.1:PORT`. */
export async function connectFirefox(endpoint: string): Promise<Firefox> {
  const browser = await puppeteer.connect({
    browserWSEndpoint: `${endpoint}/session`,
    protocol: 'webDriverBiDi',
    defaultViewport: null,
    // Watching the network would keep every answer in memory, and nothing here reads it.
    networkEnabled: false,
  });
  const connection: unknown = Reflect.get(browser, 'connection');
  if (!isConnection(connection)) throw new Error('puppeteer gives no BiDi connection');
  const send = async (method: string, params: unknown): Promise<unknown> =>
    field(await connection.send(method, params), 'result');

  const privileged = async (fn: string, ...args: string[]): Promise<unknown> => {
    const tree = field(
      await send('browsingContext.getTree', { 'moz:scope': 'chrome' }),
      'contexts',
    );
    const context = Array.isArray(tree) ? field(tree[0], 'context') : undefined;
    const answer = await send('script.callFunction', {
      functionDeclaration: fn,
      arguments: args.map((value) => ({ type: 'string', value })),
      awaitPromise: true,
      target: { context },
    });
    if (field(answer, 'type') === 'exception') {
      throw new Error(`in Firefox: ${field(field(answer, 'exceptionDetails'), 'text')}`);
    }
    return field(field(answer, 'result'), 'value');
  };
  const contexts = async (): Promise<string[]> => {
    const tree = field(await send('browsingContext.getTree', { maxDepth: 0 }), 'contexts');
    return Array.isArray(tree) ? tree.map((context) => String(field(context, 'context'))) : [];
  };
  return { browser, send, contexts, privileged };
}
