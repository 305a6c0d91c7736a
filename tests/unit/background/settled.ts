/**
 * Lets what is under way come to its end. Turns of the loop are counted, for what a disk or a browser does, since a busy machine
 * may take long for each; the rest is for what other threads do, as digests.
 */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 5));
}
