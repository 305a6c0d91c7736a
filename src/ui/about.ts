/** What is installed: the version, and which build of it. */
export interface About {
  version: string;
  /** SHA-256 of the build in hex; empty where none was made, as while developing. */
  build: string;
}

let about: About = { version: '', build: '' };

/** Says what is installed. Called once by each page before it renders. */
export function provideAbout({ version }: { version: string }, page: Document): void {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="buckle-build"]');
  about = { version, build: meta?.content ?? '' };
}

export const whatIsInstalled = (): About => about;
