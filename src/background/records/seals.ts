export interface Seals {
  seal(purpose: string, recordId: string, value: unknown): Promise<unknown>;
  open(purpose: string, recordId: string, sealed: unknown): Promise<unknown>;
}
