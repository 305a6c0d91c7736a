import type { ComponentChildren } from 'preact';
import { Button } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';

type NoticeKind = 'info' | 'warn' | 'error' | 'success';

interface NoticeProps {
  kind: NoticeKind;
  children: ComponentChildren;
  action?: { label: string; onPress: () => void; busy?: boolean } | undefined;
}

const ICONS: Record<NoticeKind, IconName> = {
  info: 'info',
  warn: 'warning',
  error: 'warning',
  success: 'check',
};

/** Something to know, above what it is about. Errors interrupt a screen reader, good news waits its turn. */
export function Notice({ kind, children, action }: NoticeProps) {
  const role = kind === 'error' ? 'alert' : kind === 'success' ? 'status' : undefined;
  return (
    <div class={`notice notice-${kind}`} role={role}>
      <Icon name={ICONS[kind]} />
      <div class="notice-text">{children}</div>
      {action && (
        <Button small busy={action.busy ?? false} onPress={action.onPress}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
