import type { Problem } from '../../exchange/bounds.ts';
import type { GrantTerms } from '../../policy/grant.ts';
import { Check } from '../components/Check.tsx';
import { GrantEditor } from '../screens/Sites/GrantEditor.tsx';
import type { GrantDraft } from '../screens/Sites/grant-draft.ts';
import { t } from '../text.ts';

interface RememberProps {
  /** The grant in the making; none while the box is not ticked. */
  draft: GrantDraft | undefined;
  problems: readonly Problem[];
  symbols: readonly string[];
  onTick: (on: boolean) => void;
  onChange: (part: Partial<GrantDraft>) => void;
}

const SCOPES: GrantTerms['scopes'] = ['read', 'trade'];

/** The box that opens the grant editor, which starts with the least that lets this request through. */
export function Remember({ draft, problems, symbols, onTick, onChange }: RememberProps) {
  return (
    <div class="remember">
      <Check
        label={t('remember')}
        hint={t(draft ? 'rememberPrefilled' : 'rememberHint')}
        checked={draft !== undefined}
        onChange={onTick}
      />
      {draft && (
        <GrantEditor
          draft={draft}
          problems={problems}
          symbols={symbols}
          scopes={SCOPES}
          onChange={onChange}
        />
      )}
    </div>
  );
}
