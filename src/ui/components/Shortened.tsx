/** A long text such as an address or a hash: both ends in sight, whole on hover and on copy. */
export function Shortened({ text }: { text: string }) {
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  const shown = text.length <= 15 ? text : `${text.slice(0, 6)}…${text.slice(-6)}`;
  return (
    <code class="shortened" title={text} onCopy={onCopy}>
      {shown}
    </code>
  );
}
