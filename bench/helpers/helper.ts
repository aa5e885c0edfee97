import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ended, type Started } from '../started.js';
import type { Call, Reply } from './calls.js';

/** A program of the bench in a process of its own. */
export class Helper {
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private last = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (reply: Reply) => {
      this.waiting.get(reply.id)?.(reply);
      this.waiting.delete(reply.id);
    });
    child.on('exit', (code) => {
      for (const [id, settle] of this.waiting) settle({ id, ok: false, problem: `it ended with ${String(code)}` });
      this.waiting.clear();
    });
  }

  /** `program`: a module below `bench`, without its ending. */
  static start(started: Started, program: string): Helper {
    const script = fileURLToPath(new URL(`../${program}.js`, import.meta.url));
    return new Helper(started.process(script, [], {}, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async call<T>(name: string, argument: unknown = null): Promise<T> {
    const id = ++this.last;
    const reply = await new Promise<Reply>((resolve) => {
      this.waiting.set(id, resolve);
      this.child.send({ id, name, argument } satisfies Call);
    });
    if (!reply.ok) throw new Error(`${name}: ${reply.problem}`);
    return reply.value as T;
  }

  stop(): Promise<void> {
    return ended(this.child, 'SIGKILL');
  }
}
