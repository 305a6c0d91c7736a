import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../exchange/bounds.ts';
import type { SiteView } from '../../../messaging/sites.ts';
import { GRANTABLE_SCOPES, type Grant } from '../../../policy/grant.ts';
import { readTerms } from '../../../policy/narrowest-grant.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Form } from '../../components/Form.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Origin } from '../../components/Origin.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorText } from '../../error-text.ts';
import type { App } from '../../state/app.ts';
import { t } from '../../text.ts';
import { GrantEditor } from './GrantEditor.tsx';
import { checkGrant, draftOf, type GrantDraft } from './grant-draft.ts';

interface GrantDialogProps {
  app: App;
  site: SiteView;
  /** The one that is changed; a new one without it. */
  grant?: Grant;
  onDone: () => void;
}

/** What a site may do without asking, changed or added. */
export function GrantDialog({ app, site, grant, onDone }: GrantDialogProps) {
  const { market } = app.trading;
  const [draft, setDraft] = useState<GrantDraft>(() => {
    const now = Date.now();
    return draftOf(grant ?? readTerms(now), now, grant === undefined);
  });
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const account = grant?.account ?? site.account;
  useEffect(() => {
    void market.ensureMarkets();
  }, [market]);
  const save = useAction(async () => {
    const checked = checkGrant(draft, Date.now());
    setProblems(checked.ok ? [] : checked.problems);
    if (!checked.ok || account === undefined) return;
    const { origin } = site;
    const { terms } = checked;
    await app.sites.saveGrant({ ...(grant && { id: grant.id }), origin, account, terms });
    onDone();
  });
  return (
    <Dialog title={t(grant ? 'editGrant' : 'newGrant')} onBack={onDone}>
      <Form error={save.error} onSubmit={() => void save.run()}>
        <p>
          <Origin origin={site.origin} />
        </p>
        {save.error && <Notice kind="error">{errorText(save.error)}</Notice>}
        <GrantEditor
          draft={draft}
          problems={problems}
          symbols={market.symbols.value}
          scopes={GRANTABLE_SCOPES}
          onChange={(part) => {
            setProblems([]);
            setDraft({ ...draft, ...part });
          }}
        />
        <div class="dialog-actions">
          <Button onPress={onDone}>{t('back')}</Button>
          <Button kind="primary" type="submit" busy={save.busy}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
