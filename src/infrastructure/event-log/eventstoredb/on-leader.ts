import { NotLeaderError } from '@eventstore/db-client';

/** The work; once more where another node leads, to which the client then goes. */
export const onLeader = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotLeaderError)) throw error;
    // The client changes its connection behind this very rejection.
    await new Promise(setImmediate);
    return work();
  }
};
