/** What goes between the bench and its helper processes: calls by name, each with one answer. */
export interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly problem: string };

/** Serves the calls of the process that started this one, and ends with it. */
export const serveCalls = (table: Readonly<Record<string, (argument: never) => unknown>>): void => {
  const answer = async ({ id, name, argument }: Call): Promise<Reply> => {
    try {
      return { id, ok: true, value: await table[name]?.(argument as never) };
    } catch (error) {
      return { id, ok: false, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (call: Call) => {
    void answer(call).then((reply) => process.send?.(reply));
  });
  process.on('disconnect', () => process.exit(0));
  process.on('SIGINT', () => undefined); // the bench ends its helpers itself
};
