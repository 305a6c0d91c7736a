// What Firefox itself is asked to do, as the source of functions that run where its own code runs.

/** Ends the event page of an extension; says whether the one that ran is gone. */
export const STOP_BACKGROUND = `async (id) => {
  const { extension } = WebExtensionPolicy.getByID(id);
  const before = extension.backgroundContext;
  await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
  return before && extension.backgroundContext === before ? 'still there' : 'gone';
}`;
/** `yes` or `no`. */
export const IS_INSTALLED =
  'async (id) => WebExtensionPolicy.getByID(id)?.extension ? "yes" : "no"';
/** Takes a certificate, base64 DER, for an authority over web sites. */
export const TRUST_AUTHORITY = `async (der) => {
  Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB).addCertFromBase64(der, 'C,,');
}`;
/** Installs a packed extension over the one of the same id. Yields what became of it. */
export const UPDATE = `async (path) => {
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const { FileUtils } = ChromeUtils.importESModule('resource://gre/modules/FileUtils.sys.mjs');
  const install = await AddonManager.getInstallForFile(new FileUtils.File(path));
  const ended = new Promise((done) => install.addListener({
    onInstallEnded: () => done('applied'),
    onInstallPostponed: () => done('put off'),
    onInstallFailed: () => done('failed'),
    onInstallCancelled: () => done('cancelled'),
  }));
  void install.install();
  return ended;
}`;
/** Empties the browser’s list of errors. */
export const FORGET_ERRORS = 'async () => Services.console.reset()';
/** The errors since then that came from scripts of an origin, one a line. */
export const ERRORS_OF = `async (origin) => Services.console.getMessageArray()
  .filter((m) => m instanceof Ci.nsIScriptError && (m.flags & Ci.nsIScriptError.warningFlag) === 0)
  .filter((m) => m.sourceName.startsWith(origin)).map((m) => m.errorMessage).join('\\n')`;
/** Sets a preference that is a number. */
export const SET_NUMBER = 'async (name, value) => Services.prefs.setIntPref(name, Number(value))';
/**
 * Presses an extension's button in the toolbar, in the window that shows the page at that address; its popup opens over it. One that
 * is still open from before only closes at a press, and the page is not given to the extension: then it is pressed again.
 */
export const PRESS_ACTION = `async (id, url) => {
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const { extension } = WebExtensionPolicy.getByID(id);
  const action = ExtensionParent.apiManager.global.browserActionFor(extension);
  const windows = [...Services.wm.getEnumerator('navigator:browser')];
  const window = windows.find(({ gBrowser }) => gBrowser?.currentURI.spec === url);
  if (!window) throw new Error('no window shows ' + url);
  await action.triggerAction(window);
  const isGiven = () => extension.tabManager.hasActiveTabPermission(window.gBrowser.selectedTab);
  if (!isGiven()) await action.triggerAction(window);
  if (!isGiven()) throw new Error('the press gave nothing');
}`;
