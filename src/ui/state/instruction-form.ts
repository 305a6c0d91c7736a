import { computed, type ReadonlySignal, signal } from '@preact/signals';
import * as v from 'valibot';
import type { Params } from '../../core/canonical.ts';
import type { WireError } from '../../core/errors.ts';
import type { Problem } from '../../exchange/bounds.ts';
import {
  type Instruction,
  instructions,
  isRead,
  type ParamsOf,
  type ReadInstruction,
} from '../../exchange/instructions/index.ts';
import {
  type CheckedRequest,
  checkRequest,
  type RequestDraft,
} from '../../exchange/request-draft.ts';
import { type RequestField, requestFields } from '../../exchange/request-fields.ts';
import type { Drafts } from './drafts.ts';
import { createPlacement, type PlacementState } from './placement.ts';
import type { Reads } from './reads.ts';
import { createLoader, type Remote } from './remote.ts';
import type { Requests } from './requests.ts';

/** Params of which each is given. */
export type GivenParams = Readonly<Record<string, string | number | boolean>>;

const givenOf = (params: Params): GivenParams =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value == null ? [] : [[name, value]])),
  );

/** What was asked, and what came back. */
export interface Answered {
  params: GivenParams;
  answer: unknown;
  /** For paged answers: how many there are in all. */
  total?: number | undefined;
}

/** The form of one instruction, whichever it is. */
export interface InstructionForm {
  readonly name: Instruction;
  readonly fields: readonly RequestField[];
  /** Text by field, as typed. */
  readonly draft: ReadonlySignal<RequestDraft>;
  readonly checked: ReadonlySignal<CheckedRequest>;
  /** What to say beside the fields: everything once it was tried, before that nothing about empty ones. */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** Why the last try came to nothing: the focus goes to the first field that is marked wrong. */
  readonly failed: ReadonlySignal<WireError | undefined>;
  change(field: string, text: string): void;
  clear(): void;
  /** Reads, or opens the review, if there is no problem; shows every problem otherwise. Yields whether there was none. */
  submit(): boolean;
  /** Of a read. */
  readonly answer: ReadonlySignal<Remote<Answered>>;
  /** The same read from another row on. */
  page(offset: number): void;
  /** Of what changes something. */
  readonly placement: PlacementState<GivenParams>;
  restore(): Promise<void>;
  reset(): void;
}

const EMPTY: RequestDraft = {};
const stored: v.GenericSchema<unknown, RequestDraft> = v.record(
  v.pipe(v.string(), v.maxLength(60)),
  v.pipe(v.string(), v.maxLength(1000)),
);

export function createInstructionForm(
  name: Instruction,
  { reads, requests, drafts }: { reads: Reads; requests: Requests; drafts: Drafts },
): InstructionForm {
  const { params: schema, answer: answerSchema } = instructions[name];
  const fields = requestFields(schema);
  const form = `instruction ${name}`;
  const draft = signal(EMPTY);
  const attempted = signal(false);
  const failed = signal<WireError | undefined>();
  const checked = computed(() => checkRequest(schema, fields, draft.value));
  const placement = createPlacement<GivenParams>(requests, name);

  let asked: GivenParams = {};
  const loader = createLoader<Answered>(async () => {
    const params = asked;
    // The params have passed the schema of this very entry, and the answer will.
    const found = await reads.account<ReadInstruction>(
      name as ReadInstruction,
      params as ParamsOf<ReadInstruction>,
      answerSchema as (typeof instructions)[ReadInstruction]['answer'],
    );
    return { at: found.at, value: { params, answer: found.value, total: found.total } };
  });
  const ask = (params: GivenParams): void => {
    asked = params;
    void loader.refresh();
  };

  const setDraft = (next: RequestDraft): void => {
    draft.value = next;
    drafts.write(form, next);
  };

  return {
    name,
    fields,
    draft,
    checked,
    problems: computed(() => {
      if (checked.value.ok) return [];
      const { problems } = checked.value;
      return attempted.value ? problems : problems.filter(({ path }) => draft.value[path]);
    }),
    failed: computed(() => failed.value ?? placement.error.value),
    change: (field, text) => setDraft({ ...draft.value, [field]: text }),
    clear() {
      attempted.value = false;
      failed.value = undefined;
      setDraft(EMPTY);
    },
    submit() {
      attempted.value = true;
      const { value } = checked;
      const [problem] = value.ok ? [] : value.problems;
      failed.value = problem && { code: 'INVALID_INPUT', data: problem };
      if (!value.ok) return false;
      const params = givenOf(value.params);
      if (isRead(name)) ask(params);
      else void placement.prepare(params);
      return true;
    },
    answer: loader.state,
    page: (offset) => ask({ ...asked, offset }),
    placement,
    async restore() {
      const before = draft.value;
      const read = v.safeParse(stored, await drafts.read(form));
      // What was typed while the draft was on its way is newer than the draft.
      if (read.success && draft.value === before) draft.value = read.output;
    },
    reset() {
      draft.value = EMPTY;
      attempted.value = false;
      failed.value = undefined;
      loader.reset();
      placement.reset();
    },
  };
}
