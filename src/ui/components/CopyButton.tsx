import { useEffect, useState } from 'preact/hooks';
import { t } from '../text.ts';
import { Button } from './Button.tsx';

/** Copies `text`; says so for two seconds. */
export function CopyButton({
  text,
  label,
  small = false,
}: {
  text: string;
  label: string;
  small?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <>
      <Button small={small} icon={copied ? 'check' : 'copy'} iconOnly title={label} onPress={copy}>
        {label}
      </Button>
      <span class="visually-hidden" role="status">
        {copied ? t('copied') : ''}
      </span>
    </>
  );
}
