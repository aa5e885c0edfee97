import { LogUnavailable } from '../../../src/application/ports/event-log.js';
import { storeFailure } from '../../../src/infrastructure/mongodb/store-failure.js';

describe('what a failure of MongoDB means', () => {
  it.each(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_SOCKET_CLOSED'])(
    'R9 a write to a socket that was just ended (%s, without a system call) is an unavailable store',
    (code) => {
      const failure = storeFailure(Object.assign(new Error('ended by the other party'), { code }));
      expect(failure).toBeInstanceOf(LogUnavailable);
      expect((failure as LogUnavailable).code).toBe('log_unavailable');
    },
  );

  it('R9 leaves a defect what it is', () => {
    const defect = Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' });
    expect(storeFailure(defect)).toBe(defect);
  });
});
