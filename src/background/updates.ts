const ALARM = 'buckle-update';
const TRY_AGAIN_MINUTES = 1;

/** The part of the browser that updates need. */
export interface UpdateBrowser {
  runtime: {
    onUpdateAvailable: { addListener(listener: () => Promise<void>): void };
    /** Buckle's own contexts, this background included. */
    getContexts(filter: object): Promise<readonly { contextType: string }[]>;
    reload(): void;
  };
  alarms: {
    create(name: string, info: { periodInMinutes: number }): unknown;
    clear(name: string): Promise<boolean>;
    onAlarm: {
      addListener(listener: (alarm: { name: string }) => Promise<void> | undefined): void;
    };
  };
}

export interface UpdateDependencies {
  browser: UpdateBrowser;
  /** Outlives this worker, and neither the browser nor an update: there if an update is ready. */
  ready: { get(): Promise<unknown>; set(value: unknown): Promise<void> };
  /** Does anything wait for a person or a page, or is anything being sent? */
  isBusy: () => Promise<boolean>;
  report: (error: unknown) => void;
}

/**
 * An update locks Buckle, closes its pages and ends what waits. So one that is ready is put off while a page of Buckle is open,
 * a site waits for an answer or a request is under way; at the latest it comes with the next start of the browser.
 */
export function createUpdates({ browser, ready, isBusy, report }: UpdateDependencies) {
  const { runtime, alarms } = browser;

  const attempt = async (): Promise<void> => {
    if ((await ready.get()) !== true) {
      await alarms.clear(ALARM);
      return;
    }
    const contexts = await runtime.getContexts({});
    if (contexts.some(({ contextType }) => contextType !== 'BACKGROUND')) return;
    if (!(await isBusy())) runtime.reload();
  };

  return {
    /** Adds all listeners. To be called in the worker's first turn. */
    register(): void {
      runtime.onUpdateAvailable.addListener(async () => {
        await ready.set(true);
        await alarms.create(ALARM, { periodInMinutes: TRY_AGAIN_MINUTES });
        await attempt().catch(report);
      });
      alarms.onAlarm.addListener(({ name }) =>
        name === ALARM ? attempt().catch(report) : undefined,
      );
    },
  };
}
